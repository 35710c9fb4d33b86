import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import t from "tap";
import { rules } from "../src/check/rules/index.ts";
import { directives } from "../src/directives/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const src = join(root, "src");

/** The pipeline: what each folder may import besides itself, model.ts and diagnostic.ts. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  gateway: [],
  read: ["gateway"],
  parse: [],
  resolve: ["parse"],
  graft: [],
  directives: ["graft"],
  expand: ["parse", "resolve", "directives"],
  print: [],
  check: ["read", "parse", "resolve", "directives", "print"],
  explain: ["parse", "print"],
  forward: ["gateway", "parse", "resolve", "directives", "print", "check"],
};
const leaves = ["model.ts", "diagnostic.ts"];

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : files(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}

const sources = files(src);

t.test("imports go one way along the pipeline", async (t) => {
  for (const file of sources) {
    const place = relative(src, file);
    if (!place.includes("/")) continue;
    const folder = place.split("/")[0] ?? "";
    const imports = [...readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g)].map((match) => match[1] ?? "");
    for (const target of imports.map((path) => relative(src, resolve(dirname(file), path)))) {
      const to = target.split("/")[0] ?? "";
      const fine = leaves.includes(target) || to === folder || (allowed[folder] ?? []).includes(to);
      t.ok(fine, `${place} may import ${target}`);
    }
  }
});

t.test("files stay small", async (t) => {
  for (const file of sources) {
    const lines = readFileSync(file, "utf8").split("\n").length;
    t.ok(lines <= 300, `${relative(root, file)} has ${lines} lines`);
  }
});

t.test("every directive has docs, samples and cases", async (t) => {
  const cases = readdirSync(join(root, "test/cases"));
  for (const directive of directives) {
    t.not(directive.docs, "", `${directive.name} has docs`);
    t.ok(
      directive.samples.some((sample) => sample.error === undefined),
      `${directive.name} has a sample that expands`,
    );
    t.ok(
      directive.samples.some((sample) => sample.error !== undefined),
      `${directive.name} has a sample that fails`,
    );
    const slug = directive.name.replace(/^DHI-/, "").toLowerCase();
    t.ok(
      cases.some((name) => name.startsWith(`${slug}-`)),
      `${directive.name} has cases`,
    );
    t.ok(existsSync(join(src, "directives", `${slug}.ts`)), `${directive.name} is one file`);
  }
});

t.test("every rule is one file and one line of the table", async (t) => {
  const kebab = (name: string) =>
    name
      .replace(/^Dhi/, "")
      .replace(/\B([A-Z])/g, "-$1")
      .toLowerCase();
  const files = readdirSync(join(src, "check/rules")).filter((file) => file !== "index.ts" && !file.startsWith("_"));
  t.strictSame(rules.map(({ name }) => `${kebab(name)}.ts`).sort(), files.sort());
  t.strictSame(
    rules.map(({ name }) => name),
    rules.map(({ name }) => name).sort(),
    "in order",
  );
  for (const { name, docs, summary } of rules) {
    t.match(name, /^Dhi([A-Z][a-z]+)+$/);
    t.ok(docs.length > 100 && summary !== "" && !summary.endsWith("."), `${name} has docs and a summary`);
  }
});
