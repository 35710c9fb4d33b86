import { createHash } from "node:crypto";
import { readTar as readMembers, type TarMember } from "../src/explain/tar.ts";

/** One member of a tar archive, with what tests compare. */
export interface TarEntry extends Omit<TarMember, "content"> {
  /** SHA-256 of a file's content. */
  readonly digest?: string;
  /** The content, when it was to be kept. */
  readonly content?: Buffer;
}

/** Reads a tar archive as it arrives, with the digest of each file; keeps the content of the files that `keep` accepts. */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  keep: (path: string) => boolean = () => false,
): AsyncGenerator<TarEntry> {
  for await (const { content: bytes, ...member } of readMembers(chunks)) {
    if (member.type !== "file") {
      yield member;
      continue;
    }
    const hash = createHash("sha256");
    const pieces: Buffer[] = [];
    for await (const piece of bytes) {
      hash.update(piece);
      if (keep(member.path)) pieces.push(piece);
    }
    yield { ...member, digest: hash.digest("hex"), ...(keep(member.path) && { content: Buffer.concat(pieces) }) };
  }
}
