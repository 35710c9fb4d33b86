import { APK_DATABASES, type Image, type ImageFile } from "./image.ts";
import { type PackageRecord, readRecords } from "./records.ts";

/** A package of an image, with the paths that are truly there and come from it. */
export interface Package extends PackageRecord {
  readonly there: ReadonlyMap<string, ImageFile>;
}

/** The packages of an image, and which one each path belongs to. */
export interface Owners {
  readonly packages: readonly Package[];
  /** Packages that directives brought. */
  readonly grafted: readonly Package[];
  /** Indexes of the layers that they came in. */
  readonly graftLayers: ReadonlySet<number>;
  /** The package whose file lies at a path. */
  owner(path: string): Package | undefined;
  /** The package that brought a file to this path which is not there any more: a later layer replaced or removed it. */
  formerOwner(path: string): Package | undefined;
}

/**
 * Weighs the records of an image against its files. A package that a directive brought came in one layer, together with its record: what later
 * layers put at its paths is not the package's.
 */
export function ownersOf(image: Image): Owners {
  const byPath = new Map<string, Package>();
  const former = new Map<string, Package>();
  const graftLayers = new Set<number>();
  const packages = readRecords(image.texts).map((record): Package => {
    const layer = image.files.get(record.record)?.layer ?? 0;
    const isGraft = record.requested.length > 0;
    const there = new Map<string, ImageFile>();
    const one = { ...record, there };
    if (isGraft) graftLayers.add(layer);
    for (const path of [...record.paths, ...(isGraft ? [record.record, `${record.record}.md5sums`] : [])]) {
      const file = image.files.get(path);
      if (file && file.type !== "folder" && (!isGraft || file.layer === layer)) {
        if (record.paths.has(path)) there.set(path, file);
        byPath.set(path, one);
      } else if (isGraft && (file === undefined || file.layer > layer)) former.set(path, one);
    }
    return one;
  });
  return {
    packages,
    grafted: packages.filter(({ requested }) => requested.length > 0),
    graftLayers,
    owner: (path) => byPath.get(path),
    formerOwner: (path) => former.get(path),
  };
}

/** Where a file comes from: a package that a directive brought, its record, something else in that layer, the base, or the user's own instruction. */
export type Place = "package" | "record" | "graft" | "base" | "own";

/** On Alpine a graft adds its packages to files of the base. */
const APK_FILES: readonly string[] = [...APK_DATABASES, "etc/apk/world"];

/** Tells the place of a file that is there. */
export function placeOf(image: Image, owners: Owners, path: string, { layer }: ImageFile): Place {
  const owner = owners.owner(path);
  if (owner && owner.requested.length > 0) return owner.there.has(path) ? "package" : "record";
  if (owners.graftLayers.has(layer)) return APK_FILES.includes(path) ? "record" : "graft";
  return image.layers[layer]?.base ? "base" : "own";
}
