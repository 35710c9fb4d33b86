import { readFileSync } from "node:fs";
import { programsFile } from "../resolve/catalog-files.ts";

/** images/programs.json. */
interface ProgramTable {
  /** Programs that come from a distro's packages only, by name, with the packages. */
  readonly system: Readonly<Record<string, readonly string[]>>;
  /** Programs that a language's own build may also put into an image. */
  readonly language: Readonly<Record<string, readonly string[]>>;
  /** The programs that DHI-RUNTIME brings, by its word. */
  readonly runtimes: Readonly<Record<string, readonly string[]>>;
  /** Programs of an official image that no form of the hardened one has, by repository; nothing installs them. */
  readonly absent: Readonly<Record<string, readonly string[]>>;
  /** The programs that the definitions of runtime images delete again, by repository and distro folder. */
  readonly removed: Readonly<Record<string, readonly string[]>>;
}

/** The packages that bring a program. `perhaps`: those that may bring it as a dependency. */
export interface Providers {
  readonly packages: readonly string[];
  readonly perhaps: readonly string[];
  readonly system: boolean;
}

let table: ProgramTable | undefined;

function loadTable(): ProgramTable {
  table ??= JSON.parse(readFileSync(programsFile, "utf8")) as ProgramTable;
  return table;
}

/** Takes a program's name; returns undefined when the table does not list it. */
export function providersOf(program: string): Providers | undefined {
  const { system, language } = loadTable();
  const own = Object.hasOwn(system, program);
  const entries = own ? system[program] : Object.hasOwn(language, program) ? language[program] : undefined;
  if (!entries) return undefined;
  return {
    packages: entries.filter((name) => !name.startsWith("?")),
    perhaps: entries.flatMap((name) => (name.startsWith("?") ? [name.slice(1)] : [])),
    system: own,
  };
}

/** The programs that a package is known to bring, and one of its own name. */
export function programsOfPackage(name: string): string[] {
  const { system, language } = loadTable();
  const listed = Object.entries({ ...system, ...language }).flatMap(([program, packages]) =>
    packages.includes(name) ? [program] : [],
  );
  return [...new Set([name, ...listed])];
}

/** The programs that a line of DHI-RUNTIME brings. */
export function programsOfRuntime(name: string): readonly string[] {
  const { runtimes } = loadTable();
  return Object.hasOwn(runtimes, name) ? (runtimes[name] ?? []) : [];
}

/** True when the definition of a runtime image deletes a program; `place` is its repository and distro folder. */
export function isRemoved(place: string, name: string): boolean {
  const { removed } = loadTable();
  return Object.hasOwn(removed, place) && (removed[place] ?? []).includes(name);
}

/** True for a program of the official image that no form of a repository's images has. */
export function isOfficialOnly(repository: string, name: string): boolean {
  const { absent } = loadTable();
  return Object.hasOwn(absent, repository) && (absent[repository] ?? []).includes(name);
}
