// Bundles into dist/: frontend.cjs (what the frontend image runs) with start.cjs (which loads it), and cli.cjs (the bin); the scripts and the catalogue beside them.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { build, type Plugin } from "esbuild";
import * as graft from "./src/graft/scripts.ts";

/** Each of the graft scripts once, one after the other; the bundle knows where. */
const scriptsFile = "scripts.txt";
let scriptsText = "";

function placeOf(script: string): readonly [number, number] {
  // Places in the file are counted in bytes and in characters alike.
  if (/[^\0-\x7f]/.test(script)) throw new Error(`a script is not in ASCII: ${script.slice(0, 80)}`);
  const found = scriptsText.indexOf(script);
  const start = found < 0 ? scriptsText.length : found;
  if (found < 0) scriptsText += script;
  return [start, start + script.length];
}

/**
 * The graft scripts are files in the source tree, and one file beside the bundles, read when one is asked for: as constants they would be two thirds of
 * the bundle, and every build without directives would load them.
 */
const placeScripts: Plugin = {
  name: "place-scripts",
  setup(bundle) {
    const sets = Object.entries(graft).flatMap(([name, value]) => {
      if (typeof value === "function") return [];
      if (typeof value === "string") return [`export const ${name} = ${JSON.stringify(value)};`];
      const places = Object.entries(value).map(([file, text]) => [file, placeOf(text)] as const);
      return [`export const ${name} = set(${JSON.stringify(Object.fromEntries(places))});`];
    });
    bundle.onLoad({ filter: /src\/graft\/scripts\.ts$/ }, () => ({
      contents: `import { readFileSync } from "node:fs";
        import { join } from "node:path";
        let all;
        function text([start, end]) {
          all ??= readFileSync(join(__dirname, "${scriptsFile}"), "latin1");
          return all.slice(start, end);
        }
        function set(places) {
          const files = {};
          for (const name of Object.keys(places)) Object.defineProperty(files, name, { enumerable: true, get: () => text(places[name]) });
          return files;
        }
        ${sets.join("\n")}`,
      loader: "js",
    }));
    bundle.onEnd(() => writeFileSync(`dist/${scriptsFile}`, scriptsText));
  },
};

/** The catalogue lies beside the bundles: it is read only when a hardened image is looked up. */
const placeCatalog: Plugin = {
  name: "place-catalog",
  setup(bundle) {
    bundle.onLoad({ filter: /src\/resolve\/catalog-files\.ts$/ }, () => ({
      contents: `import { join } from "node:path";
        export const catalogFile = join(__dirname, "catalog.json");
        export const packagesFile = join(__dirname, "catalog-packages.json");
        export const programsFile = join(__dirname, "programs.json");`,
      loader: "js",
    }));
  },
};

mkdirSync("dist", { recursive: true });
for (const file of ["catalog.json", "catalog-packages.json", "programs.json"])
  copyFileSync(`images/${file}`, `dist/${file}`);
await build({
  entryPoints: { start: "src/start.ts", frontend: "src/frontend.ts", cli: "src/cli.ts" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  legalComments: "linked",
  logLevel: "warning",
  plugins: [placeScripts, placeCatalog],
});
