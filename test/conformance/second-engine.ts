import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { Test } from "tap";
import { type Engine, engine } from "../engine/engine.ts";
import { type PrivateEngineOptions, privateEngineFolder, stopPrivateEngine } from "../engine/private-engine.ts";

/** A private engine of the test's own, without any image or cache; it and its data go when the test ends. */
export async function ownEngine(t: Pick<Test, "teardown">, options: PrivateEngineOptions = {}): Promise<Engine> {
  const own = { ...options, instance: `test-${process.pid}` };
  t.teardown(async () => {
    await stopPrivateEngine(own);
    await rm(privateEngineFolder(own), { recursive: true, force: true });
  });
  return engine(own);
}

/** Gives another engine the same images, by name and digest. */
export async function handOver(from: Engine, to: Engine, images: readonly string[]): Promise<void> {
  const save = spawn("docker", ["image", "save", ...images], {
    env: { ...process.env, ...from.env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const load = spawn("docker", ["image", "load"], {
    env: { ...process.env, ...to.env },
    stdio: ["pipe", "ignore", "inherit"],
  });
  save.stdout.pipe(load.stdin);
  for (const [code] of await Promise.all([once(save, "close"), once(load, "close")])) {
    if (code !== 0) throw new Error(`docker image save and load ended with ${code}`);
  }
}
