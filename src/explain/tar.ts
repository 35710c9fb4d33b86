/** One member of a tar archive. */
export interface TarMember {
  readonly path: string;
  readonly type: "file" | "folder" | "symlink" | "hardlink" | "other";
  /** Permission bits with set-user-id, set-group-id and sticky: 0o4755. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** Where a link leads. */
  readonly target?: string;
  /** Extended attributes as PAX records name them: `SCHILY.xattr.security.capability`. */
  readonly attributes: readonly string[];
  /** A file's bytes, to be read before the next member is asked for; what is not read then is left out. */
  readonly content: AsyncIterable<Buffer>;
}

/** The bytes are no tar archive, or not a whole one. */
export class TarError extends Error {
  override readonly name = "TarError";
}

const BLOCK = 512;

/** More than this in a header's own data (long names, attributes) is no archive that anybody made in good faith. */
const LARGEST_HEADER_DATA = 4 * 1024 * 1024;

const TYPES: Readonly<Record<string, TarMember["type"]>> = {
  "": "file",
  "0": "file",
  "1": "hardlink",
  "2": "symlink",
  "5": "folder",
};

/**
 * Reads a tar archive as it arrives: POSIX pax format, which Docker and BuildKit write, and GNU long names. Nothing is held but the chunk at hand.
 * Throws a TarError for an archive that ends early or whose headers can't be right.
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const source = new Reader(chunks);
  let pax = new Map<string, string>();
  for (;;) {
    const header = await source.upTo(BLOCK);
    if (header.length === 0 || header.every((byte) => byte === 0)) break;
    if (header.length < BLOCK) throw new TarError("the archive ends in the middle of a header");
    const size = Number(pax.get("size") ?? number(header, 124, 12));
    if (!Number.isSafeInteger(size) || size < 0) throw new TarError("this is no tar archive");
    const flag = text(header, 156, 1);
    if (flag === "x" || flag === "g" || flag === "L" || flag === "K") {
      if (size > LARGEST_HEADER_DATA) throw new TarError(`a header of the archive has ${size} bytes of its own`);
      const data = await source.exactly(size);
      if (flag === "x") pax = new Map([...pax, ...paxRecords(data)]);
      else if (flag !== "g") pax.set(flag === "L" ? "path" : "linkpath", text(data, 0, data.length));
      await source.skip(padding(size));
      continue;
    }
    const type = TYPES[flag] ?? "other";
    const stored = type === "file" || type === "other" ? size : 0;
    const content = source.part(stored);
    const link = type === "symlink" || type === "hardlink";
    yield {
      path: pax.get("path") ?? nameIn(header),
      type,
      mode: number(header, 100, 8) & 0o7777,
      uid: Number(pax.get("uid") ?? number(header, 108, 8)),
      gid: Number(pax.get("gid") ?? number(header, 116, 8)),
      size: type === "file" ? size : 0,
      time: Math.floor(Number(pax.get("mtime") ?? number(header, 136, 12))),
      attributes: [...pax.keys()].filter((key) => key.startsWith("SCHILY.xattr.")),
      ...(link && { target: pax.get("linkpath") ?? text(header, 157, 100) }),
      content,
    };
    await source.skip(content.left + padding(stored));
    pax = new Map();
  }
  await source.drain();
}

/** Bytes of a stream by their number, however the chunks are cut. */
class Reader {
  #chunks: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, as many as are at hand but not more than these; none at the end. */
  async piece(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) return this.#rest;
      this.#rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  /** The next bytes; fewer only at the end of the stream. */
  async upTo(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let missing = size; missing > 0; ) {
      const piece = await this.piece(missing);
      if (piece.length === 0) break;
      pieces.push(piece);
      missing -= piece.length;
    }
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }

  async exactly(size: number): Promise<Buffer> {
    const bytes = await this.upTo(size);
    if (bytes.length < size) throw new TarError("the archive ends in the middle of a header");
    return bytes;
  }

  async skip(size: number): Promise<void> {
    for (let missing = size; missing > 0; ) missing -= (await this.#inside(missing)).length;
  }

  /** Reads to the end, so that the writer can end too. */
  async drain(): Promise<void> {
    while ((await this.piece(Number.POSITIVE_INFINITY)).length > 0);
  }

  /** The next bytes as a stream that knows how many of them nobody has read. */
  part(size: number): AsyncIterable<Buffer> & { readonly left: number } {
    let left = size;
    const next = async (): Promise<IteratorResult<Buffer>> => {
      if (left === 0) return { done: true, value: undefined };
      const value = await this.#inside(left);
      left -= value.length;
      return { done: false, value };
    };
    return {
      get left() {
        return left;
      },
      [Symbol.asyncIterator]: () => ({ next }),
    };
  }

  async #inside(most: number): Promise<Buffer> {
    const piece = await this.piece(most);
    if (piece.length === 0) throw new TarError("the archive ends in the middle of a file");
    return piece;
  }
}

function nameIn(header: Buffer): string {
  const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
  const name = text(header, 0, 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end);
}

/** A number field: octal digits, or base 256 when the first bit is set (GNU tar, for numbers that are too large). */
function number(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first & 0x80)
    return block.subarray(start + 1, start + length).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
  return Number.parseInt(text(block, start, length).trim() || "0", 8);
}

/** The records of a pax header: `<length> <key>=<value>\n`, the length in bytes and of the whole record (POSIX pax). */
function paxRecords(content: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(" ", at);
    const length = Number(content.toString("utf8", at, space));
    if (space < 0 || !(length > 0)) break;
    const record = content.toString("utf8", space + 1, at + length - 1);
    const equals = record.indexOf("=");
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
