import type { ImageFacts } from "../model.ts";
import { type Contents, contentsOf, tagsOf, type Variant } from "../resolve/catalog.ts";
import { parseReference } from "../resolve/reference.ts";

/** What the catalogue declares of an image. */
export interface Declared extends Contents {
  readonly repository: string;
  readonly variant: Variant;
}

/** The declaration of a base; undefined for images that the catalogue does not list, and for those that a digest may have fixed in the past. */
export function declaredOf(base: ImageFacts | undefined): Declared | undefined {
  if (!base) return undefined;
  if (!known.has(base)) known.set(base, findDeclared(base));
  return known.get(base);
}

const known = new WeakMap<ImageFacts, Declared | undefined>();

function findDeclared(base: ImageFacts): Declared | undefined {
  if (!base.hardened || base.repository === undefined) return undefined;
  const image = parseReference(base.reference);
  const variant = image?.digest === undefined ? tagsOf(base.repository).get(image?.tag ?? "latest") : undefined;
  return variant && { repository: base.repository, variant, ...contentsOf(base.repository, variant) };
}
