import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../cache-folder.ts";
import { withLock } from "../lock.ts";
import type { Payload } from "./payload.ts";

/** npm that Node ships with, by Node's major: its own release is not in Node's npm package. */
const NPM_OF_NODE: Readonly<Record<string, string>> = { "22": "10", "24": "11" };

/** Official Node of a major, npm, yarn 1 and corepack, from their npm packages. Fetched once, then taken from the cache folder. */
export async function nodePayload(major: string): Promise<Payload> {
  const folder = join(cacheFolder(), "stand-ins", `node-${major}-${process.arch}`);
  if (!existsSync(folder)) {
    // Several images and processes may want it at once.
    await withLock(`${folder}.lock`, async () => existsSync(folder) || (await fetchInto(folder, major)));
  }
  const { version } = JSON.parse(readFileSync(join(folder, "node/package.json"), "utf8")) as { version: string };
  return {
    stage: "node",
    packages: [`nodejs-${major}`, "npm", "yarn-classic", "node-corepack"],
    contexts: { node: folder },
    args: { MAJOR: major },
    version,
    env: [`NODE_VERSION=${version}-0`],
  };
}

async function fetchInto(folder: string, major: string): Promise<void> {
  const parent = join(cacheFolder(), "stand-ins");
  mkdirSync(parent, { recursive: true });
  const temporary = mkdtempSync(join(parent, "npm-"));
  const binary = `node-linux-${process.arch}`;
  const packages = [`${binary}@${major}`, `npm@${NPM_OF_NODE[major] ?? "latest"}`, "yarn@1", "corepack"];
  try {
    await execa(
      "npm",
      [
        "install",
        "--no-save",
        "--os=linux",
        "--no-package-lock",
        "--ignore-scripts",
        "--no-bin-links",
        "--prefix",
        temporary,
        ...packages,
      ],
      { cwd: temporary, stdin: "ignore" },
    );
    const modules = join(temporary, "node_modules");
    renameSync(join(modules, binary), join(modules, "node"));
    rmSync(join(modules, "node/include"), { recursive: true, force: true });
    rmSync(join(modules, ".package-lock.json"), { force: true });
    renameSync(modules, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
