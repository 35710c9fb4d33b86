import { tagsOf, type Variant } from "./catalog.ts";
import { nearestTag, tagWords } from "./tag-words.ts";
import { lookUp } from "./tags.ts";

/** Answers so far: a file names few images, often. */
const answers = new Map<string, string | undefined>();

/**
 * The tag of the same repository, distro and kind that lives longest, and beyond `day` (`2026-11-22`), in a higher version: what an image at its end of life
 * can be replaced with. Versions whose end is unknown count only when no other is left. Undefined when the catalogue has none.
 */
export function successor(reference: string, day: string): string | undefined {
  const key = `${reference} ${day}`;
  if (!answers.has(key)) {
    if (answers.size > 1000) answers.clear();
    answers.set(key, longest(reference, day));
  }
  return answers.get(key);
}

function longest(reference: string, day: string): string | undefined {
  const found = lookUp(reference);
  if (found?.found !== "tag") return undefined;
  const { repository, prefix, tag } = found;
  const tags = tagsOf(repository);
  const written = (other: string) => `${prefix}${repository}:${other}`;
  // The one repository whose versions are code names.
  if (repository === "debian-base") {
    const newer = tag.replaceAll("bookworm", "trixie").replaceAll("debian12", "debian13");
    return newer !== tag && tags.has(newer) ? written(newer) : undefined;
  }
  const asked = tagWords(tag);
  const [version = "", ...others] = asked.versions;
  const candidates = [...new Set([...tags.keys()].flatMap((known) => tagWords(known).versions[0] ?? []))]
    .filter((other) => other.split(".").length === version.split(".").length && newest(other, version) < 0)
    .flatMap((other) => nearestTag(tags, { ...asked, versions: [other, ...others] }) ?? [])
    .filter(({ variant }) => variant.eol === undefined || variant.eol > day);
  const [best] = candidates.toSorted(
    (one, other) => lifetime(other.variant).localeCompare(lifetime(one.variant)) || newest(other.tag, one.tag),
  );
  return best && written(best.tag);
}

function lifetime({ eol }: Variant): string {
  return eol ?? "";
}

function newest(one: string, other: string): number {
  return other.localeCompare(one, "en", { numeric: true });
}
