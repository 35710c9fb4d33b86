import t from "tap";
import type { FactOrigin, ImageFacts } from "../src/model.ts";
import { catalogFacts, fromCatalog } from "../src/resolve/from-catalog.ts";

const digest = `sha256:${"b".repeat(64)}`;

t.test("a hardened runtime", async (t) => {
  const facts = await fromCatalog().image("dhi.io/node:22-debian13");
  t.match(facts, {
    reference: "dhi.io/node:22-debian13",
    hardened: true,
    repository: "node",
    kind: ["runtime"],
    distro: "debian",
    release: "13",
    libc: "glibc",
    architectures: ["amd64", "arm64"],
    user: "node",
    uid: 1000,
    gid: 1000,
    workdir: "/app",
    entrypoint: [],
    cmd: ["node"],
    shell: false,
    packageManager: "none",
    builder: "dhi.io/node:22-debian13-dev",
    source: "catalog",
    origins: { distro: "catalog", user: "catalog", builder: "catalog", hardened: "name" },
  });
  t.equal(facts.unlisted, undefined);
  t.equal(facts.notes, undefined);
  t.ok(facts.env.some((pair) => /^NODE_VERSION=22\./.test(pair)));
});

t.test("other hardened images", async (t) => {
  const cases: [reference: string, facts: Partial<ImageFacts>][] = [
    ["dhi.io/dotnet:8-sdk", { kind: ["sdk"], shell: true, packageManager: "apt", user: "root", uid: 0 }],
    ["dhi.io/gradle:9-jdk21-debian13-dev", { shell: true, packageManager: "none" }],
    ["dhi.io/sapmachine:21", { shell: false, packageManager: "none" }],
    [
      "dhi.io/golang:1-alpine",
      { distro: "alpine", release: "3.24", libc: "musl", shell: true, packageManager: "none" },
    ],
    ["dhi.io/static:20250419", { libc: "none", shell: false }],
    ["dhi.io/static:20250419-glibc", { libc: "glibc" }],
    ["dhi.io/static:20990101-debian13", { libc: "none", unlisted: true }],
    ["acme/dhi-nginx:1.30", { repository: "nginx", user: "nginx", uid: 65532, ports: ["8080"] }],
  ];
  for (const [reference, facts] of cases) t.match(catalogFacts(reference), facts, reference);
});

t.test("names that the catalogue does not list say so, and what they mean", async (t) => {
  const slim = catalogFacts("dhi.io/node:22-slim");
  t.match(slim, { unlisted: true, suggestion: "dhi.io/node:22-debian13", origins: { user: "assumed" } });
  t.match(slim.notes?.[0], /has no tag `22-slim` of node; did you mean `dhi\.io\/node:22-debian13`\?$/);
  const newer = catalogFacts("dhi.io/node:22.99.0-alpine3.23");
  t.match(newer, { distro: "alpine", release: "3.23", origins: { release: "name", user: "assumed" } });
  const fips = catalogFacts("acme/dhi-node:22-debian13-fips-dev");
  t.match(fips, { shell: true, packageManager: "apt", builder: "acme/dhi-node:22-debian13-fips-dev" });
  t.equal(fips.suggestion, undefined);
  const future = catalogFacts("dhi.io/node:99-alpine3.30-dev");
  t.match(future, { distro: "alpine", release: "3.30", packageManager: "apk", builder: "alpine:3.30" });
  const pinned = catalogFacts(`dhi.io/node@${digest}`);
  t.match(pinned, { distro: "debian", release: "13", builder: "dhi.io/debian-base:trixie-dev" });
  t.match(pinned.origins, { release: "assumed", builder: "assumed" });
  t.equal(pinned.unlisted, undefined);
  t.match(catalogFacts("dhi.io/debian:12"), { unlisted: true, suggestion: "dhi.io/debian-base:bookworm" });
});

