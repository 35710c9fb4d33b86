// Bundles into dist/: frontend.cjs (what the frontend image runs) with start.cjs (which loads it), and cli.cjs (the bin); the scripts inside, the catalogue beside them.
import { copyFileSync, mkdirSync } from "node:fs";
import { build, type Plugin } from "esbuild";
import * as graft from "./src/graft/scripts.ts";

/** The graft scripts are files in the source tree and constants in the bundle. */
const embedScripts: Plugin = {
  name: "embed-scripts",
  setup(bundle) {
    bundle.onLoad({ filter: /src\/graft\/scripts\.ts$/ }, () => ({
      contents: Object.entries(graft)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n"),
      loader: "js",
    }));
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
  plugins: [embedScripts, placeCatalog],
});
