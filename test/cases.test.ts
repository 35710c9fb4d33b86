import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import t from "tap";
import { type CompileOptions, compile } from "../src/compile.ts";
import { DiagnosticError } from "../src/diagnostic.ts";
import type { Printed, Source } from "../src/model.ts";
import { renderDiagnostics, renderMap } from "../src/print/terminal.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

// One folder a case: Dockerfile, options.json where it needs some, and what must come out: expanded.Dockerfile and map.txt, with warnings.txt where there are
// any, or error.txt.
// `npm run snap` writes what comes out now; read the difference before it is committed.
const folder = fileURLToPath(new URL("cases", import.meta.url));
const snap = process.env.DHI_SNAP === "1";

/** The scripts' own text has tests of its own and would drown the goldens: their heredocs stay, empty. */
function elideScripts(printed: Printed): Printed {
  const lines = printed.text.split(/(?<=\n)/);
  const kept: number[] = [];
  let inside = false;
  lines.forEach((line, index) => {
    if (line === "DHI_EOF\n") inside = false;
    if (!inside) kept.push(index);
    if (/^copy <<'DHI_EOF' /i.test(line)) inside = true;
  });
  const text = kept.map((index) => lines[index] ?? "").join("");
  return { ...printed, text, map: kept.flatMap((index) => printed.map[index] ?? []) };
}

async function outcome(source: Source, options: CompileOptions): Promise<Readonly<Record<string, string>>> {
  try {
    const { warnings, ...whole } = await compile(source, options);
    const printed = elideScripts(whole);
    const warned = warnings.length === 0 ? {} : { "warnings.txt": renderDiagnostics(source, warnings, false) };
    return { "expanded.Dockerfile": printed.text, "map.txt": renderMap(printed), ...warned };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { "error.txt": renderDiagnostics(source, error.diagnostics, false) };
  }
}

for (const name of readdirSync(folder).sort()) {
  t.test(name, async (t) => {
    const place = (file: string) => join(folder, name, file);
    const extra = existsSync(place("options.json")) ? JSON.parse(readFileSync(place("options.json"), "utf8")) : {};
    const platform = { os: "linux", architecture: "amd64" };
    const options = { buildArgs: {}, platform, buildPlatform: platform, facts: fromCatalog(), scope: "all", ...extra };
    const got = await outcome({ name: "Dockerfile", bytes: readFileSync(place("Dockerfile")) }, options);
    for (const file of ["expanded.Dockerfile", "map.txt", "warnings.txt", "error.txt"]) {
      if (snap) rmSync(place(file), { force: true });
      if (snap && got[file] !== undefined) writeFileSync(place(file), got[file]);
      const wanted = existsSync(place(file)) ? readFileSync(place(file), "utf8") : undefined;
      t.equal(got[file], wanted, file);
    }
  });
}
