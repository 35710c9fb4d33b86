import { catalogFile, packagesFile } from "./catalog-files.ts";
import { tableFile } from "./table-file.ts";

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

/** What `catalog-packages.json` has of a variant: numbers are rows of its table `sets`, whose numbers are rows of `names`. */
interface PackedContents {
  readonly packages?: number;
  readonly refused?: number;
  readonly artifacts?: readonly string[];
  readonly placed?: readonly string[];
}

const ARCHITECTURES: readonly string[] = ["amd64", "arm64"];

const catalog = tableFile(catalogFile);
const packages = tableFile(packagesFile);
let head: CatalogHead | undefined;
const repositories = new Map<string, Repository | undefined>();
const tagTables = new Map<string, ReadonlyMap<string, Variant>>();

/** What the catalogue says of itself. */
export function catalogHead(): CatalogHead {
  head ??= catalog.head() as CatalogHead;
  return head;
}

/** The names of all repositories. */
export function repositoryNames(): string[] {
  return catalog.keys("repositories");
}

/** A repository by its name, or undefined when the catalogue has none. */
export function findRepository(name: string): Repository | undefined {
  if (!repositories.has(name)) repositories.set(name, catalog.under("repositories", name) as Repository | undefined);
  return repositories.get(name);
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

/** The declared packages and paths of a variant; dependencies are not listed. */
export function contentsOf(repository: string, variant: Variant): Contents {
  const all = packages.under("repositories", repository) as Readonly<Record<string, PackedContents>> | undefined;
  const entry = all?.[variant.file];
  const decode = (index: number | undefined) => {
    const set = index === undefined ? undefined : (packages.at("sets", index) as readonly number[] | undefined);
    return (set ?? []).map((name) => String(packages.at("names", name)));
  };
  return {
    packages: decode(entry?.packages),
    refused: decode(entry?.refused),
    artifacts: entry?.artifacts ?? [],
    placed: entry?.placed ?? [],
  };
}
