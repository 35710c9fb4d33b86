import { findRepository, tagsOf, type Variant } from "./catalog.ts";
import { type HardenedName, hardenedName, type ImageReference, type Mirror, parseReference } from "./reference.ts";
import { suggestRepository, suggestTag } from "./suggest.ts";
import { nearestTag, tagWords } from "./tag-words.ts";

/** What the catalogue says to a hardened image's name. */
export type Lookup = HardenedName & { readonly image: ImageReference } & (
    | { readonly found: "tag"; readonly tag: string; readonly variant: Variant }
    /** `model` is the variant that the tag most likely belongs to: a newer patch version, a `-fips` or custom form. */
    | {
        readonly found: "repository";
        readonly tag?: string;
        readonly model?: Variant;
        readonly modelTag?: string;
        readonly suggestion?: string;
      }
    | { readonly found: "nothing"; readonly suggestion?: string }
  );

/**
 * Looks a reference up in the catalogue. Returns undefined when it is no reference or no hardened image. A reference
 * with only a digest has no tag to look up; one with neither means `latest`, as Docker has it.
 */
export function lookUp(text: string, mirrors: readonly Mirror[] = []): Lookup | undefined {
  const image = parseReference(text);
  const name = image && hardenedName(image, mirrors, (repository) => findRepository(repository) !== undefined);
  if (!image || !name) return undefined;
  const tags = tagsOf(name.repository);
  const tag = image.tag ?? (image.digest === undefined ? "latest" : undefined);
  if (tags.size === 0) {
    const other = suggestRepository(name.repository);
    const otherTag = other === undefined ? undefined : suggestTag(other, tag ?? "");
    const suggestion = otherTag === undefined ? {} : { suggestion: `${name.prefix}${other}:${otherTag}` };
    return { ...name, image, found: "nothing", ...suggestion };
  }
  if (tag === undefined) return { ...name, image, found: "repository" };
  const variant = tags.get(tag);
  if (variant) return { ...name, image, found: "tag", tag, variant };
  const model = nearestTag(tags, tagWords(tag));
  const right = suggestTag(name.repository, tag);
  return {
    ...name,
    image,
    found: "repository",
    tag,
    ...(model && { model: model.variant, modelTag: model.tag }),
    ...(right !== undefined && { suggestion: `${name.prefix}${name.repository}:${right}` }),
  };
}
