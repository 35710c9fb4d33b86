import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the gauntlet consists of: a folder for each package, servers, and what probes share. */
export const GAUNTLET = import.meta.dirname;

/** A Debian release that packages are grafted for. */
export type Release = "12" | "13";

/** A container beside the probe's, in the same network without any other: a script of `servers`, and the packages it needs. */
export interface Server {
  readonly script: string;
  readonly packages: readonly string[];
}

/** What packages/<name>/entry.json says; test/gauntlet/README.md tells each word. */
export interface Entry {
  readonly name: string;
  readonly probe: string;
  readonly kind?: string;
  readonly lines: { readonly "13": readonly string[]; readonly "12"?: readonly string[] };
  readonly build?: readonly string[];
  readonly flags?: readonly string[];
  readonly server?: Server;
  readonly command?: readonly string[];
  readonly options?: readonly string[];
}

/** An entry on one release. */
export interface Heat {
  readonly entry: Entry;
  readonly release: Release;
  readonly lines: readonly string[];
}

/** All entries, by name. */
export function readEntries(): Entry[] {
  const folder = join(GAUNTLET, "packages");
  return readdirSync(folder)
    .sort()
    .map((name) => ({ ...JSON.parse(readFileSync(join(folder, name, "entry.json"), "utf8")), name }));
}

/** Each entry on each of its releases. */
export function heatsOf(entries: readonly Entry[], releases: readonly Release[] = ["13", "12"]): Heat[] {
  return releases.flatMap((release) =>
    entries.flatMap((entry) => {
      const lines = entry.lines[release];
      return lines === undefined ? [] : [{ entry, release, lines }];
    }),
  );
}

/** The words of directive lines, without their flags. */
export function wordsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(" ").slice(1)).filter((word) => !word.startsWith("--"));
}
