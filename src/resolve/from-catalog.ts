import type { ImageFacts } from "../model.ts";
import { builderFor } from "./builder.ts";
import { architecturesOf, catalogHead, distroOf, packageManagerOf, type Variant } from "./catalog.ts";
import { type Facts, type FactsSource, type Layer, mergeFacts, remembering } from "./facts.ts";
import { foreignLayers } from "./foreign.ts";
import { type Mirror, parseReference } from "./reference.ts";
import { type Distro, libcOf, managerOf, NEWEST } from "./releases.ts";
import { type TagWords, tagWords } from "./tag-words.ts";
import { type Lookup, lookUp } from "./tags.ts";

/** Facts that need no image: what the catalogue says of hardened images, and the names of well-known ones. */
export function fromCatalog(mirrors: readonly Mirror[] = []): FactsSource {
  return remembering(async (reference) => catalogFacts(reference, mirrors));
}

/** The same at once. Each fact's origin is `catalog`, `name` or `assumed`; what is unknown is left out. */
export function catalogFacts(reference: string, mirrors: readonly Mirror[] = []): ImageFacts {
  return completed(
    reference,
    [...nameLayers(reference, mirrors), { origin: "name", facts: { source: "catalog" } }],
    mirrors,
  );
}

/**
 * What a name tells, best first. Layers marked `assumed` come last, so that a source that can read the image puts what
 * it reads before them.
 */
export function nameLayers(reference: string, mirrors: readonly Mirror[]): Layer[] {
  if (reference === "scratch") return [SCRATCH];
  const name = lookUp(reference, mirrors);
  if (name) return hardenedLayers(name);
  const image = parseReference(reference);
  return image ? foreignLayers(image, mirrors) : [];
}

/** Merges the layers and adds the builder that follows from them. */
export function completed(reference: string, layers: readonly Layer[], mirrors: readonly Mirror[]): ImageFacts {
  const facts = mergeFacts(reference, layers);
  const builder = builderFor(reference, facts, mirrors);
  if (builder === undefined) return facts;
  const assumed = facts.origins.distro === "assumed" || facts.origins.release === "assumed";
  const origin = assumed ? "assumed" : facts.repository === undefined ? "name" : "catalog";
  return mergeFacts(reference, [...layers, { origin, facts: { builder } }]);
}

/** The empty base (BuildKit frontend/dockerfile/dockerfile2llb/convert.go, emptyImageName). */
const SCRATCH: Layer = {
  origin: "name",
  facts: {
    libc: "none",
    shell: false,
    packageManager: "none",
    user: "0",
    uid: 0,
    workdir: "/",
    entrypoint: [],
    cmd: [],
  },
};

function hardenedLayers(name: Lookup): Layer[] {
  const sure: Layer = { origin: "name", facts: { hardened: true, repository: name.repository } };
  if (name.found === "tag") return [sure, { origin: "catalog", facts: variantFacts(name.repository, name.variant) }];
  const tag = name.found === "nothing" ? name.image.tag : name.tag;
  const words = tag === undefined ? undefined : tagWords(tag);
  const [, distro, release] = /^(debian|alpine)(\d[\d.]*)?$/.exec(words?.distro ?? "") ?? [];
  const written: Facts = { ...(distro && { distro: distro as Distro["distro"] }), ...(release && { release }) };
  const model = name.found === "repository" ? name.model : undefined;
  const guess = model ? variantFacts(name.repository, model) : shapeFacts(name.repository, written, words);
  return [
    sure,
    { origin: "name", facts: { ...written, ...notListed(name, tag) } },
    { origin: "assumed", facts: guess },
  ];
}

/** What the tag grammar promises of an image that the catalogue does not list: Debian 13 where it names no distro. */
function shapeFacts(repository: string, written: Facts, words: TagWords | undefined): Facts {
  const { distro = "debian", release = NEWEST[distro] } = written;
  const tools: Facts = words?.development ? { shell: true, packageManager: managerOf(distro) } : {};
  return { distro, release, libc: libcIn(repository, words?.words ?? [], distro), ...tools };
}

/** Plain `static` images have no C library; their glibc and musl forms do. */
function libcIn(repository: string, words: readonly string[], distro: Distro["distro"]): "glibc" | "musl" | "none" {
  return repository === "static" && !words.includes("glibc") && !words.includes("musl") ? "none" : libcOf(distro);
}

/** Says that and why the catalogue has no entry. A digest without a tag is no mistake, and names nothing to look up. */
function notListed(name: Lookup, tag: string | undefined): Facts {
  const { repository } = name;
  const date = catalogHead().date.slice(0, 10);
  if (tag === undefined && name.found === "repository") {
    return {
      notes: [`Only a digest names this ${repository} image, so its release is assumed unless the image tells it.`],
    };
  }
  if (/(?:^|-)(?:fips|stig|els)(?:-|$)/.test(tag ?? "")) {
    const note = `FIPS, STIG and extended-lifecycle images are not in the public catalogue; \`${tag}\` is taken for the plain form.`;
    return { unlisted: true, notes: [note] };
  }
  const suggestion = name.found === "tag" ? undefined : name.suggestion;
  const what = name.found === "nothing" ? `no repository \`${repository}\`` : `no tag \`${tag}\` of ${repository}`;
  const advice = suggestion === undefined ? "." : `; did you mean \`${suggestion}\`?`;
  const note = `The catalogue of ${date} has ${what}${advice}`;
  return { unlisted: true, notes: [note], ...(suggestion !== undefined && { suggestion }) };
}

/** A variant's declaration as facts. What a definition does not declare, its image's config leaves empty. */
function variantFacts(repository: string, variant: Variant): Facts {
  const os = distroOf(variant);
  const kind = variant.kind.split(" ");
  const { user, uid, gid, eol, ports, writable } = variant;
  return {
    ...(os && { ...os, libc: libcIn(repository, kind, os.distro) }),
    kind,
    architectures: architecturesOf(variant),
    env: variant.env ?? [],
    workdir: variant.workdir ?? "/",
    entrypoint: variant.entrypoint ?? [],
    cmd: variant.cmd ?? [],
    shell: variant.shells !== undefined,
    packageManager: packageManagerOf(variant),
    ...(user !== undefined && { user }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    ...(ports && { ports }),
    ...(writable && { writable }),
    ...(eol !== undefined && { eol }),
  };
}
