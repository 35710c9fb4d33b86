import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { failure } from "../diagnostic.ts";
import { type Archive, type ArchiveFile, archiveProblem, readArchive } from "./archive.ts";
import { decompressed, peek } from "./compression.ts";
import { heard } from "./from-engine.ts";
import { readTar } from "./tar.ts";

/**
 * Reads an image from a file that `docker image save`, buildx, podman or skopeo wrote, plain or compressed, from a folder with an OCI layout, or from
 * standard input (`-`). Throws DhiExplainArchive when there is no such file or it is no archive.
 */
export async function readFromFile(path: string, tell: (bytes: number) => void): Promise<Archive> {
  try {
    if (path !== "-" && (await stat(path)).isDirectory()) return await readLayout(path, tell);
    const stream: AsyncIterable<Buffer> = path === "-" ? process.stdin : createReadStream(path);
    return await readArchive(readTar(decompressed(await peek(heard(stream, tell), 4))));
  } catch (error) {
    const reason = archiveProblem(error);
    if (reason === undefined) throw error;
    throw failure("DhiExplainArchive", undefined, `${path === "-" ? "standard input" : path}: ${reason}`);
  }
}

/** An OCI layout (OCI image-spec, image-layout.md). */
async function readLayout(folder: string, tell: (bytes: number) => void): Promise<Archive> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  if (!files.includes(join(folder, "index.json"))) {
    const problem = `${folder} is a folder without index.json, so it is no OCI layout`;
    throw failure(
      "DhiExplainArchive",
      undefined,
      problem,
      "write one with `docker buildx build --output type=oci,tar=false,dest=<folder>`",
    );
  }
  async function* contents(): AsyncGenerator<ArchiveFile> {
    for (const file of files) yield { path: relative(folder, file), content: heard(createReadStream(file), tell) };
  }
  return readArchive(contents());
}
