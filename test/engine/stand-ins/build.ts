import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../cache-folder.ts";
import type { Engine } from "../engine.ts";
import { LAYER, writeArchive } from "./image-archive.ts";
import type { Plan } from "./recipe.ts";

/** Builds the image of a plan and loads it as `image`. `lent` are the arguments that give the Dockerfile its root image in a foreign engine. */
export async function build(engine: Engine, plan: Plan, image: string, lent: readonly string[]): Promise<void> {
  await withImage(engine, plan, image, lent, async (folder) => {
    const tar = execa("tar", ["--create", "--directory", folder, "."], {
      stdin: "ignore",
      encoding: "buffer",
      buffer: { stdout: false },
    });
    await tar.pipe(engine.docker(["load", "--quiet"], { stdin: "pipe" }));
  });
}

/** Builds the image of a plan into a folder, as image-archive.ts writes it, for as long as `use` needs it. */
export async function withImage(
  engine: Engine,
  { recipe, args, contexts, config, architecture }: Plan,
  image: string,
  lent: readonly string[],
  use: (folder: string) => Promise<unknown>,
): Promise<void> {
  const parent = join(cacheFolder(), "stand-ins");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "image-"));
  try {
    await engine.docker([
      "buildx",
      "build",
      "--progress=plain",
      "--network=host",
      `--output=type=tar,dest=${join(folder, LAYER)}`,
      ...lent,
      ...Object.entries(contexts).map(([name, path]) => `--build-context=${name}=${path}`),
      ...Object.entries(args).map(([name, value]) => `--build-arg=${name}=${value}`),
      recipe,
    ]);
    const own = await engine.docker(["version", "--format", "{{.Server.Arch}}"]);
    await writeArchive(folder, completeName(image), architecture ?? String(own.stdout), config);
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `debian:x` is docker.io/library/debian:x, and `team/app:x` docker.io/team/app:x (the reference grammar of the distribution project). */
export function completeName(image: string): string {
  const first = image.split("/")[0] ?? "";
  if (first === image) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
