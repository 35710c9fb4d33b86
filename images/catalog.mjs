#!/usr/bin/env node
// Makes catalog.json and catalog-packages.json from a checkout of the public catalogue. images/README.md has the command.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { readDefinition } from "./catalog-definition.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    commit: { type: "string" },
    date: { type: "string" },
    out: { type: "string", default: import.meta.dirname },
  },
});
const [checkout] = positionals;
if (!checkout || !values.commit || !values.date) {
  process.stderr.write("usage: catalog.mjs <checkout> --commit <sha> --date <iso> [--out <folder>]\n");
  process.exit(2);
}

const folders = (path) =>
  readdirSync(path)
    .sort()
    .filter((name) => statSync(join(path, name)).isDirectory());

const repositories = {};
const contents = {};
const distros = {};
const names = interning((name) => name);
const sets = interning((list) => list.map(names.index));

for (const repository of folders(join(checkout, "image"))) {
  const root = join(checkout, "image", repository);
  const definitions = folders(root).flatMap((distro) =>
    readdirSync(join(root, distro))
      .sort()
      .filter((name) => name.endsWith(".yaml"))
      .flatMap((name) => readDefinition(join(root, distro, name), distro) ?? []),
  );
  if (definitions.length === 0) continue;
  for (const { distro, os } of definitions) distros[distro] ??= os;
  repositories[repository] = { title: title(root), variants: definitions.map(({ variant }) => variant) };
  contents[repository] = Object.fromEntries(definitions.map((entry) => [entry.variant.file, interned(entry.contents)]));
}

const head = {
  format: 1,
  source: "github.com/docker-hardened-images/catalog",
  licence: "Apache-2.0",
  commit: values.commit,
  date: values.date,
};
write("catalog.json", { ...head, distros }, { repositories });
write("catalog-packages.json", head, { names: names.all, sets: sets.all, repositories: contents });

function title(root) {
  const info = parse(readFileSync(join(root, "info.yaml"), "utf8"));
  return String(info?.metadata?.["display-name"] ?? "");
}

function interned({ packages, refused, ...rest }) {
  return {
    ...(packages && { packages: sets.index(packages) }),
    ...(refused && { refused: sets.index(refused) }),
    ...rest,
  };
}

/** Numbers values in the order in which they appear; `all` is the table behind the numbers. */
function interning(store) {
  const seen = new Map();
  const all = [];
  const index = (value) => {
    const key = JSON.stringify(value);
    if (!seen.has(key)) {
      seen.set(key, seen.size);
      all.push(store(value));
    }
    return seen.get(key);
  };
  return { index, all };
}

/** One entry of a table a line, so that a new catalogue shows as a readable difference. */
function write(name, head, tables) {
  const lines = Object.entries(tables).map(([key, table]) => {
    const rows = Array.isArray(table)
      ? table.map((row) => JSON.stringify(row))
      : Object.entries(table).map(([row, value]) => `${JSON.stringify(row)}:${JSON.stringify(value)}`);
    const [open, close] = Array.isArray(table) ? "[]" : "{}";
    return `${JSON.stringify(key)}:${open}\n${rows.join(",\n")}\n${close}`;
  });
  writeFileSync(join(values.out, name), `${JSON.stringify(head).slice(0, -1)},\n${lines.join(",\n")}}\n`);
}
