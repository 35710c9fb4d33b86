import { findRepository, isDevelopment, tagsOf } from "./catalog.ts";
import { canonicalName, parseReference } from "./reference.ts";
import { suggestTag } from "./suggest.ts";
import { isVersion, tagWords } from "./tag-words.ts";

/** The hardened image that stands for another one. */
export interface HardenedForm {
  readonly reference: string;
  /** False when the catalogue has another version only. */
  readonly sameVersion: boolean;
}

/** Official images that have another name in the catalogue. Distros without an equal (ubuntu, fedora ...) are not in it. */
const RENAMED: Readonly<Record<string, string>> = {
  alpine: "alpine-base",
  clickhouse: "clickhouse-server",
  debian: "debian-base",
  erlang: "erlang-otp",
  mongo: "mongodb",
  openjdk: "eclipse-temurin",
  registry: "distribution-registry",
};

const ELSEWHERE: Readonly<Record<string, string>> = {
  "docker.io/denoland/deno": "deno",
  "docker.io/oven/bun": "bun",
  "mcr.microsoft.com/dotnet/aspnet": "aspnetcore",
  "mcr.microsoft.com/dotnet/runtime": "dotnet",
  "mcr.microsoft.com/dotnet/sdk": "dotnet",
};

/** Words of other images' tags that mean nothing, or the same, in a hardened image. A word that is not here (`apache`, `windowsservercore`) may be why the image was chosen. */
const UNDERSTOOD =
  /^(?:latest|lts|current|stable|mainline|slim|cli|fpm|jre|jdk\d*|eclipse|temurin|openjdk|chiseled|extra|trixie|bookworm|bullseye|buster|noble|jammy|focal|(?:alpine|debian)[\d.]*)$/;

/** Answers so far: a file names few images, often. */
const forms = new Map<string, HardenedForm | undefined>();

const RELEASE = /^(?:trixie|bookworm|bullseye|buster|noble|jammy|focal)$/;

/**
 * The hardened image for one of Docker's official images, Microsoft's .NET images, Bun or Deno. `development` asks for the form to build in, which some images only have. Undefined where there is no
 * equal, or the tag says something that a hardened image has no word for.
 */
export function hardenedForm(text: string, development: boolean): HardenedForm | undefined {
  const key = `${text} ${development}`;
  if (!forms.has(key)) {
    if (forms.size > 1000) forms.clear();
    forms.set(key, formOf(text, development));
  }
  return forms.get(key);
}

function formOf(text: string, development: boolean): HardenedForm | undefined {
  const image = parseReference(text);
  const name = image && canonicalName(image);
  const repository = name === undefined ? undefined : repositoryOf(name);
  if (!image || repository === undefined || (image.tag === undefined && image.digest !== undefined)) return undefined;
  const tag = image.tag ?? "latest";
  const words = tag.split("-");
  if (!words.every((word) => isVersion(word) || UNDERSTOOD.test(word))) return undefined;
  const sdk = name === "mcr.microsoft.com/dotnet/sdk";
  const found = nearest(repository, words, sdk ? "sdk" : development ? "dev" : undefined);
  if (found === undefined) return undefined;
  return { reference: `dhi.io/${repository}:${found}`, sameVersion: keeps(tag, found) };
}

function repositoryOf(name: string): string | undefined {
  if (Object.hasOwn(ELSEWHERE, name)) return ELSEWHERE[name];
  const [, official = ""] = /^docker\.io\/library\/([^/]+)$/.exec(name) ?? [];
  const repository = Object.hasOwn(RENAMED, official) ? (RENAMED[official] ?? "") : official;
  return findRepository(repository) ? repository : undefined;
}

function nearest(repository: string, words: readonly string[], form: "dev" | "sdk" | undefined): string | undefined {
  const tags = tagsOf(repository);
  const kinds = [...tags.values()].map(isDevelopment);
  const wanted = kinds.every((one) => one) ? "dev" : kinds.some((one) => one) ? form : undefined;
  // No runtime image has a JDK of its own, but tomcat's words name the Java version.
  const kept = wanted === undefined ? words.filter((word) => word !== "jdk") : words;
  // Releases of Debian and Ubuntu count where they are all that there is; elsewhere the newest is what gets fixes longest.
  const bare = repository === "debian-base" ? kept : kept.filter((word) => !RELEASE.test(word));
  const asked = [...bare, ...(wanted === undefined ? [] : [wanted])].join("-");
  const release = /^(\d+\.\d+)(?:\.\d+)?(-dev)?$/.exec(asked);
  const exact = repository === "alpine-base" && release ? `${release[1]}${release[2] ?? ""}` : undefined;
  return exact !== undefined && tags.has(exact) ? exact : suggestTag(repository, asked);
}

/** True when the tag found has the version that was asked for, or a shorter form of it, and the release of the distro where that is the version. */
function keeps(asked: string, found: string): boolean {
  const [wanted] = tagWords(asked).versions;
  const [version] = tagWords(found).versions;
  if (wanted === undefined || version === undefined) return !/bullseye|buster/.test(asked);
  return `${wanted}.`.startsWith(`${version}.`) || `${version}.`.startsWith(`${wanted}.`);
}
