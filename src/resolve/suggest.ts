import { distance } from "fastest-levenshtein";
import { catalogHead, distroOf, repositoryNames, tagsOf, type Variant } from "./catalog.ts";
import { isVersion, nearestTag, type TagWords, tagWords } from "./tag-words.ts";

/** Repositories that have another name in the catalogue than at Docker Hub. */
const OTHER_NAMES = new Map([
  ["alpine", "alpine-base"],
  ["aspnet", "aspnetcore"],
  ["clickhouse", "clickhouse-server"],
  ["debian", "debian-base"],
  ["docker", "docker-dind"],
  ["dotnet-sdk", "dotnet"],
  ["erlang", "erlang-otp"],
  ["go", "golang"],
  ["java", "eclipse-temurin"],
  ["mongo", "mongodb"],
  ["nodejs", "node"],
  ["openjdk", "eclipse-temurin"],
  ["postgresql", "postgres"],
  ["registry", "distribution-registry"],
  ["scratch", "static"],
  ["temurin", "eclipse-temurin"],
  ["ubuntu", "debian-base"],
]);

/** Release names in other images' tags, and the distro that stands for them here. */
const RELEASE_NAMES = new Map([
  ["trixie", "debian13"],
  ["bookworm", "debian12"],
  ["bullseye", "debian13"],
  ["buster", "debian13"],
  ["focal", "debian13"],
  ["jammy", "debian13"],
  ["noble", "debian13"],
]);

const FLOATING = ["latest", "lts", "current", "stable", "mainline"];

/** The repository that a wrong name most likely means, or undefined. */
export function suggestRepository(name: string): string | undefined {
  const other = OTHER_NAMES.get(name);
  if (other !== undefined) return other;
  return closest(name, repositoryNames());
}

/**
 * The existing tag that a wrong one most likely means, or undefined when nothing is near. Words are put in order
 * (`8-debian13-sdk`), other images' words are translated or dropped (`22-slim`, `lts`, `bookworm`), slips of the pen
 * are corrected, and a version that does not exist becomes the next one that does.
 */
export function suggestTag(repository: string, tag: string): string | undefined {
  const tags = tagsOf(repository);
  if (repository === "debian-base") return suggestDebianBase(tag);
  if (repository === "alpine-base") return suggestTagIn(repository, tag, tags)?.replace(/-alpine[\d.]+/, "");
  return suggestTagIn(repository, tag, tags);
}

function suggestTagIn(repository: string, tag: string, tags: ReadonlyMap<string, Variant>): string | undefined {
  const standard = defaultDistro(tags);
  const translated = translate(repository, tag, tags);
  const asked = { ...translated, distro: translated.distro ?? standard };
  for (const versions of versionsToTry(repository, asked, tags)) {
    for (const distro of new Set([asked.distro, standard])) {
      const wanted = { ...asked, distro, versions };
      const here = nearestTag(tags, wanted);
      const dev = asked.development ? undefined : nearestTag(tags, { ...wanted, development: true });
      // A word that only a development image has (`21-jdk`) weighs more than the kind of image.
      if (dev && (!here || dev.cost + 10 < here.cost)) return dev.tag;
      if (here) return here.tag;
    }
  }
  return undefined;
}

/** The one repository whose versions are code names. */
function suggestDebianBase(tag: string): string {
  const release = /bookworm|^12\b|debian12/.test(tag) ? "bookworm" : "trixie";
  return /\bdev\b/.test(tag) ? `${release}-dev` : release;
}

/** Brings a foreign or misspelt tag into the words of this repository. */
function translate(repository: string, tag: string, tags: ReadonlyMap<string, Variant>): TagWords {
  const vocabulary = new Set([...tags.keys()].flatMap((known) => known.split("-")));
  const ordered = tag.replace(/(?:eclipse-temurin|openjdk|amazoncorretto|sapmachine)-(\d+)/, "jdk$1");
  const tokens = ordered.split("-").flatMap((token) => {
    const version = channelVersion(repository, token, tags);
    return version === undefined ? translateToken(token, vocabulary) : [version];
  });
  return tagWords(tokens.join("-"));
}

