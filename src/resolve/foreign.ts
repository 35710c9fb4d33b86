import type { Layer } from "./facts.ts";
import { canonicalName, type ImageReference, type Mirror } from "./reference.ts";
import { type Distro, libcOf, managerOf, NEWEST, namedRelease } from "./releases.ts";

type Name = Distro["distro"];

/** Images whose tags follow the rules of Docker's official images, and the distro of a tag that names none. */
const DEFAULT_DISTRO: Readonly<Record<Name, readonly string[]>> = {
  debian: [
    ..."buildpack-deps clojure dart elixir erlang gcc ghost golang haproxy haskell httpd julia memcached mono".split(
      " ",
    ),
    ..."neo4j nextcloud nginx node perl php postgres pypy python redis ruby rust valkey wordpress".split(" "),
  ],
  ubuntu: "cassandra eclipse-temurin gradle mariadb maven mongo odoo rabbitmq solr swift tomcat".split(" "),
  alpine: "bash caddy composer consul docker eclipse-mosquitto registry traefik vault".split(" "),
};

/** Images outside Docker's official ones whose tags name the distro in the same words. */
const SAME_WORDS: readonly string[] = [
  "docker.io/denoland/deno",
  "docker.io/oven/bun",
  "ghcr.io/astral-sh/uv",
  "mcr.microsoft.com/playwright",
];

/**
 * What a well-known image's name and tag tell: distro, release, C library, shell, package manager. A release that the
 * tag leaves open comes in a layer of its own, marked as assumed. Unknown names give no layers.
 */
export function foreignLayers(reference: ImageReference, mirrors: readonly Mirror[]): Layer[] {
  const name = canonicalName(reference, mirrors);
  const tag = reference.tag ?? (reference.digest === undefined ? "latest" : "");
  const [, official] = /^docker\.io\/library\/([^/]+)$/.exec(name) ?? [];
  if (official === "debian" || official === "ubuntu" || official === "alpine") return baseImage(official, tag);
  if (name.startsWith("gcr.io/distroless/")) return distroless(name.slice("gcr.io/distroless/".length), tag);
  if (name.startsWith("mcr.microsoft.com/dotnet/")) return dotnet(tag);
  if (official !== undefined) {
    const fallback = (Object.keys(DEFAULT_DISTRO) as Name[]).find((distro) =>
      DEFAULT_DISTRO[distro].includes(official),
    );
    return fallback ? whole(wordDistro(tag) ?? (foreignDistro(tag) ? undefined : { distro: fallback })) : [];
  }
  return SAME_WORDS.includes(name) ? whole(wordDistro(tag)) : [];
}

/** `debian:12.5-slim`, `ubuntu:noble`, `alpine:3.23.1`. */
function baseImage(distro: Name, tag: string): Layer[] {
  const [, number] = (distro === "debian" ? /^(\d+)/ : /^(\d+\.\d+)/).exec(tag) ?? [];
  if (number !== undefined) return whole({ distro, release: number });
  const named = wordDistro(tag);
  if (named) return whole(named);
  return tag === "latest" || tag === "" || /^(?:stable|slim)/.test(tag) ? whole({ distro }) : shellAndTools({ distro });
}

/** Chiseled and distroless forms have neither shell nor package manager. Default distros: .NET's own image policy. */
function dotnet(tag: string): Layer[] {
  const major = Number(/^\d+/.exec(tag)?.[0] ?? Number.NaN);
  const standard: Distro | undefined =
    major >= 10
      ? { distro: "ubuntu", release: "24.04" }
      : major >= 6
        ? { distro: "debian", release: major >= 8 ? "12" : "11" }
        : undefined;
  const distro = wordDistro(tag) ?? (foreignDistro(tag) ? undefined : standard);
  return /chiseled|distroless/.test(tag) ? bare(distro, "glibc", "1654") : whole(distro);
}

/** `base-debian12:nonroot`. The debug forms keep their shell in /busybox, so they have no /bin/sh either. */
function distroless(name: string, tag: string): Layer[] {
  const release = /-debian(\d+)$/.exec(name)?.[1];
  const libc = name.startsWith("static") ? "none" : "glibc";
  return bare(
    { distro: "debian", ...(release !== undefined && { release }) },
    libc,
    /nonroot/.test(tag) ? "65532" : "0",
  );
}

/** The distro that a tag's words name: `22-bookworm-slim`, `3.13-alpine3.22`, `8.0-jammy`. */
function wordDistro(tag: string): Distro | undefined {
  for (const word of tag.split("-")) {
    const [alpine, release] = /^alpine(\d+\.\d+)?/.exec(word) ?? [];
    if (alpine !== undefined) return { distro: "alpine", ...(release !== undefined && { release }) };
    const named = namedRelease(word);
    if (named) return named;
  }
  return tag.split("-").includes("debian") ? { distro: "debian" } : undefined;
}

/** True for tags built on a distro that we do not serve. */
function foreignDistro(tag: string): boolean {
  return /windows|nanoserver|ubi\d|oracle|azurelinux|mariner|al20\d\d|amazonlinux|fedora|distroless|wolfi/.test(tag);
}

function whole(distro: Distro | undefined): Layer[] {
  return distro ? [...shellAndTools(distro), ...assumedRelease(distro)] : [];
}

function shellAndTools(distro: Distro): Layer[] {
  const facts = { ...distro, libc: libcOf(distro.distro), shell: true, packageManager: managerOf(distro.distro) };
  return [{ origin: "name", facts }];
}

function bare(distro: Distro | undefined, libc: "glibc" | "none", user: string): Layer[] {
  if (!distro) return [];
  const facts = { ...distro, libc, shell: false, packageManager: "none" as const, user };
  return [{ origin: "name", facts }, ...assumedRelease(distro)];
}

function assumedRelease({ distro, release }: Distro): Layer[] {
  return release === undefined ? [{ origin: "assumed", facts: { release: NEWEST[distro] } }] : [];
}