t.test("well-known images", async (t) => {
  type Row = [
    reference: string,
    distro?: string,
    release?: string | undefined,
    origin?: FactOrigin | undefined,
    tools?: boolean,
    builder?: string,
  ];
  const rows: Row[] = [
    ["debian", "debian", "13", "assumed", true, "debian:trixie-slim"],
    ["debian:12", "debian", "12", "name", true, "debian:bookworm-slim"],
    ["debian:12.5-slim", "debian", "12", "name", true],
    ["debian:bullseye-slim", "debian", "11", "name", true],
    ["debian:bookworm-20250520", "debian", "12", "name", true],
    ["debian:sid", "debian", undefined, undefined, true],
    ["ubuntu:24.04", "ubuntu", "24.04", "name", true, "ubuntu:24.04"],
    ["ubuntu:jammy", "ubuntu", "22.04", "name", true],
    ["ubuntu:latest", "ubuntu", "24.04", "assumed", true],
    ["alpine:3.23.1", "alpine", "3.23", "name", true, "alpine:3.23"],
    ["alpine:edge", "alpine", undefined, undefined, true],
    [`debian@${digest}`, "debian", "13", "assumed", true],
    ["node:22-bookworm-slim", "debian", "12", "name", true, "debian:bookworm-slim"],
    ["node:22", "debian", "13", "assumed", true],
    ["node:22-alpine", "alpine", "3.24", "assumed", true],
    ["node:22-alpine3.22", "alpine", "3.22", "name", true, "alpine:3.22"],
    ["python:3.13-slim-trixie", "debian", "13", "name", true],
    ["python:3.13-windowsservercore"],
    ["eclipse-temurin:21-jre-noble", "ubuntu", "24.04", "name", true],
    ["eclipse-temurin:21-ubi9-minimal"],
    ["public.ecr.aws/docker/library/golang:1.26-bookworm", "debian", "12", "name", true],
    ["gcr.io/distroless/base-debian12:nonroot", "debian", "12", "name", false, "debian:bookworm-slim"],
    ["gcr.io/distroless/cc-debian13", "debian", "13", "name", false, "debian:trixie-slim"],
    ["gcr.io/distroless/java21", "debian", "13", "assumed", false],
    ["mcr.microsoft.com/dotnet/aspnet:8.0", "debian", "12", "name", true],
    ["mcr.microsoft.com/dotnet/aspnet:10.0", "ubuntu", "24.04", "name", true],
    ["mcr.microsoft.com/dotnet/runtime:8.0-jammy-chiseled", "ubuntu", "22.04", "name", false, "ubuntu:22.04"],
    ["mcr.microsoft.com/dotnet/sdk:8.0-alpine3.22", "alpine", "3.22", "name", true],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-azurelinux3.0"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-azurelinux3.0-distroless"],
    ["ghcr.io/astral-sh/uv:python3.13-bookworm-slim", "debian", "12", "name", true],
    ["ghcr.io/astral-sh/uv:latest"],
    ["ghcr.io/acme/app:1-bookworm"],
    ["fedora:42"],
    ["constructor"],
    ["not a reference"],
  ];
  for (const [reference, distro, release, origin, tools, builder] of rows) {
    const facts = catalogFacts(reference);
    t.equal(facts.distro, distro, `${reference}: distro`);
    t.equal(facts.release, release, `${reference}: release`);
    t.equal(facts.origins.release, origin, `${reference}: origin`);
    t.equal(facts.shell, tools, `${reference}: shell`);
    t.equal(facts.hardened, false, reference);
    if (tools !== undefined) t.equal(facts.packageManager !== "none", tools, `${reference}: package manager`);
    if (builder !== undefined) t.equal(facts.builder, builder, `${reference}: builder`);
  }
  t.match(catalogFacts("gcr.io/distroless/static-debian12:nonroot"), { libc: "none", user: "65532" });
  t.match(catalogFacts("scratch"), { libc: "none", shell: false, packageManager: "none", user: "0", env: [] });
  t.equal(catalogFacts("scratch").builder, undefined);
});

t.test("mirrors", async (t) => {
  const mirrors = [
    { from: "r.corp/dhi", to: "dhi.io" },
    { from: "r.corp/hub", to: "docker.io" },
  ];
  t.match(catalogFacts("r.corp/dhi/python:3.13", mirrors), {
    repository: "python",
    builder: "r.corp/dhi/python:3.13-dev",
  });
  t.match(catalogFacts("r.corp/hub/node:22-bookworm", mirrors), {
    release: "12",
    builder: "r.corp/hub/debian:bookworm-slim",
  });
  t.match(catalogFacts("gcr.io/distroless/cc-debian12", mirrors), {
    builder: "r.corp/hub/library/debian:bookworm-slim",
  });
});
