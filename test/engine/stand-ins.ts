import { join } from "node:path";
import { cacheFolder } from "./cache-folder.ts";
import type { Engine } from "./engine.ts";
import { withLock } from "./lock.ts";
import { type Progress, startProgress } from "./progress.ts";
import { build, completeName } from "./stand-ins/build.ts";
import { debianRootDigest, makeDebianRoot } from "./stand-ins/debian-root.ts";
import { DIGEST_LABEL, type Entry, entryOf, type Plan, plan } from "./stand-ins/recipe.ts";

/** What a build needs to see the stand-ins under their real names. */
export interface StandIns {
  /** Empty in a private engine, where they have these names. */
  readonly buildContextArgs: readonly string[];
}

/** One image to have: what it is called in the engine, the digest of what it is made from, and how it is made. */
interface Wanted {
  readonly name: string;
  readonly image: string;
  readonly digest: string;
  readonly make: (progress: Progress) => Promise<void>;
}

/** Never in a private engine's way, never a tag of the user's. */
const OWN_NAMES = "dhi-stand-in/";

/** Images are built side by side up to this many: a build is half download, half unpacking. */
const SIDE_BY_SIDE = 3;

/**
 * Makes sure the engine has the stand-ins of these images (`dhi.io/node:22-debian13`, `debian:trixie-slim` ...; images/stand-ins/index.json lists
 * them). What is there and made from the same is kept. Rejects for a name without recipe and when a build fails.
 */
export async function standIns(engine: Engine, names: readonly string[]): Promise<StandIns> {
  const entries = names.map((name) => ({ name, entry: entryOf(name) }));
  const plans = await Promise.all(
    entries.map(({ name, entry }) => (entry.suite === undefined ? plan(name, entry) : undefined)),
  );
  const below = new Set(plans.flatMap((made) => made?.root ?? []));
  const root = (name: string) => wantedRoot(engine, name, entryOf(name));
  // Those that take longest first.
  const images = plans
    .flatMap((made) => (made === undefined ? [] : [made]))
    .sort((a, b) => Number(a.args.KIND === "runtime") - Number(b.args.KIND === "runtime"))
    .map((made) => wantedImage(engine, made));
  const all = [...images, ...entries.flatMap(({ name, entry }) => (entry.suite === undefined ? [] : [root(name)]))];
  if ((await missing(engine, all)).length > 0) {
    await withLock(join(cacheFolder(), "stand-ins", `${engine.kind}.lock`), async () => {
      if ((await missing(engine, images)).length > 0) await inParallel(await missing(engine, [...below].map(root)));
      await inParallel(await missing(engine, all));
    });
  }
  return { buildContextArgs: names.flatMap((name) => lend(engine, name)) };
}

function wantedRoot(engine: Engine, name: string, { suite = "" }: Entry): Wanted {
  const image = imageName(engine, name);
  return {
    name,
    image,
    digest: debianRootDigest(suite),
    make: (progress) => makeDebianRoot(engine, suite, image, progress),
  };
}

function wantedImage(engine: Engine, made: Plan): Wanted {
  const image = imageName(engine, made.name);
  const make = () => build(engine, made, image, lend(engine, made.root));
  return { name: made.name, image, digest: made.config.Labels?.[DIGEST_LABEL] ?? "", make };
}

/** Those that the engine does not have or that were made from something else. One question to the engine for all. */
async function missing(engine: Engine, wanted: readonly Wanted[]): Promise<Wanted[]> {
  if (wanted.length === 0) return [];
  const format = `{{json .RepoTags}} {{index .Config.Labels "${DIGEST_LABEL}"}}`;
  const answer = await engine.docker(["image", "inspect", "--format", format, ...wanted.map(({ image }) => image)], {
    reject: false,
  });
  const found = new Map<string, string>();
  for (const line of String(answer.stdout).split("\n").filter(Boolean)) {
    const split = line.lastIndexOf(" ");
    for (const tag of JSON.parse(line.slice(0, split)) as string[]) found.set(completeName(tag), line.slice(split + 1));
  }
  return wanted.filter(({ image, digest }) => found.get(completeName(image)) !== digest);
}

async function inParallel(images: readonly Wanted[]): Promise<void> {
  const queue = [...images];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const progress = startProgress(`stand-in ${next.name}`);
      try {
        await next.make(progress);
        progress.done(`stand-in ${next.name}`);
      } catch (error) {
        progress.stop();
        throw new Error(`the stand-in ${next.name} could not be made:\n${lastLines(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
}

/** What a failed program said last: a build's log ends with the step that failed. */
function lastLines(error: unknown): string {
  const text = error instanceof Error && "stderr" in error ? `${error.stderr}` : String(error);
  return text.trimEnd().split("\n").slice(-40).join("\n");
}

/** What the stand-in of an image is called in an engine. */
export function imageName(engine: Engine, name: string): string {
  return engine.kind === "private" || name.startsWith(OWN_NAMES) ? name : OWN_NAMES + name;
}

function lend(engine: Engine, name: string): string[] {
  const image = imageName(engine, name);
  return image === name ? [] : ["--build-context", `${name}=docker-image://${image}`];
}
