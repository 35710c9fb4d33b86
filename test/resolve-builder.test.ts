import t from "tap";
import { builderFor, type KnownDistro } from "../src/resolve/builder.ts";
import { architecturesOf, distroOf, packageManagerOf, repositoryNames, tagsOf } from "../src/resolve/catalog.ts";
import { parseMirrors } from "../src/resolve/reference.ts";

const digest = `sha256:${"a".repeat(64)}`;

t.test("builders", async (t) => {
  const debian: KnownDistro = { distro: "debian", release: "13" };
  const cases: [from: string, builder: string | undefined, known?: KnownDistro][] = [
    ["dhi.io/dotnet:8.0-debian13", "dhi.io/dotnet:8.0-sdk-debian13"],
    ["dhi.io/dotnet:8", "dhi.io/dotnet:8-sdk"],
    ["dhi.io/dotnet:8.0.30-debian13", "dhi.io/dotnet:8.0-sdk-debian13"],
    ["dhi.io/dotnet:8.0-sdk-debian13", "dhi.io/dotnet:8.0-sdk-debian13"],
    ["dhi.io/aspnetcore:8-debian13", "dhi.io/aspnetcore:8-debian13-dev"],
    ["dhi.io/node:22", "dhi.io/node:22-dev"],
    ["dhi.io/node:22-debian", "dhi.io/node:22-debian-dev"],
    ["dhi.io/node:22-debian12", "dhi.io/node:22-debian12-dev"],
    ["dhi.io/node:22.23.2-debian13", "dhi.io/node:22.23.2-debian13-dev"],
    ["dhi.io/node:22-alpine3.23", "dhi.io/node:22-alpine3.23-dev"],
    [`dhi.io/node:22-debian13@${digest}`, "dhi.io/node:22-debian13-dev"],
    [`dhi.io/node:22-debian13-dev@${digest}`, `dhi.io/node:22-debian13-dev@${digest}`],
    ["dhi.io/node:22.99.0-debian13", "dhi.io/node:22-debian13-dev"],
    ["dhi.io/node:22-debian13-fips", "dhi.io/node:22-debian13-dev"],
    ["dhi.io/node:22-debian13-sfw-dev", "dhi.io/node:22-debian13-sfw-dev"],
    ["dhi.io/php:8.4-debian13-fpm", "dhi.io/php:8.4-debian13-dev"],
    ["dhi.io/eclipse-temurin:21-debian13", "dhi.io/eclipse-temurin:21-jdk-debian13-dev"],
    ["dhi.io/eclipse-temurin:21-alpine3.24", "dhi.io/eclipse-temurin:21-alpine3.24-dev"],
    ["dhi.io/gradle:9-jdk21-debian13-dev", "dhi.io/debian-base:trixie-dev"],
    ["dhi.io/gradle:9-jdk21-alpine3.24-dev", "dhi.io/gradle:9-jdk21-alpine3.24-dev"],
    ["dhi.io/static:20250419", "dhi.io/debian-base:trixie-dev"],
    ["dhi.io/static:20250419-glibc-debian12", "dhi.io/debian-base:bookworm-dev"],
    ["dhi.io/static:20260611-musl-alpine", "dhi.io/alpine-base:3.24-dev"],
    ["dhi.io/debian-base:trixie", "dhi.io/debian-base:trixie-dev"],
    ["dhi.io/alpine-base:3.23", "dhi.io/alpine-base:3.23-dev"],
    ["acme/dhi-node:22-debian13", "acme/dhi-node:22-debian13-dev"],
    ["acme/dhi-static:20250419", "acme/dhi-debian-base:trixie-dev"],
    ["docker.io/acme/dhi-node:22", "docker.io/acme/dhi-node:22-dev"],
    ["registry.corp/mirror/node:22-debian13", "registry.corp/mirror/node:22-debian13-dev"],
    [`dhi.io/node@${digest}`, "dhi.io/debian-base:trixie-dev", debian],
    [`dhi.io/node@${digest}`, "dhi.io/alpine-base:3.23-dev", { distro: "alpine", release: "3.23" }],
    [`dhi.io/node@${digest}`, "alpine:3.19", { distro: "alpine", release: "3.19" }],
    ["debian:13", "debian:trixie-slim", debian],
    ["gcr.io/distroless/cc-debian12", "debian:bookworm-slim", { distro: "debian", release: "12" }],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled", "ubuntu:24.04", { distro: "ubuntu", release: "24.04" }],
    ["registry.corp/hub/library/nginx:1", "registry.corp/hub/library/debian:trixie-slim", debian],
    ["ghcr.io/acme/app:1", "registry.corp/hub/library/debian:trixie-slim", debian],
    ["ghcr.io/acme/app:1", "dhi.io/debian-base:trixie-dev", { ...debian, hardened: true }],
    ["ghcr.io/acme/app:1", undefined],
  ];
  const mirrors = parseMirrors("registry.corp/mirror=dhi.io,registry.corp/hub=docker.io");
  for (const [from, builder, known = {}] of cases) {
    const used = builder?.startsWith("registry.corp") ? mirrors : [];
    t.equal(builderFor(from, known, used), builder, from);
  }
});

t.test("every tag of the catalogue has a builder of its own release", async (t) => {
  const start = performance.now();
  let count = 0;
  for (const name of repositoryNames()) {
    for (const [tag, variant] of tagsOf(name)) {
      count++;
      const [, repository = "", found = ""] =
        /^dhi\.io\/([^:]+):(.+)$/.exec(builderFor(`dhi.io/${name}:${tag}`) ?? "") ?? [];
      const builder = tagsOf(repository).get(found);
      const same = builder && JSON.stringify(distroOf(builder)) === JSON.stringify(distroOf(variant));
      const reaches = builder && architecturesOf(variant).every((one) => architecturesOf(builder).includes(one));
      const manager = distroOf(variant)?.distro === "alpine" ? "apk" : "apt";
      const own = repository === name || /^(?:debian|alpine)-base$/.test(repository);
      if (!same || !own || !reaches || packageManagerOf(builder) !== manager)
        t.fail(`${name}:${tag} -> ${repository}:${found}`);
    }
  }
  const each = ((performance.now() - start) / count) * 1000;
  t.ok(count > 15000, `${count} tags, ${each.toFixed(0)} µs each`);
});