function translateToken(token: string, vocabulary: ReadonlySet<string>): string[] {
  if (vocabulary.has(token)) return [token];
  const release = RELEASE_NAMES.get(token);
  if (release !== undefined) return [release];
  if (isVersion(token)) return [token];
  if (FLOATING.includes(token)) return [];
  const words = [...vocabulary].filter((word) => !isVersion(word));
  const distro = /^(?:alpine|debian)(?=[\d.]+$)/.exec(token)?.[0];
  if (distro !== undefined) return [words.filter((word) => word.startsWith(distro)).toSorted(newest)[0] ?? token];
  const near = closest(token, words);
  return near === undefined ? [] : [near];
}

/** What `lts` of node and `stable` of nginx mean. Node: long-term support begins 30 months before the end of life. */
function channelVersion(repository: string, token: string, tags: ReadonlyMap<string, Variant>): string | undefined {
  const floating = [...tags].filter(([tag]) => /^\d+(?:\.\d+)?$/.test(tag));
  const pick = (fits: (tag: string, variant: Variant) => boolean) =>
    floating
      .filter(([tag, variant]) => fits(tag, variant))
      .map(([tag]) => tag)
      .toSorted(newest)[0];
  if (repository === "node" && token === "lts") {
    const limit = new Date(catalogHead().date);
    limit.setUTCMonth(limit.getUTCMonth() + 30);
    return pick((tag, { eol }) => !tag.includes(".") && eol !== undefined && new Date(eol) <= limit);
  }
  const parity = ["stable", "mainline"].indexOf(token);
  if (repository !== "nginx" || parity < 0) return undefined;
  return pick((tag) => tag.includes(".") && Number(tag.split(".")[1]) % 2 === parity);
}

/** Numbered, as the suggestion should be: `debian13`, or the newest release of the only distro there is. */
function defaultDistro(tags: ReadonlyMap<string, Variant>): string {
  const distros = [...tags.values()].map((variant) => variant.file.split("/")[0] ?? "");
  return (distros.includes("debian-13") ? "debian-13" : (distros.toSorted().at(-1) ?? "")).replace("-", "");
}

/**
 * The versions to look for, best first: the wanted one, the next minor version of the same major, the major alone, the
 * next major, the newest. The base images are their distro's release: there, what is gone becomes the newest.
 */
function versionsToTry(
  repository: string,
  wanted: TagWords,
  tags: ReadonlyMap<string, Variant>,
): (readonly string[])[] {
  const [version, ...others] = wanted.versions;
  const known = [...tags]
    .filter(([, variant]) => sameDistro(variant, wanted))
    .flatMap(([tag]) => tagWords(tag).versions[0] ?? [])
    .toSorted(newest);
  const sized = (size: number) => known.filter((one) => one.split(".").length === size);
  const latest = [sized(1)[0] ?? sized(2)[0] ?? known[0] ?? []].flat();
  if (version === undefined) return [latest];
  const [major = "", minor] = version.split(".");
  const short = minor === undefined ? major : `${major}.${minor}`;
  const higher = (list: string[]) => list.findLast((one) => newest(one, version) < 0);
  const next = higher(sized(2).filter((one) => one.startsWith(`${major}.`)));
  const nextMajor = higher(sized(1)) ?? (sized(1).length === 0 ? higher(sized(2)) : undefined);
  const kept = known.includes(version) || known.includes(short);
  const steps = repository.endsWith("-base") || kept ? [] : [next, major, nextMajor];
  const ordered = steps.flatMap((one) => (one === undefined ? [] : [[one, ...others], [one]]));
  return [...(kept ? [wanted.versions] : []), ...ordered, [...latest]];
}

function sameDistro(variant: Variant, wanted: TagWords): boolean {
  return wanted.distro?.startsWith(distroOf(variant)?.distro ?? "-") ?? true;
}

function newest(one: string, other: string): number {
  return other.localeCompare(one, "en", { numeric: true });
}

/** The nearest of `words` when it is near enough to be a slip: a third of its letters, or two letters swapped. */
function closest(word: string, words: readonly string[]): string | undefined {
  const swapped = words.find(
    (known) => known.length === word.length && distance(known, word) === 2 && sorted(known) === sorted(word),
  );
  const ranked = words.map((known) => ({ known, edits: distance(known, word) })).toSorted((a, b) => a.edits - b.edits);
  const [first] = ranked;
  const near = first && first.edits <= Math.min(2, Math.floor(word.length / 3)) ? first.known : undefined;
  return near ?? swapped;
}

function sorted(word: string): string {
  return [...word].sort().join("");
}
