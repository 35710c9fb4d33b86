import { Buffer } from "node:buffer";
import { decompressed, peek } from "./compression.ts";
import { type LayerContent, tellsOfPackages } from "./image.ts";
import { readTar, TarError, type TarMember } from "./tar.ts";

/** A file of an image archive or of an OCI layout. */
export interface ArchiveFile {
  readonly path: string;
  /** Where a link leads: engines before 25 write a layer that is there twice as a link. */
  readonly target?: string;
  readonly content: AsyncIterable<Buffer>;
}

/** What an image archive holds: its JSON documents and its layers, by path. */
export interface Archive {
  readonly documents: ReadonlyMap<string, string>;
  readonly layers: ReadonlyMap<string, LayerContent>;
}

const OPENING = /^\s*[{[]/;

/** A document larger than this is none that describes an image; attestations may be. */
const LARGEST_DOCUMENT = 4 * 1024 * 1024;

/** Text of one package's record or list, or of a whole database. */
const LARGEST_TEXT = 64 * 1024 * 1024;

/**
 * Reads an image as it arrives, in any form that engines and builders write: docker image save, buildx' docker and oci outputs, podman, skopeo. In these
 * the documents that tell the order of the layers may come last, so each layer's list of files is held, and its bytes are not.
 */
export async function readArchive(files: AsyncIterable<ArchiveFile>): Promise<Archive> {
  const documents = new Map<string, string>();
  const layers = new Map<string, LayerContent>();
  const links = new Map<string, string>();
  for await (const { path, target, content } of files) {
    const name = normal(path);
    if (target !== undefined) links.set(name, normal(`${name}/../${target}`));
    const peeked = await peek(content, 512);
    if (peeked.head.length === 0) continue;
    if (OPENING.test(peeked.head.toString("latin1"))) {
      const text = await wholeText(peeked.whole, LARGEST_DOCUMENT);
      if (text !== undefined) documents.set(name, text);
    } else if (peeked.head.length >= 16) layers.set(name, await readLayer(decompressed(peeked)));
  }
  for (const [link, path] of links) {
    const layer = layers.get(path);
    if (layer !== undefined) layers.set(link, layer);
  }
  return { documents, layers };
}

/** What is wrong with an archive, when an error of reading it tells that; undefined for a mistake of ours. */
export function archiveProblem(error: unknown): string | undefined {
  if (error instanceof TarError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "there is no such file";
  // zlib's errors, and the file system's.
  return code.startsWith("Z_") || /^E[A-Z]+$/.test(code) ? (error as Error).message : undefined;
}

async function readLayer(bytes: AsyncIterable<Uint8Array>): Promise<LayerContent> {
  const files: LayerContent["files"][number][] = [];
  const texts = new Map<string, string>();
  for await (const member of readTar(bytes)) {
    const path = normal(member.path);
    if (path === "") continue;
    files.push({ path, size: member.size, ...kindOf(member) });
    if (member.type !== "file" || !tellsOfPackages(path)) continue;
    const text = await wholeText(member.content, LARGEST_TEXT);
    if (text !== undefined) texts.set(path, text);
  }
  return { files, texts };
}

function kindOf({ type, target = "" }: TarMember): Pick<LayerContent["files"][number], "type" | "target"> {
  if (type === "symlink") return { type: "link", target };
  return { type: type === "hardlink" ? "file" : type };
}

async function wholeText(pieces: AsyncIterable<Buffer>, most: number): Promise<string | undefined> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size <= most) kept.push(piece);
  }
  return size <= most ? Buffer.concat(kept).toString("utf8") : undefined;
}

/** A path without slashes at its ends, `.` and `..`. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
