import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

// The frontend image's entry. Compiling the bundle is a good part of a short life, so the image holds V8's compiled form of it, written by
// the very same node (`--warm`, in the image's own build). Another node finds it unfit and compiles.

interface Frontend {
  main(): Promise<void>;
  warmUp(): Promise<void>;
}

const bundle = join(__dirname, "frontend.cjs");
const cache = join(__dirname, "frontend.cache");

function load(): { script: Script; frontend: Frontend } {
  const code = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, "utf8")}\n})`;
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  const script = new Script(code, { filename: bundle, ...(cachedData ? { cachedData } : {}) });
  const module = { exports: {} as Frontend };
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, __dirname);
  return { script, frontend: module.exports };
}

const { script, frontend } = load();
if (process.argv[2] === "--warm") {
  void frontend.warmUp().then(() => writeFileSync(cache, script.createCachedData()));
} else {
  // The build waits for this process to end, and there is nothing left to tidy up.
  void frontend.main().then(() => process.exit());
}
