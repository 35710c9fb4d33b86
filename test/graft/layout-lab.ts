import { readdirSync } from "node:fs";
import { join } from "node:path";
import { graft, type Lab, lab, type Tree, unpack } from "./lab.ts";

/** The least base: a C library, a loader, a merged lib folder and a release. */
export const merged: Tree = {
  "usr/lib/x86_64-linux-gnu/libc.so.6": "libc",
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "loader",
  lib: { to: "usr/lib" },
  "etc/os-release": "ID=debian\nVERSION_ID=13\n",
};

/** Grafts packages onto a base; `table` replaces the table of special knowledge. */
export async function on(base: Tree, packages: Parameters<typeof unpack>[1], table?: string): Promise<Lab> {
  const made = lab(base, table);
  unpack(made, packages);
  await graft(made);
  return made;
}

/** All files and links below a folder. */
export function tree(root: string, below = ""): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? tree(root, path) : [path];
  });
}

/** What landed, without the package records. */
export function landed(made: Lab): string[] {
  return tree(made.out)
    .filter((path) => !/^var\/lib\/(dpkg|dhi)\//.test(path))
    .sort();
}
