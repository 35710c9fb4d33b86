import { failure } from "../diagnostic.ts";

/** An image reference, cut as Docker cuts it. */
export interface ImageReference {
  /** The name as the user wrote it, without tag and digest: `node`, `dhi.io/node`. */
  readonly spelled: string;
  /** `docker.io`, `dhi.io`, `registry.corp:5000`. */
  readonly registry: string;
  /** Path in the registry; official images have `library/` here. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** A registry path that holds copies of another: `registry.corp/mirror` stands for `dhi.io`. */
export interface Mirror {
  readonly from: string;
  readonly to: string;
}

/** The name of a hardened image: its repository in the catalogue, and what the user writes before it. */
export interface HardenedName {
  readonly repository: string;
  /** `dhi.io/`, `acme/dhi-`, `registry.corp/mirror/`. A sibling's name is this and its repository. */
  readonly prefix: string;
}

/** Public copies of Docker Hub that everybody may use. */
const PUBLIC_MIRRORS: readonly Mirror[] = [
  { from: "public.ecr.aws/docker", to: "docker.io" },
  { from: "mirror.gcr.io", to: "docker.io" },
];

const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const REGISTRY = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/**
 * Cuts `[registry/]path[:tag][@digest]` and fills in what Docker fills in: `docker.io`, `library/`.
 * Returns undefined for text that is no reference (rules: distribution/reference, normalize.go and regexp.go).
 */
export function parseReference(text: string): ImageReference | undefined {
  const [named = "", digest, ...more] = text.split("@");
  const colon = named.lastIndexOf(":");
  const tagged = colon > named.lastIndexOf("/");
  const spelled = tagged ? named.slice(0, colon) : named;
  const tag = tagged ? named.slice(colon + 1) : undefined;
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest)) || (tag !== undefined && !TAG.test(tag))) {
    return undefined;
  }
  const { registry, path } = splitRegistry(spelled);
  if (!REGISTRY.test(registry) || !PATH.test(path)) return undefined;
  return { spelled, registry, path, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The first component is a registry only when it looks like a host. */
function splitRegistry(name: string): { registry: string; path: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const host = slash > 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  const registry = !host || first === "index.docker.io" ? "docker.io" : first;
  const path = host ? name.slice(slash + 1) : name;
  return { registry, path: registry === "docker.io" && !path.includes("/") ? `library/${path}` : path };
}

/** The one name of an image without its tag, mirrors undone: `docker.io/library/node`, `dhi.io/node`. */
export function canonicalName(reference: ImageReference, mirrors: readonly Mirror[] = []): string {
  const name = `${reference.registry}/${reference.path}`;
  for (const { from, to } of [...mirrors, ...PUBLIC_MIRRORS]) {
    if (!name.startsWith(`${from}/`)) continue;
    const behind = splitRegistry(`${to}/${name.slice(from.length + 1)}`);
    return `${behind.registry}/${behind.path}`;
  }
  return name;
}

/**
 * Tells a hardened image by its name: `dhi.io/x`, a proxy's `.../dhi.io/x`, a mapped mirror, or `<org>/dhi-x` where x
 * is a repository of the catalogue (the default name of `docker dhi mirror start`). Returns undefined for other images.
 */
export function hardenedName(
  reference: ImageReference,
  mirrors: readonly Mirror[],
  isRepository: (name: string) => boolean,
): HardenedName | undefined {
  const parts = canonicalName(reference, mirrors).split("/");
  const last = parts.at(-1) ?? "";
  const prefix = (repository: string) => reference.spelled.slice(0, reference.spelled.length - repository.length);
  if (parts.at(-2) === "dhi.io") return { repository: last, prefix: prefix(last) };
  const repository = last.startsWith("dhi-") ? last.slice(4) : "";
  return repository !== "" && isRepository(repository) ? { repository, prefix: prefix(repository) } : undefined;
}

/** What to write before an official image's name so that it comes from where the user's images come from. */
export function officialPrefix(reference: ImageReference, mirrors: readonly Mirror[]): string {
  if (canonicalName(reference, mirrors).startsWith("docker.io/library/")) {
    return reference.spelled.slice(0, reference.spelled.lastIndexOf("/") + 1);
  }
  const hub = mirrors.find(({ to }) => to === "docker.io");
  return hub ? `${hub.from}/library/` : "";
}

/**
 * Reads a mirror map: `registry.corp/mirror=dhi.io,registry.corp/hub=docker.io`. Throws `DhiBadMirror` for a pair that
 * is not `path=registry`.
 */
export function parseMirrors(text: string): Mirror[] {
  return text
    .split(/[\s,]+/)
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [from = "", to = "", ...more] = pair.split("=").map((side) => side.replace(/\/+$/, ""));
      const known = from.includes("/") ? parseReference(from)?.spelled === from : REGISTRY.test(from);
      if (known && REGISTRY.test(to.split("/")[0] ?? "") && more.length === 0) return { from, to };
      throw failure(
        "DhiBadMirror",
        undefined,
        `\`${pair}\` is no mirror mapping`,
        "write `registry.corp/mirror=dhi.io`: your path, an equals sign, and the registry it copies",
      );
    });
}
