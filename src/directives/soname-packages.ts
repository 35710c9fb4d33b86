import { sonameTables } from "../graft/scripts.ts";
import type { ImageFacts } from "../model.ts";

const parsed = new Map<string, ReadonlyMap<string, string>>();

/**
 * The packages of an image's release that have a library, by its file name: a SONAME (`libgif.so.7`), a longer or shorter form of it (`libgif.so.7.2.0`, `libgif.so`), or a
 * pattern with `*` and `?`. Empty where no table knows it: the tables hold what other packages often need (images/README.md).
 */
export function packagesWith(library: string, { distro, release }: ImageFacts): string[] {
  const table = tableOf(`${distro}-${release}`);
  if (!/[*?]/.test(library) && !library.endsWith(".so")) return exact(library, table);
  const source = library
    .replace(/[.+^${}()|\\[\]]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const pattern = new RegExp(`^${source}${library.endsWith(".so") ? "(?:\\..*)?" : ""}$`);
  return [...new Set([...table].flatMap(([soname, name]) => (pattern.test(soname) ? [name] : [])))];
}

/** The package of a SONAME, or of one that the file's name continues. */
function exact(library: string, table: ReadonlyMap<string, string>): string[] {
  for (let name = library; name.includes(".so"); name = name.slice(0, name.lastIndexOf("."))) {
    const found = table.get(name);
    if (found !== undefined) return [found];
  }
  return [];
}

function tableOf(release: string): ReadonlyMap<string, string> {
  const known = parsed.get(release);
  if (known) return known;
  const text = Object.hasOwn(sonameTables, release) ? (sonameTables[release] ?? "") : "";
  const table = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [name = "", ...sonames] = line.startsWith("#") ? [] : line.split(" ");
    for (const soname of sonames) table.set(soname, name === "=" ? policyName(soname) : name);
  }
  parsed.set(release, table);
  return table;
}

/** A library's package is called after its SONAME: libx.so.1 is libx1, libx2.so.1 is libx2-1, libx-2.so is libx-2 (Debian policy 8.1). */
function policyName(soname: string): string {
  const [, stem = "", version = ""] = /^(.*?)\.so\.(.*)$/.exec(soname) ?? /^(.*)-([0-9.]+)\.so$/.exec(soname) ?? [];
  const name = stem.toLowerCase().replaceAll("_", "-");
  return `${name}${/\d$/.test(name) ? "-" : ""}${version.toLowerCase().replaceAll("_", "-")}`;
}
