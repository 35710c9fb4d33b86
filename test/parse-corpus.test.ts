import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import t from "tap";
import { parse } from "../src/parse/dockerfile.ts";
import { splitBytes } from "../src/parse/lines.ts";
import { scan } from "../src/parse/scanner.ts";

const corpus = fileURLToPath(new URL("corpus/", import.meta.url));
const names = readdirSync(corpus).flatMap((name) =>
  name.endsWith(".Dockerfile") ? [name.slice(0, -".Dockerfile".length)] : [],
);

/**
 * What BuildKit's own parser (frontend/dockerfile/parser, master of 2026-08) said about each file: lines, keyword and heredocs of
 * every instruction, or that it refuses the file. Recorded by running it; it changes only when a file of the corpus does.
 */
const recorded = JSON.parse(readFileSync(`${corpus}expected.json`, "utf8")) as Readonly<
  Record<string, "refused" | readonly string[]>
>;

t.same(Object.keys(recorded).sort(), [...names].sort(), "every file is recorded");

for (const name of names) {
  t.test(name, async (t) => {
    const bytes = readFileSync(`${corpus}${name}.Dockerfile`);
    const scanned = scan({ name, bytes });
    const parsed = parse(scanned, () => true);
    const decoder = new TextDecoder();
    t.equal(scanned.lines.join(""), decoder.decode(bytes), "its lines are the file");
    t.same(
      splitBytes(bytes).map((line) => decoder.decode(line)),
      scanned.lines,
      "lines of bytes and of text are the same lines",
    );
    t.same(parsed.calls, [], "it holds no directive");
    const expected = recorded[name];
    if (expected === "refused") return;
    const printable = (keyword: string) => (/^[ -~]*$/.test(keyword) ? keyword : "?");
    const found = scanned.instructions.map(({ line, endLine, keyword, heredocs }) =>
      [
        line === endLine ? `${line}` : `${line}-${endLine}`,
        printable(keyword),
        ...heredocs.map((one) => `<<${one.name}`),
      ].join(" "),
    );
    t.same(found, expected, "its instructions are where BuildKit sees them");
  });
}
