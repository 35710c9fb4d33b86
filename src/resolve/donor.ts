import type { ImageFacts } from "../model.ts";
import { tagsOf } from "./catalog.ts";
import { parseReference } from "./reference.ts";
import { type TagWords, tagWords } from "./tag-words.ts";

/** What is asked of an image that lends a runtime; the version is absent for the newest. */
export interface DonorTag {
  readonly repository: string;
  readonly version?: string;
  readonly words?: readonly string[];
  readonly development: boolean;
  /** A version as precise as one should name it. */
  readonly example: string;
}

/**
 * The hardened image that has a runtime for a base: same distro and release, taken from where the base was taken when that is hardened, too, else from
 * dhi.io. Without such a tag the answer says what there is.
 */
export function donorImage(
  base: ImageFacts,
  wish: DonorTag,
):
  | { readonly kind: "image"; readonly reference: string; readonly version: string }
  | { readonly kind: "none"; readonly problem: string; readonly advice: string } {
  const { repository, version } = wish;
  const distro = `${base.distro}${base.release}`;
  const name = `${prefixOf(base)}${repository}`;
  const known = [...tagsOf(repository).keys()]
    .map((tag) => ({ tag, words: tagWords(tag) }))
    .filter(({ words }) => fits(words, wish, distro))
    .map(({ tag, words }) => ({ tag, version: words.versions[0] ?? "" }))
    .toSorted((a, b) => newest(a.version, b.version) || a.tag.length - b.tag.length);
  const short = known.filter((one) => parts(one.version) === parts(wish.example));
  const found = version === undefined ? short[0] : known.find((one) => one.version === version);
  if (found) return { kind: "image", reference: `${name}:${found.tag}`, version: found.version };
  const place = `${base.distro === "alpine" ? "Alpine" : "Debian"} ${base.release}`;
  if (known.length === 0) {
    return {
      kind: "none",
      problem: `${name} has no images for ${place}`,
      advice: "name an image or a stage that has it with --from",
    };
  }
  const near = short.findLast((one) => newest(one.version, version ?? "") < 0) ?? short[0];
  return {
    kind: "none",
    problem: `${name} has no version ${version} for ${place}`,
    advice: `did you mean ${near?.version}? (known: ${[...new Set(short.map((one) => one.version))].join(", ")}; --from names any other image or stage)`,
  };
}

function fits(tag: TagWords, { words = [], development }: DonorTag, distro: string): boolean {
  const sameWords = tag.words.length === words.length && words.every((word) => tag.words.includes(word));
  return tag.distro === distro && tag.development === development && tag.versions.length === 1 && sameWords;
}

/** What the user writes before a hardened image's repository: `dhi.io/`, `acme/dhi-`. */
function prefixOf({ hardened, reference, repository }: ImageFacts): string {
  const spelled = parseReference(reference)?.spelled ?? "";
  if (!hardened || repository === undefined || !spelled.endsWith(repository)) return "dhi.io/";
  return spelled.slice(0, spelled.length - repository.length);
}

function parts(version: string): number {
  return version.split(".").length;
}

function newest(one: string, other: string): number {
  return other.localeCompare(one, "en", { numeric: true });
}
