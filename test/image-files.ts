import type { Engine } from "./engine/engine.ts";
import { readTar, type TarEntry } from "./tar.ts";

/** The files of an image by their path, without a slash at either end. The root folder itself is left out. */
export type ImageFiles = ReadonlyMap<string, TarEntry>;

/**
 * Reads every file, link and folder of an image, as a container of it would see them (docker create, docker export: nothing runs in it).
 * The content is kept of files whose path `keep` accepts.
 */
export async function readImageFiles(
  engine: Engine,
  image: string,
  keep?: (path: string) => boolean,
): Promise<ImageFiles> {
  // An image without a command needs one to be given; it never starts.
  const created = await engine.docker(["create", image, "none"]);
  const container = String(created.stdout).trim();
  try {
    return await readContainerFiles(engine, ["export", container], keep);
  } finally {
    await engine.docker(["rm", "--volumes", container]);
  }
}

/** Reads the tar that a docker command writes: `export <container>`, `cp <container>:<path> -`. */
export async function readContainerFiles(
  engine: Engine,
  command: readonly string[],
  keep?: (path: string) => boolean,
): Promise<ImageFiles> {
  const docker = engine.docker(command, { encoding: "buffer", buffer: { stdout: false, stderr: true } });
  const files = new Map<string, TarEntry>();
  for await (const entry of readTar(docker.iterable({ from: "stdout", binary: true, preserveNewlines: true }), keep)) {
    const path = entry.path.replace(/^(\.\/)+|^\.$|\/+$/g, "");
    if (path !== "") files.set(path, { ...entry, path });
  }
  await docker;
  return files;
}
