import type { ImageFacts } from "../model.ts";
import { architecturesOf, distroOf, isDevelopment, packageManagerOf, tagsOf, type Variant } from "./catalog.ts";
import { type Mirror, officialPrefix, parseReference } from "./reference.ts";
import { debianName } from "./releases.ts";
import { nearestTag, tagWords } from "./tag-words.ts";
import { type Lookup, lookUp } from "./tags.ts";

/** What is known of the distro when the name alone does not tell. */
export type KnownDistro = Pick<Partial<ImageFacts>, "distro" | "release" | "hardened">;

/**
 * The image that can install packages for this one. A development image is its own; a runtime gets the `-dev` or `-sdk`
 * tag of its repository, release and flavour, in the user's own spelling and as exact as a tag allows; without such a
 * tag, debian-base or alpine-base from where the user takes hardened images. Images that are not hardened get their
 * distro's own. Returns undefined when the distro is unknown.
 */
export function builderFor(text: string, known: KnownDistro = {}, mirrors: readonly Mirror[] = []): string | undefined {
  const name = lookUp(text, mirrors);
  if (name) return hardenedBuilder(text, name, known);
  if (known.hardened) return baseBuilder("dhi.io/", known);
  const image = parseReference(text);
  return image && officialImage(officialPrefix(image, mirrors), known);
}

function hardenedBuilder(text: string, name: Lookup, known: KnownDistro): string | undefined {
  if (name.found === "tag") {
    if (isDevelopment(name.variant) && packageManagerOf(name.variant) !== "none") return text;
    return twin(name, name.tag, name.variant) ?? baseBuilder(name.prefix, distroOf(name.variant));
  }
  // A pinned digest with no tag names no version, so it has no twin.
  if (name.found === "repository" && name.tag !== undefined && name.model && name.modelTag !== undefined) {
    const self = isDevelopment(name.model) && packageManagerOf(name.model) !== "none";
    const found = self ? text : twin(name, name.modelTag, name.model);
    return found ?? baseBuilder(name.prefix, distroOf(name.model));
  }
  return baseBuilder(name.prefix, known);
}

/** The development tag that belongs to a runtime's tag. Its repository may offer a JRE whose only twin is the JDK. */
function twin(name: Lookup, tag: string, runtime: Variant): string | undefined {
  const fits = [...tagsOf(name.repository)].filter(([, variant]) => canBuildFor(variant, runtime));
  const found = nearestTag(fits, { ...tagWords(tag), development: true }, ["jdk"]);
  return found && `${name.prefix}${name.repository}:${found.tag}`;
}

/** Same release, a usable package manager, and published for all architectures that the runtime is published for. */
function canBuildFor(variant: Variant, runtime: Variant): boolean {
  const folder = (of: Variant) => of.file.split("/")[0];
  const architectures = architecturesOf(variant);
  return (
    folder(variant) === folder(runtime) &&
    isDevelopment(variant) &&
    packageManagerOf(variant) !== "none" &&
    architecturesOf(runtime).every((one) => architectures.includes(one))
  );
}

/** `debian-base:trixie-dev` or `alpine-base:3.23-dev`; a release that these do not have is taken from its distro. */
function baseBuilder(prefix: string, known: KnownDistro | undefined): string | undefined {
  const { distro, release } = known ?? {};
  if (distro === undefined || release === undefined) return undefined;
  const repository = `${distro}-base`;
  const tag = `${distro === "debian" ? debianName(release) : release}-dev`;
  return tagsOf(repository).has(tag) ? `${prefix}${repository}:${tag}` : officialImage("", { distro, release });
}

/** The distro's own image at Docker Hub. */
function officialImage(prefix: string, { distro, release }: KnownDistro): string | undefined {
  if (distro === undefined || release === undefined) return undefined;
  if (distro !== "debian") return `${prefix}${distro}:${release}`;
  const name = debianName(release);
  return name && `${prefix}debian:${name}-slim`;
}
