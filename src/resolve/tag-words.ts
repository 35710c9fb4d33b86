import { distroOf, isDevelopment, type Variant } from "./catalog.ts";

/**
 * A hardened image's tag in its parts. `3.9-jdk21-debian13-dev` is versions `3.9`, words `jdk21`, distro `debian13`, a
 * development image. The grammar is `<version>[-<flavour>][-<distro>][-<variant>]`, but order does not count here.
 */
export interface TagWords {
  readonly versions: readonly string[];
  readonly words: readonly string[];
  readonly distro?: string;
  readonly development: boolean;
}

/** A tag of the catalogue, its variant, and how far it is from what was asked. */
export interface Candidate {
  readonly tag: string;
  readonly variant: Variant;
  readonly cost: number;
}

const DISTRO = /^(?:debian|alpine)(?:\d+(?:\.\d+)*)?$/;
const parsed = new Map<string, TagWords>();

/** Cuts a tag into its parts. Every text is a tag; an unknown part is a word. */
export function tagWords(tag: string): TagWords {
  const known = parsed.get(tag);
  if (known) return known;
  const tokens = tag.split("-");
  const distro = tokens.findLast((token) => DISTRO.test(token));
  const rest = tokens.filter((token) => !DISTRO.test(token));
  const words = rest.filter((token) => !isVersion(token));
  const result: TagWords = {
    versions: rest.filter(isVersion).map((version) => version.replace(/^v/, "")),
    words: words.filter((word) => word !== "dev" && word !== "sdk"),
    development: words.includes("dev") || words.includes("sdk"),
    ...(distro !== undefined && { distro }),
  };
  if (parsed.size < 5000) parsed.set(tag, result);
  return result;
}

/** `22`, `v1.2`, `8u502.b07`, and package revisions such as `r7`. */
export function isVersion(token: string): boolean {
  return /^v?\d/.test(token) || /^r\d+$/.test(token);
}

/**
 * The tag nearest to `wanted` among `tags`: same release of the same distro, the version wanted or a shorter form of
 * it, no word that was not wanted (but those of `gain`), and a development image exactly when that is wanted. Fewest
 * losses win, then the shortest tag, then the newest.
 */
export function nearestTag(
  tags: Iterable<readonly [string, Variant]>,
  wanted: TagWords,
  gain: readonly string[] = [],
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const [tag, variant] of tags) {
    const cost = distance(tagWords(tag), variant, wanted, gain);
    if (cost === undefined) continue;
    if (!best || cost < best.cost || (cost === best.cost && before(tag, best.tag))) best = { tag, variant, cost };
  }
  return best;
}

function before(tag: string, other: string): boolean {
  return tag.length === other.length ? tag > other : tag.length < other.length;
}

function distance(tag: TagWords, variant: Variant, wanted: TagWords, gain: readonly string[]): number | undefined {
  const version = shortened(tag.versions, wanted.versions);
  const distro = spellingDistance(tag, variant, wanted);
  const gained = tag.words.filter((word) => !wanted.words.includes(word));
  const lost = wanted.words.filter((word) => !tag.words.includes(word));
  if (version === undefined || distro === undefined || gained.some((word) => !gain.includes(word))) {
    return undefined;
  }
  if (isDevelopment(variant) !== wanted.development) return undefined;
  return 20 * lost.length + 10 * gained.length + 3 * version + distro;
}

/** How many components were cut off, or undefined when a version is another one. */
function shortened(found: readonly string[], wanted: readonly string[]): number | undefined {
  if (found.length > wanted.length || (found.length === 0 && wanted.length > 0)) return undefined;
  const components = (versions: readonly string[]) => versions.join(".").split(".").length;
  const prefixes = found.every((version, index) => `${wanted[index]}.`.startsWith(`${version}.`));
  return prefixes ? components(wanted) - components(found) : undefined;
}

/** None for the same spelling of the distro, a little for another spelling, undefined for another release. */
function spellingDistance(tag: TagWords, variant: Variant, wanted: TagWords): number | undefined {
  if (tag.distro === wanted.distro) return 0;
  const os = distroOf(variant);
  if ((wanted.distro ?? "debian13") !== `${os?.distro}${os?.release}`) return undefined;
  return tag.distro === undefined ? 2 : 1;
}
