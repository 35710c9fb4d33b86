import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "./engine/cache-folder.ts";
import type { Engine } from "./engine/engine.ts";
import { withLock } from "./engine/lock.ts";
import { standIns } from "./engine/stand-ins.ts";

/** The name that examples and tests write in `# syntax=`. */
export const FRONTEND = "dhi-frontend:1";

/** Where its warnings say that the pages of rules are. */
export const RULES = "https://docs.example/rules/{rule}.md";

/** What a build needs to run with our frontend. */
export interface FrontendImage {
  /** Empty in a private engine, where the image has the name of the syntax line. */
  readonly buildContextArgs: readonly string[];
}

const root = join(import.meta.dirname, "..");
const NODE = "dhi.io/node:24-debian13";

/**
 * Makes the frontend image from this source tree and gives it to the engine: as `dhi-frontend:1` to a private one, under a name of our own to the
 * user's. What is unchanged comes from the build cache. Rejects when the bundle or the image can't be built.
 */
export async function frontendImage(engine: Engine): Promise<FrontendImage> {
  const image = engine.kind === "private" ? FRONTEND : `dhi-stand-in/${FRONTEND}`;
  await withLock(join(cacheFolder(), "frontend-image.lock"), async () => {
    if (bundleIsOld()) await execa("npm", ["run", "--silent", "build"], { cwd: root });
    const { buildContextArgs } = await standIns(engine, [NODE]);
    await engine.docker([
      "buildx",
      "build",
      "--quiet",
      "--provenance=false",
      ...buildContextArgs,
      `--build-arg=NODE_IMAGE=${NODE}`,
      `--build-arg=RULES_URL=${RULES}`,
      "--tag",
      image,
      root,
    ]);
  });
  return { buildContextArgs: image === FRONTEND ? [] : ["--build-context", `${FRONTEND}=docker-image://${image}`] };
}

function bundleIsOld(): boolean {
  const bundle = join(root, "dist/frontend.cjs");
  if (!existsSync(bundle)) return true;
  const built = statSync(bundle).mtimeMs;
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true });
  return sources.some(
    (entry) =>
      !entry.parentPath.includes("generated") &&
      entry.isFile() &&
      statSync(join(entry.parentPath, entry.name)).mtimeMs > built,
  );
}
