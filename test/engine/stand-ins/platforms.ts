import { join } from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import type { Engine } from "../engine.ts";
import { withLock } from "../lock.ts";
import { startProgress } from "../progress.ts";
import { standIns } from "../stand-ins.ts";
import { withImage } from "./build.ts";
import { loadIndex } from "./image-index.ts";
import { DIGEST_LABEL, entryOf, foreignPlan, type Plan, plan } from "./recipe.ts";

const OWN = "amd64";
const FOREIGN = "arm64";

/** Why the engine can't have stand-ins of two platforms, or undefined when it can. */
export async function platformObstacle(engine: Engine): Promise<string | undefined> {
  if (engine.kind !== "private") return "the engine is not the tests' own";
  const { stdout: architecture } = await engine.docker(["version", "--format", "{{.Server.Arch}}"]);
  if (String(architecture) !== OWN)
    return `the engine is for ${architecture}, and images for ${FOREIGN} are made on ${OWN}`;
  const { stdout: store } = await engine.docker(["info", "--format", "{{json .DriverStatus}}"]);
  if (!String(store).includes("containerd")) return "the engine's image store keeps one platform a name";
  const { stdout: help } = await engine.docker(["image", "inspect", "--help"]);
  return String(help).includes("--platform")
    ? undefined
    : "the engine can't tell an image's platforms (Docker 28.1 can)";
}

/**
 * Makes sure the engine has these runtime stand-ins for amd64 and arm64 under one name each. What is there and made from the same is kept. For tests of
 * several platforms only: the others need one platform, and this takes longer. Rejects where platformObstacle tells one, and as standIns does.
 */
export async function platformStandIns(engine: Engine, names: readonly string[]): Promise<void> {
  const obstacle = await platformObstacle(engine);
  if (obstacle !== undefined) throw new Error(`no stand-ins for several platforms: ${obstacle}`);
  const plans = await Promise.all(names.map(async (name) => foreignPlan(await plan(name, entryOf(name)), FOREIGN)));
  const roots = [...new Set(plans.map(({ root }) => root))];
  await standIns(engine, [...names, ...roots]);
  await withLock(join(cacheFolder(), "stand-ins", "platforms.lock"), async () => {
    for (const made of plans) {
      if (!(await isThere(engine, made))) await makeIndex(engine, made);
    }
  });
}

async function isThere({ docker }: Engine, { name, config }: Plan): Promise<boolean> {
  const format = `{{index .Config.Labels "${DIGEST_LABEL}"}}`;
  const found = await docker(["image", "inspect", `--platform=linux/${FOREIGN}`, "--format", format, name], {
    reject: false,
  });
  return String(found.stdout).trim() === config.Labels?.[DIGEST_LABEL];
}

async function makeIndex(engine: Engine, made: Plan): Promise<void> {
  const progress = startProgress(`stand-in ${made.name} for ${FOREIGN}`);
  try {
    await withImage(engine, made, made.name, [], (folder) =>
      loadIndex(engine, made.name, [
        { architecture: OWN, from: { image: made.name } },
        { architecture: FOREIGN, from: { folder } },
      ]),
    );
    progress.done(`stand-in ${made.name} for ${FOREIGN}`);
  } catch (error) {
    progress.stop();
    throw error;
  }
}
