import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The images this project ships data about: `images/`. */
export const IMAGES_FOLDER = join(import.meta.dirname, "../../../images");

/** One image definition of catalog.json (a field that is not declared is absent). */
export interface Definition {
  readonly file: string;
  readonly kind: string;
  readonly tags: string;
  readonly user?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly workdir?: string;
  readonly env?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly ports?: readonly string[];
  readonly stop?: string;
  readonly shells?: string;
  readonly managers?: string;
  readonly writable?: readonly string[];
  readonly eol?: string;
}

/** What the catalogue declares of an image. */
export interface Declared {
  readonly repository: string;
  readonly title: string;
  readonly definition: Definition;
  readonly packages: readonly string[];
  readonly refused: readonly string[];
  /** The runtime beside a dev or sdk image (`debian-13/22` of `debian-13/22-dev`), whose account that declares too. */
  readonly runtime: Definition | undefined;
}

interface Catalogue {
  readonly repositories: Readonly<Record<string, { readonly title: string; readonly variants: readonly Definition[] }>>;
}

interface CataloguePackages {
  readonly names: readonly string[];
  readonly sets: readonly (readonly number[])[];
  readonly repositories: Readonly<
    Record<string, Readonly<Record<string, { readonly packages?: number; readonly refused?: number }>>>
  >;
}

let loaded: { catalogue: Catalogue; contents: CataloguePackages } | undefined;

/** Takes `dhi.io/<repository>:<tag>`; returns what the catalogue declares of it. Throws when it declares no such tag. */
export function declared(reference: string): Declared {
  const [, repository, tag] = /^dhi\.io\/([^:]+):(.+)$/.exec(reference) ?? [];
  loaded ??= { catalogue: read("catalog.json"), contents: read("catalog-packages.json") };
  const { catalogue, contents } = loaded;
  const entry = catalogue.repositories[repository ?? ""];
  const definition = entry?.variants.find((variant) => variant.tags.split(" ").includes(tag ?? ""));
  if (repository === undefined || entry === undefined || definition === undefined) {
    throw new Error(`images/catalog.json declares no image ${reference}`);
  }
  const sets = contents.repositories[repository]?.[definition.file] ?? {};
  const names = (index: number | undefined) =>
    (contents.sets[index ?? -1] ?? []).map((name) => contents.names[name] ?? "");
  const plain = definition.file.replace(/-(dev|sdk)$/, "");
  const runtime = entry.variants.find((variant) => variant.kind === "runtime" && variant.file === plain);
  return {
    repository,
    title: entry.title,
    definition,
    packages: names(sets.packages),
    refused: names(sets.refused),
    runtime,
  };
}

/** The catalogue's name of a definition's distro, such as `debian-13`. */
export function distroOf(definition: Definition): string {
  return definition.file.split("/")[0] ?? "";
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(IMAGES_FOLDER, name), "utf8")) as T;
}
