import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Engine } from "../test/engine/engine.ts";
import { readContainerFiles } from "../test/image-files.ts";

/** What a container made. */
export interface RunResult {
  /** The user id that the file's owner shows: the one that the program ran as. */
  readonly uid: number;
  readonly size: number;
}

/**
 * Runs an image whose program writes a file where its argument says, and saves that file as `destination`. Rejects with the program's own words when it
 * fails, and when it ran as root.
 */
export async function runExample(engine: Engine, image: string, destination: string): Promise<RunResult> {
  const path = "/tmp/result";
  const created = await engine.docker(["create", image, path]);
  const container = String(created.stdout).trim();
  try {
    const ran = await engine.docker(["start", "--attach", container], { reject: false, all: true });
    if (ran.failed) throw new Error(`the container failed with exit code ${ran.exitCode}:\n${ran.all}`);
    const files = await readContainerFiles(engine, ["cp", `${container}:${path}`, "-"], () => true);
    const [file] = files.values();
    if (file?.content === undefined) throw new Error(`the container wrote no file ${path}`);
    if (file.uid === 0) throw new Error("the container ran as root");
    mkdirSync(dirname(destination), { recursive: true });
    writeFileSync(destination, file.content);
    return { uid: file.uid, size: file.size };
  } finally {
    await engine.docker(["rm", "--force", "--volumes", container]);
  }
}
