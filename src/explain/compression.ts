import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import { TarError } from "./tar.ts";

/** The first bytes of a stream, and the whole stream with them. */
export interface Peeked {
  readonly head: Buffer;
  readonly whole: AsyncIterable<Buffer>;
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Looks at the first `size` bytes of a stream; fewer when it is shorter. */
export async function peek(chunks: AsyncIterable<Buffer>, size: number): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < size) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: head.subarray(0, size), whole: whole() };
}

/** The bytes of a layer, which registries and engines keep plain, as gzip or as zstd (OCI image-spec, layer.md). */
export function decompressed({ head, whole }: Peeked): AsyncIterable<Buffer> {
  if (startsWith(head, GZIP)) return pipeline(Readable.from(whole), createGunzip(), ignore);
  return startsWith(head, ZSTD) ? unzstd(whole) : whole;
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}

/** The decoder looks through all that it holds at each piece: with 64 KiB it takes twice as long as with 1 MiB, and larger ones gain nothing. */
const PIECE = 1024 * 1024;

/** Node's own zstd came with 22.15 and ends at a layer's first frame; hardened images are zstd by default. */
async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* zstdFrames(chunks);
  } catch (error) {
    // fzstd's own errors have a number as their code.
    if (!(error instanceof Error && "code" in error && typeof error.code === "number")) throw error;
    throw new TarError(`a layer's zstd data is broken: ${error.message}`);
  }
}

async function* zstdFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  const stream = new Decompress((bytes) => ready.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < PIECE) continue;
    stream.push(Buffer.concat(waiting));
    yield* ready.splice(0);
    waiting = [];
    size = 0;
  }
  stream.push(Buffer.concat(waiting), true);
  yield* ready.splice(0);
}

/** An error of the pipeline reaches whoever reads its end. */
function ignore(): void {}
