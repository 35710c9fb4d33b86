import { readFileSync } from "node:fs";
import { catalogFile, packagesFile } from "./catalog-files.ts";

/** What a definition of the public catalogue declares. Fields: images/README.md. Words in one string are parted by spaces. */
export interface Variant {
  /** `<distro folder>/<definition>`: `debian-13/22-dev`. */
  readonly file: string;
  readonly kind: string;
  readonly tags: string;
  /** Architectures; absent means amd64 and arm64. */
  readonly platforms?: readonly string[];
  readonly user?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly workdir?: string;
  readonly env?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly ports?: readonly string[];
  readonly shells?: string;
  readonly managers?: string;
  /** True when its packages come from Docker's own hardened repositories. */
  readonly hsp?: boolean;
  readonly writable?: readonly string[];
  readonly eol?: string;
}

/** A repository of the catalogue: `node`. */
export interface Repository {
  readonly title: string;
  readonly variants: readonly Variant[];
}

/** The first line of images/catalog.json. */
export interface CatalogHead {
  readonly commit: string;
  /** When the catalogue was read, ISO time. */
  readonly date: string;
  /** Distro folder to distro and release. */
  readonly distros: Readonly<Record<string, { readonly distro: "debian" | "alpine"; readonly release: string }>>;
}

/** What a definition puts into its image, decoded. */
export interface Contents {
  readonly packages: readonly string[];
  /** Packages that a dependency would add and the definition refuses. */
  readonly refused: readonly string[];
  /** OCI artifacts unpacked into the image. */
  readonly artifacts: readonly string[];
  /** Paths filled from downloads or build outputs: no package owns them. */
  readonly placed: readonly string[];
}

interface PackageFile {
  readonly names: readonly string[];
  readonly sets: readonly (readonly number[])[];
  readonly repositories: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly packages?: number;
            readonly refused?: number;
            readonly artifacts?: readonly string[];
            readonly placed?: readonly string[];
          }
        >
      >
    >
  >;
}

const ARCHITECTURES: readonly string[] = ["amd64", "arm64"];

let catalogText: string | undefined;
let head: CatalogHead | undefined;
const repositories = new Map<string, Repository | undefined>();
let packageFile: PackageFile | undefined;
const tagTables = new Map<string, ReadonlyMap<string, Variant>>();

/**
 * The catalogue's text, read once, and only when a name may be a hardened image's. Its first line is the head, and each repository has a line of its own
 * (images/catalog.mjs): a build parses the few that it asks for, not the megabyte.
 */
function catalog(): string {
  catalogText ??= readFileSync(catalogFile, "utf8");
  return catalogText;
}

/** What the catalogue says of itself. */
export function catalogHead(): CatalogHead {
  head ??= JSON.parse(catalog().slice(0, catalog().indexOf("\n")).replace(/,$/, "}")) as CatalogHead;
  return head;
}

/** The names of all repositories. */
export function repositoryNames(): string[] {
  return [
    ...catalog()
      .slice(firstRepository())
      .matchAll(/^"([^"]+)":/gm),
  ].map(([, name = ""]) => name);
}

function firstRepository(): number {
  return catalog().indexOf('\n"repositories":{\n') + '\n"repositories":{'.length;
}

/** A repository by its name, or undefined when the catalogue has none. */
export function findRepository(name: string): Repository | undefined {
  if (!repositories.has(name)) repositories.set(name, readRepository(name));
  return repositories.get(name);
}

function readRepository(name: string): Repository | undefined {
  const key = `\n${JSON.stringify(name)}:`;
  const start = catalog().indexOf(key, firstRepository());
  if (start < 0) return undefined;
  const line = catalog().slice(start + key.length, catalog().indexOf("\n", start + 1));
  return JSON.parse(line.replace(/,$/, "")) as Repository;
}

/** Every tag of a repository with its variant; empty when the catalogue has no such repository. */
export function tagsOf(name: string): ReadonlyMap<string, Variant> {
  let table = tagTables.get(name);
  if (!table) {
    const variants = findRepository(name)?.variants ?? [];
    table = new Map(variants.flatMap((variant) => variant.tags.split(" ").map((tag) => [tag, variant] as const)));
    tagTables.set(name, table);
  }
  return table;
}

/** The distro and release that a variant is built from. */
export function distroOf(variant: Variant): { distro: "debian" | "alpine"; release: string } | undefined {
  return catalogHead().distros[variant.file.split("/")[0] ?? ""];
}

/** The architectures that a variant is published for. */
export function architecturesOf(variant: Variant): readonly string[] {
  return variant.platforms ?? ARCHITECTURES;
}

/** True for the variants that one builds in: `dev` and `sdk`. */
export function isDevelopment(variant: Variant): boolean {
  return variant.kind.startsWith("dev") || variant.kind.startsWith("sdk");
}

/** The package manager that a RUN can use, which needs a shell too; some runtimes carry apt without one. */
export function packageManagerOf(variant: Variant): "apt" | "apk" | "none" {
  const managers = variant.shells ? (variant.managers ?? "").split(" ") : [];
  return managers.includes("apt") ? "apt" : managers.includes("apk") ? "apk" : "none";
}

/** The declared packages and paths of a variant; dependencies are not listed. Reads a second file, once. */
export function contentsOf(repository: string, variant: Variant): Contents {
  packageFile ??= JSON.parse(readFileSync(packagesFile, "utf8")) as PackageFile;
  const { names, sets, repositories } = packageFile;
  const entry = repositories[repository]?.[variant.file];
  const decode = (index: number | undefined) =>
    index === undefined ? [] : (sets[index] ?? []).flatMap((name) => names[name] ?? []);
  return {
    packages: decode(entry?.packages),
    refused: decode(entry?.refused),
    artifacts: entry?.artifacts ?? [],
    placed: entry?.placed ?? [],
  };
}
