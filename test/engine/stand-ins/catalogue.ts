import { contentsOf, findRepository, tagsOf, type Variant } from "../../../src/resolve/catalog.ts";

/** What the catalogue declares of an image. */
export interface Declared {
  readonly repository: string;
  readonly title: string;
  readonly definition: Variant;
  readonly packages: readonly string[];
  readonly refused: readonly string[];
  /** The runtime beside a dev or sdk image (`debian-13/22` of `debian-13/22-dev`), whose account that declares too. */
  readonly runtime: Variant | undefined;
}

/** Takes `dhi.io/<repository>:<tag>`; returns what the catalogue declares of it. Throws when it declares no such tag. */
export function declared(reference: string): Declared {
  const [, repository = "", tag = ""] = /^dhi\.io\/([^:]+):(.+)$/.exec(reference) ?? [];
  const found = findRepository(repository);
  const definition = tagsOf(repository).get(tag);
  if (found === undefined || definition === undefined) {
    throw new Error(`images/catalog.json declares no image ${reference}`);
  }
  const { packages, refused } = contentsOf(repository, definition);
  const plain = definition.file.replace(/-(dev|sdk)$/, "");
  const runtime = found.variants.find(({ kind, file }) => kind === "runtime" && file === plain);
  return { repository, title: found.title, definition, packages, refused, runtime };
}

/** The catalogue's name of a definition's distro, such as `debian-13`. */
export function distroOf(definition: Variant): string {
  return definition.file.split("/")[0] ?? "";
}
