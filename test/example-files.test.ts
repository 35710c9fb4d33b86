import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { examples } from "../examples/catalogue.ts";
import { compile } from "../src/compile.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

// What stands in the folders of examples, without an engine. `npm run snap` writes the expansions anew.

const services = examples().filter(({ requests }) => requests !== undefined);
const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");

t.ok(services.length >= 2, `services: ${services.map(({ name }) => name).join(", ")}`);

for (const { name, folder, requests = [] } of services) {
  t.test(name, async (t) => {
    const platform = { os: "linux", architecture: "amd64" };
    const source = { name: "Dockerfile", bytes: readFileSync(join(folder, "Dockerfile")) };
    const options = { buildArgs: {}, platform, buildPlatform: platform, facts: fromCatalog(), scope: "all" } as const;
    const expanded = withoutScripts((await compile(source, options)).text);
    if (process.env.DHI_SNAP === "1") writeFileSync(join(folder, "expanded.Dockerfile"), expanded);
    t.equal(read(folder, "expanded.Dockerfile"), expanded, "expanded.Dockerfile is what comes out now");

    for (const file of ["README.md", "stock.Dockerfile", ".dockerignore"]) t.ok(existsSync(join(folder, file)), file);
    for (const { body } of requests) if (body !== undefined) t.ok(existsSync(join(folder, body)), body);
  });
}

for (const folder of ["node-express", "dotnet-vue/web"]) {
  t.test(`packages of ${folder}`, async (t) => {
    const lock = JSON.parse(read(join(import.meta.dirname, "../examples", folder), "package-lock.json")) as {
      packages: Record<string, { resolved?: string; integrity?: string }>;
    };
    const { "": own, ...packages } = lock.packages;
    t.ok(own);
    for (const [path, { resolved, integrity = "" }] of Object.entries(packages)) {
      t.equal(resolved, undefined, `${path} names no registry`);
      t.match(integrity, /^sha512-/, `${path} has its digest`);
    }
  });
}

/** The scripts make thousands of lines, which are the same for every file. */
function withoutScripts(text: string): string {
  return text.replace(/^(COPY <<'DHI_EOF' .*\n)[\s\S]*?(?=^DHI_EOF$)/gm, "$1# (its text: dhi-frontend expand)\n");
}
