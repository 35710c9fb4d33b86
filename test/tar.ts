import { createHash, type Hash } from "node:crypto";

/** One member of a tar archive. */
export interface TarEntry {
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
  /** SHA-256 of a file's content. */
  readonly digest?: string;
  /** The content, when it was to be kept. */
  readonly content?: Buffer;
  /** Extended attributes as PAX records name them: `SCHILY.xattr.security.capability`. */
  readonly attributes: readonly string[];
}

const BLOCK = 512;

const TYPES: Readonly<Record<string, TarEntry["type"]>> = {
  "": "file",
  "0": "file",
  "1": "hardlink",
  "2": "symlink",
  "5": "folder",
};

/** Reads a tar archive as it arrives (POSIX pax format, which Docker writes, and GNU long names); keeps the content of the files that `keep` accepts. */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  keep: (path: string) => boolean = () => false,
): AsyncGenerator<TarEntry> {
  const source = new Reader(chunks);
  let pax = new Map<string, string>();
  for (;;) {
    const header = await source.take(BLOCK);
    if (header.length < BLOCK || header.every((byte) => byte === 0)) break;
    const size = Number(pax.get("size") ?? octal(header, 124, 12));
    const flag = text(header, 156, 1);
    if (flag === "x" || flag === "g" || flag === "L" || flag === "K") {
      const content = await source.take(size);
      if (flag === "x") pax = new Map([...pax, ...paxRecords(content)]);
      else if (flag !== "g") pax.set(flag === "L" ? "path" : "linkpath", text(content, 0, content.length));
      await source.skip(padding(size));
      continue;
    }
    const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
    const name = text(header, 0, 100);
    const path = pax.get("path") ?? (prefix === "" ? name : `${prefix}/${name}`);
    const type = TYPES[flag] ?? "other";
    const base = {
      path,
      type,
      mode: octal(header, 100, 8) & 0o7777,
      uid: Number(pax.get("uid") ?? octal(header, 108, 8)),
      gid: Number(pax.get("gid") ?? octal(header, 116, 8)),
      size: type === "file" ? size : 0,
      time: Math.floor(Number(pax.get("mtime") ?? octal(header, 136, 12))),
      attributes: [...pax.keys()].filter((key) => key.startsWith("SCHILY.xattr.")),
    };
    if (type === "file") {
      const hash = createHash("sha256");
      const content = keep(path) ? await source.take(size) : undefined;
      if (content) hash.update(content);
      else await source.skip(size, hash);
      await source.skip(padding(size));
      yield { ...base, digest: hash.digest("hex"), ...(content && { content }) };
    } else if (type === "symlink" || type === "hardlink") {
      yield { ...base, target: pax.get("linkpath") ?? text(header, 157, 100) };
    } else {
      yield base;
    }
    pax = new Map();
  }
  await source.drain();
}

/** Bytes of a stream by their number, however the chunks are cut. */
class Reader {
  #chunks: AsyncIterator<Uint8Array>;
  #rest = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes; fewer only at the end of the stream. */
  async take(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    await this.#each(size, (part) => parts.push(part));
    return Buffer.concat(parts);
  }

  /** Leaves bytes out, but for their digest. */
  async skip(size: number, hash?: Hash): Promise<void> {
    await this.#each(size, (part) => hash?.update(part));
  }

  /** Reads to the end, so that the writer can end too. */
  async drain(): Promise<void> {
    await this.#each(Number.POSITIVE_INFINITY, () => undefined);
  }

  async #each(size: number, use: (part: Buffer) => void): Promise<void> {
    for (let missing = size; missing > 0; ) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done) return;
        this.#rest = Buffer.from(next.value);
      }
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      use(part);
    }
  }
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
function octal(block: Buffer, start: number, length: number): number {
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
