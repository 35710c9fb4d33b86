import type { Image } from "./image.ts";
import { nearPaths } from "./near.ts";
import { type Owners, type Package, type Place, placeOf } from "./owners.ts";
import { pathsCalled, resolvePath } from "./paths.ts";
import type { Request } from "./records.ts";

/** The package that a file belongs to, and the words that brought it; none for a package of the base. */
export interface PackageName {
  readonly name: string;
  readonly version: string;
  readonly requested: readonly Request[];
}

/** Where a file or link comes from. */
export interface Origin {
  readonly from: Place;
  readonly package?: PackageName;
  /** The layer, counted from 1, and the instruction that made it. */
  readonly layer: number;
  readonly instruction: string;
  /** The package whose file lay here before. */
  readonly replaced?: PackageName;
}

/** What there is to say of one path. Paths begin with a slash; `real` is where it lies when a folder on the way is a link. */
export type Explanation = { readonly path: string; readonly real?: string } & (
  | {
      readonly type: "file" | "link" | "other";
      readonly origin: Origin;
      /** Where the links lead, step by step, as they are written. */
      readonly links?: readonly string[];
      /** The end of the links: absent when nothing is there. */
      readonly end?: { readonly path: string; readonly origin?: Origin };
    }
  | { readonly type: "folder"; readonly files: number; readonly holds: readonly Share[] }
  | { readonly type: "missing"; readonly near: readonly string[]; readonly removed?: Removed }
);

/** How many of a folder's files have the same origin. */
export interface Share {
  readonly files: number;
  readonly origin: Origin;
}

/** What lay at a path that a later layer took away. */
export interface Removed {
  readonly package?: PackageName;
  readonly layer?: number;
  readonly instruction?: string;
}

/**
 * Explains a path of an image. A word without a slash is the name of a file, wherever it is: it gives an explanation for each. What is not there gives
 * one of the type `missing`.
 */
export function explainPath(image: Image, owners: Owners, word: string): Explanation[] {
  if (!word.includes("/")) {
    const called = pathsCalled(image, word);
    if (called.length > 0) return called.map((path) => explainOne(image, owners, path, `/${path}`));
  }
  return [explainOne(image, owners, word, word.includes("/") ? `/${word.replace(/^[./]*\/|\/+$/g, "")}` : word)];
}

function explainOne(image: Image, owners: Owners, path: string, shown: string): Explanation {
  const { path: end, links, missing } = resolvePath(image, path);
  const own = links[0]?.path ?? end;
  if (own === undefined) return { path: shown, type: "missing", ...missingAt(image, owners, missing ?? path, path) };
  const file = image.files.get(own);
  const place = { path: shown, ...(shown !== `/${own}` && { real: `/${own}` }) };
  if (file === undefined || file.type === "folder") return { ...place, type: "folder", ...folder(image, owners, own) };
  const origin = originOf(image, owners, own);
  if (file.type !== "link") return { ...place, type: file.type, origin };
  const last = end === undefined ? undefined : originOf(image, owners, end);
  // Records of the base list no links; such a link is its end's.
  const named = origin.package || !last?.package || origin.layer !== last.layer ? origin : last;
  return {
    ...place,
    type: "link",
    origin: named,
    links: links.map(({ target }) => target),
    ...(end !== undefined && { end: { path: `/${end}`, ...(last && { origin: last }) } }),
  };
}

/** Where what lies at a path comes from. Folders have no origin of their own. */
function originOf(image: Image, owners: Owners, path: string): Origin {
  const file = image.files.get(path);
  const layer = file?.layer ?? 0;
  const owner = owners.owner(path);
  const before = owners.formerOwner(path);
  return {
    from: file ? placeOf(image, owners, path, file) : "base",
    ...(owner && { package: nameOf(owner) }),
    layer: layer + 1,
    instruction: image.layers[layer]?.instruction ?? "",
    ...(before && { replaced: nameOf(before) }),
  };
}

function nameOf({ name, version, requested }: Package): PackageName {
  return { name, version, requested };
}

function folder(image: Image, owners: Owners, path: string): { files: number; holds: Share[] } {
  const shares = new Map<string, { files: number; origin: Origin }>();
  let files = 0;
  for (const [other, { type }] of image.files) {
    if (type === "folder" || !(path === "" || other.startsWith(`${path}/`))) continue;
    files++;
    const origin = originOf(image, owners, other);
    const key = JSON.stringify([origin.package ?? origin.layer, origin.from]);
    const share = shares.get(key) ?? { files: 0, origin };
    share.files++;
    shares.set(key, share);
  }
  return { files, holds: [...shares.values()].sort((one, other) => other.files - one.files) };
}

function missingAt(image: Image, owners: Owners, missing: string, path: string) {
  const gone = [...image.removed].find(([removed]) => missing === removed || missing.startsWith(`${removed}/`));
  const before = owners.formerOwner(missing);
  const removed: Removed | undefined =
    gone || before
      ? {
          ...(before && { package: nameOf(before) }),
          ...(gone && { layer: gone[1] + 1, instruction: image.layers[gone[1]]?.instruction ?? "" }),
        }
      : undefined;
  return { near: nearPaths(image, path).map((near) => `/${near}`), ...(removed && { removed }) };
}
