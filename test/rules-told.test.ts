import t from "tap";
import { toldOf } from "./check-text.ts";

// What rules say in full: severity, message and suggestion, which the samples leave open.

t.test("DhiEndOfLife", async (t) => {
  const told = (dockerfile: string, today?: string) => toldOf(dockerfile, "DhiEndOfLife", today);
  t.strictSame(await told("FROM dhi.io/python:3.10-debian13\n"), [
    "1 warning: `dhi.io/python:3.10-debian13` reached its end of life on 2026-10-31 (by the catalogue of 2026-08-22); move to `dhi.io/python:3.14-debian13`",
  ]);
  t.match(await told("FROM acme/dhi-dotnet:8.0-sdk-alpine3.23\n"), [
    /^1 warning: .*; move to `acme\/dhi-dotnet:10\.0-sdk-alpine3\.23`$/,
  ]);
  t.match(await told("FROM dhi.io/debian-base:bookworm-dev\n"), [/; move to `dhi\.io\/debian-base:trixie-dev`$/]);
  t.match(await told("FROM dhi.io/eclipse-temurin:26-jdk-debian13-dev\n"), [
    /^1 info: .*; move to a version that gets fixes$/,
  ]);
  const node = "FROM dhi.io/node:22-debian13\n";
  t.strictSame(await told(node, "2027-01-29"), [], "91 days before");
  t.match(await told(node, "2027-01-30"), [/^1 info: .* reaches its end of life on 2027-04-30 .*node:24-debian13/]);
  t.match(await told(node, "2027-04-29"), [/^1 info: /], "the day before");
  t.match(await told(node, "2027-04-30"), [/^1 warning: /], "the day itself");
  t.match(await told(node, "2028-05-01"), [/^1 warning: .*node:26-debian13/], "24 has ended by then");
  t.strictSame(await told("FROM dhi.io/python:3.10-debian13-fips\n"), [], "a subscription's end is not known");
  t.strictSame(await told("FROM python:3.10\n"), [], "others are left to others");
});

t.test("DhiDevelopmentFinal", async (t) => {
  const told = (dockerfile: string) => toldOf(dockerfile, "DhiDevelopmentFinal");
  t.strictSame(await told("FROM dhi.io/node:22-alpine3.23-dev\n"), [
    "1 warning: the final stage is `dhi.io/node:22-alpine3.23-dev`, the dev variant: with root, a shell and build tools; copy the result into `dhi.io/node:22-alpine3.23` in a last stage",
  ]);
  t.match(await told("FROM dhi.io/eclipse-temurin:21-jdk-debian13-dev\n"), [/eclipse-temurin:21-debian13`/]);
  t.match(await told("FROM dhi.io/dotnet:10.0-sdk\n"), [/, the sdk variant: .*`dhi\.io\/dotnet:10\.0`/]);
  t.match(await told("FROM dhi.io/golang:1-debian13-dev\n"), [/copy the result into a runtime image/]);
  t.match(await told("FROM dhi.io/maven:3-jdk21-debian13-dev\n"), [/^1 info: /], "maven has no other form");
  t.match(await told("FROM dhi.io/node:22-dev AS tests\n"), [/^1 info: /]);
  t.match(await told("FROM dhi.io/node:22-dev AS build-stage\n"), [/^1 info: /]);
  t.match(await told("FROM dhi.io/node:22-dev AS testimonials\n"), [/^1 warning: /], "a word, not its beginning");
  t.strictSame(await told("FROM dhi.io/node:22-dev AS build\nFROM node:22\n"), [], "the final stage is another one");
  t.strictSame(await told("FROM dhi.io/rust:1-debian13\n"), [], "a compiler in a runtime image");
});

t.test("DhiFrameworkCopy", async (t) => {
  const folder = "shared/Microsoft.AspNetCore.App";
  const told = (base: string, from: string, source: string, target: string) =>
    toldOf(`FROM ${from} AS sdk\nFROM ${base}\nCOPY --from=sdk ${source} ${target}\n`, "DhiFrameworkCopy");
  const [base, sdk] = ["dhi.io/dotnet:10.0-debian13", "dhi.io/dotnet:10.0-sdk-debian13"];
  t.strictSame(await told(base, sdk, `/usr/lib/dotnet/${folder}`, `/usr/lib/dotnet/${folder}`), [
    "3 warning: Microsoft.AspNetCore.App is copied by hand; write `FROM dhi.io/aspnetcore:10.0-debian13`, which has it, and leave this line out",
  ]);
  const both = await told(base, sdk, `/opt/dotnet/${folder}`, `/opt/dotnet/${folder}`);
  t.match(both, [
    /from a folder that `dhi\.io\/dotnet:10\.0-sdk-debian13` does not have \(it keeps .NET in \/usr\/lib\/dotnet, by the catalogue/,
  ]);
  t.match(both, [/to \/opt\/dotnet\/shared.*, where the host of `dhi\.io\/dotnet:10\.0-debian13` does not look/]);
  const digest = `${base}@sha256:${"0".repeat(64)}`;
  t.match(await told(digest, sdk, `/usr/lib/dotnet/${folder}`, `/opt/dotnet/${folder}`), [/^(?!.*look).*by hand; /]);
  const alpine = await told("acme/dhi-dotnet:10-alpine3.23", "dhi.io/aspnetcore:10", `/opt/dotnet/${folder}`, "/x/");
  t.match(alpine, [/by hand, to \/x\/, where the host .*`FROM acme\/dhi-aspnetcore:10-alpine3\.23`/]);
  const microsoft = await told(
    base,
    "mcr.microsoft.com/dotnet/aspnet:10.0",
    `/opt/dotnet/${folder}`,
    "/usr/lib/dotnet/shared/",
  );
  t.match(microsoft, [/keeps .NET in \/usr\/share\/dotnet, by its name\), to \/usr\/lib\/dotnet\/shared\/, where/]);
  t.strictSame(await told("dhi.io/debian-base:trixie", sdk, `/usr/lib/dotnet/${folder}`, "/x/"), [], "no .NET there");
  t.strictSame(await told(base, sdk, "/usr/lib/dotnet/shared/Other.App", "/usr/lib/dotnet/shared/Other.App"), []);
});

t.test("DhiForeignLibraries", async (t) => {
  const told = (from: string, source: string, base = "dhi.io/node:22-debian13") =>
    toldOf(`FROM ${base}\nCOPY --from=${from} ${source} /usr/lib/\n`, "DhiForeignLibraries");
  const folder = "/usr/lib/x86_64-linux-gnu";
  t.strictSame(await told("mcr.microsoft.com/dotnet/aspnet:8.0", "/usr/lib/libgdiplus.so*"), [
    "2 warning: libgdiplus.so* from `mcr.microsoft.com/dotnet/aspnet:8.0` (Debian 12) into Debian 13: built for another release's libraries, and nobody updates it; write `DHI-NATIVE libgdiplus` in the place of this line, which brings the package of Debian 13 with all that it needs",
  ]);
  const sysroot = (folder: string) =>
    toldOf(
      `FROM dhi.io/golang:1-debian13-dev AS b\nCOPY --from=debian:bookworm /usr/lib ${folder}\nFROM scratch\n`,
      "DhiForeignLibraries",
    );
  t.strictSame(await sysroot("/sysroot/usr/lib"), [], "what a build stage compiles against");
  t.equal((await sysroot("/usr/lib/")).length, 1, "what its own programs load");
  t.match(await told("debian:bookworm", "/usr/lib/gdiplus.dll"), [/`DHI-NATIVE libgdiplus`/], "a link to a library");
  t.match(await told("node:22-alpine", "/usr/lib /lib"), [
    /\(Alpine\) into Debian 13: built for musl, so glibc can't load it; write `DHI-NATIVE <package>`/,
  ]);
  t.match(await told("debian:trixie", "/usr/lib/libx.so", "dhi.io/node:22-alpine3.23"), [
    /built for glibc, so musl can't/,
  ]);
  t.match(await told("ubuntu:noble", `${folder}/libpng16.so.16 ${folder}/libgif.so.7`), [
    /^2 warning: libpng16\.so\.16, libgif\.so\.7 from .* \(Ubuntu 24\.04\) .*another distro's.*`DHI-NATIVE libpng16-16t64 libgif7`/,
  ]);
  t.match(await told("debian:bookworm", `${folder}/lib*.so*`), [/`DHI-NATIVE <package>`/], "a pattern of everything");
  t.match(await told("debian:bookworm", `${folder}/gio/modules/x.so`), [/^2 warning: /], "modules below the folder");
  t.match(await told("debian:bookworm", "usr/lib/libx.so"), [/^2 warning: /], "relative to the image's root");
  t.match(await told("debian:bookworm", "/usr/lib/libgif.so.7", "dhi.io/node:22-debian13-dev"), [
    /install `libgif7` in this stage$/,
  ]);
  t.match(await told("dhi.io/debian-base:bookworm-dev", `${folder}/libgif.so.7`), [/^2 warning: /], "hardened, too");
  const own = "FROM dhi.io/node:22\nCOPY --from=debian:bookworm /usr/lib/libgif.so.7 /app/lib/\n";
  t.equal((await toldOf(own, "DhiForeignLibraries")).length, 1, "into a folder of the application");
  t.strictSame(await told("node:22", `${folder}/libgif.so.7`), [], "a release that is only assumed");
  t.strictSame(
    await told("alpine:latest", "/usr/lib/libgif.so.7", "dhi.io/node:22-alpine3.22"),
    [],
    "the same on Alpine",
  );
  t.strictSame(await told("debian:trixie", `${folder}/libgif.so.7`), [], "the same release");
  t.strictSame(await told("alpine:3.23", `${folder}/libgif.so.7`, "dhi.io/static:20250419"), [], "a base without libc");
  for (const path of [
    "/usr/local/lib/libx.so",
    "/opt/lib/libx.so",
    "/usr/lib/jvm/lib/libx.so",
    "/usr/lib/os-release",
  ]) {
    t.strictSame(await told("debian:bookworm", path), [], path);
  }
  t.strictSame(
    await toldOf(
      "FROM debian:bookworm AS a\nFROM dhi.io/node:22\nCOPY usr/lib/libx.so /usr/lib/\n",
      "DhiForeignLibraries",
    ),
    [],
  );
});

t.test("DhiLooseLibraries", async (t) => {
  const told = (source: string, run = "true", base = "dhi.io/node:22-debian13") =>
    toldOf(
      `FROM ${base}-dev AS b\nRUN ${run}\nFROM b AS c\nFROM ${base}\nCOPY --from=c ${source} /usr/lib/\n`,
      "DhiLooseLibraries",
    );
  t.strictSame(await told("/usr/lib/aarch64-linux-gnu/libcairo.so.2.11802.4"), [
    "5 warning: libcairo.so.2.11802.4 comes alone, without what it needs and without a package record; write `DHI-NATIVE libcairo2` in the place of this line, which brings the package of Debian 13 with all that it needs",
  ]);
  t.strictSame(await told("/usr/lib/libown.so.1"), [], "in no table, and nothing was installed");
  t.match(await told("/usr/lib/libown.so.1", "apt-get update && apt-get -y install x"), [
    /^5 warning: .*DHI-NATIVE <package>/,
  ]);
  t.match(await told("/usr/lib/libvips.so.42", "apk add --no-cache vips", "dhi.io/node:22-alpine3.23"), [
    /Alpine 3\.23/,
  ]);
  t.match(await told("/usr/lib/libz.so.1 /usr/lib/libgcc_s.so.1"), [
    /^5 info: .*without a package record, so scanners/,
  ]);
  t.match(await told("/lib64/ld-linux-x86-64.so.2", "apt-get install -y x"), [/^5 info: /], "what every image has");
  t.match(
    await told("/usr/lib/libz.so.1 /usr/lib/libgif.so.7"),
    [/^5 warning: .* come alone, without what they need/],
    "one that needs more",
  );
  t.strictSame(await told("/usr/lib/x86_64-linux-gnu"), [], "a whole folder has what it needs");
  const unknown = "FROM dhi.io/node:22\nCOPY --from=acme/x:1 /usr/lib/libgif.so.7 /usr/lib/\n";
  t.strictSame(await toldOf(unknown, "DhiLooseLibraries"), [], "an image that nobody knows");
  const other = unknown.replace("acme/x:1", "debian:bookworm");
  t.strictSame(await toldOf(other, "DhiLooseLibraries"), [], "another release is told by another rule");
});

t.test("DhiArchitecturePath", async (t) => {
  const told = (text: string, from = "dhi.io/node:22-debian13") =>
    toldOf(`FROM ${from}\n${text}\n`, "DhiArchitecturePath");
  t.match(await told("COPY a /usr/lib/aarch64-linux-gnu/"), [
    /^2 info: aarch64-linux-gnu is there on one architecture only; use `DHI-NATIVE`/,
  ]);
  t.match(
    await told("COPY --from=x \\\n  /lib64/ld-linux-x86-64.so.2 /lib64/"),
    [/^3 info: ld-linux-x86-64\.so\.2/],
    "at its own line",
  );
  t.match(await told("ENV LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2"), [
    /name the file without its folder/,
  ]);
  t.match(await told("ENV PLUGINS=/usr/lib/x86_64-linux-gnu/plugins"), [/the same on all of them$/]);
  t.strictSame(await told("ENV CC=x86_64-linux-gnu-gcc"), [], "a name, no path");
  t.strictSame(await told("COPY --from=x /usr/lib/*-linux-gnu/libx.so.1 /usr/lib/"), []);
  t.strictSame(await told("COPY --from=x /usr/lib/python3/_ssl.cpython-313-x86_64-linux-gnu.so /x/"), []);
  t.match(await told("COPY a /lib/x86_64-linux-gnu/", "--platform=$BUILDPLATFORM dhi.io/node:22"), [/^2 info/]);
  t.strictSame(await told("COPY a /lib/x86_64-linux-gnu/", "--platform=linux/amd64 dhi.io/node:22"), []);
  t.strictSame(
    await told("COPY a /lib/x86_64-linux-gnu/", "dhi.io/mongodb:8.0-debian13"),
    [],
    "an image for amd64 alone",
  );
});

t.test("DhiStockImage", async (t) => {
  const final = async (image: string) =>
    (await toldOf(`FROM ${image}\n`, "DhiStockImage")).map((told) => told.split("; ")[1]);
  const build = async (image: string) =>
    (await toldOf(`FROM ${image} AS build\nRUN true\nFROM scratch\n`, "DhiStockImage")).map(
      (told) => told.split("; ")[1],
    );
  const pairs: readonly (readonly [image: string, build: string, final: string])[] = [
    ["node:22-slim", "node:22-debian13-dev", "node:22-debian13"],
    ["node:22-bookworm", "node:22-debian13-dev", "node:22-debian13"],
    ["node:lts-alpine", "node:24-alpine-dev", "node:24-alpine"],
    ["python:3.13-slim", "python:3.13-debian13-dev", "python:3.13-debian13"],
    ["mcr.microsoft.com/dotnet/sdk:8.0", "dotnet:8.0-sdk-debian13", "dotnet:8.0-sdk-debian13"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0", "aspnetcore:8.0-debian13-dev", "aspnetcore:8.0-debian13"],
    ["mcr.microsoft.com/dotnet/runtime:9.0-alpine", "dotnet:9.0-alpine", "dotnet:9.0-alpine"],
    ["eclipse-temurin:21-jdk", "eclipse-temurin:21-jdk-debian13-dev", "eclipse-temurin:21-debian13"],
    ["openjdk:17-jdk-slim", "eclipse-temurin:17-jdk-debian13-dev", "eclipse-temurin:17-debian13"],
    ["eclipse-temurin:21-jre-alpine", "eclipse-temurin:21-alpine-dev", "eclipse-temurin:21-alpine"],
    ["maven:3.9-eclipse-temurin-21", "maven:3.9-jdk21-debian13-dev", "maven:3.9-jdk21-debian13-dev"],
    ["tomcat:10.1-jdk21", "tomcat:10.1-jdk21-debian13-dev", "tomcat:10.1-jdk21-debian13"],
    ["php:8.4-fpm", "php:8.4-debian13-dev", "php:8.4-debian13-fpm"],
    ["nginx:stable-alpine", "nginx:1.30-alpine-dev", "nginx:1.30-alpine"],
    ["alpine:3.22.1", "alpine-base:3.22-dev", "alpine-base:3.22"],
    ["debian:trixie-slim", "debian-base:trixie-dev", "debian-base:trixie"],
    ["mongo:8", "mongodb:8-debian13-dev", "mongodb:8-debian13"],
    ["public.ecr.aws/docker/library/ruby:3.4", "ruby:3.4-debian13-dev", "ruby:3.4-debian13"],
  ];
  for (const [image, dev, runtime] of pairs) {
    t.strictSame(await build(image), [`move to \`dhi.io/${dev}\``], `${image} to build in`);
    t.strictSame(await final(image), [`move to \`dhi.io/${runtime}\``], `${image} to deliver`);
  }
  for (const image of [
    "ubuntu",
    "php:8.4-apache",
    "nginx:1.30-perl",
    "scratch",
    "acme/node:22",
    "gcc:15",
    "composer:2",
  ]) {
    t.strictSame(await final(image), [], image);
  }
  t.match(await toldOf("FROM node:18\n", "DhiStockImage"), [
    /has a hardened form, of another version; .*node:22-debian13`$/,
  ]);
  t.match(
    await toldOf("FROM node:22-slim\nRUN npm ci\n", "DhiStockImage"),
    [/`dhi\.io\/node:22-debian13`$/],
    "delivered",
  );
  t.strictSame(await toldOf(`FROM node@sha256:${"0".repeat(64)}\n`, "DhiStockImage"), [], "a digest names no version");
});

t.test("DhiMutableTag", async (t) => {
  const told = (dockerfile: string) => toldOf(dockerfile, "DhiMutableTag");
  const digest = "0".repeat(64);
  t.strictSame(await told("FROM dhi.io/node:22.23.2-debian13\n"), [
    "1 info: `dhi.io/node:22.23.2-debian13` may be another image at the next build; write its digest behind the tag, and let a tool such as Renovate move it",
  ]);
  t.strictSame(await told(`FROM acme/dhi-node:22@sha256:${digest}\n`), []);
  t.strictSame(await told("FROM node:22\n"), [], "others are left to others");
  t.strictSame(await told("FROM dhi.io/node:22-slim\n"), [], "there is no such tag");
  t.match(await told("FROM dhi.io/node:22-debian13-fips\n"), [/^1 info: /], "a subscription's image");
  t.strictSame(await told("ARG TAG\nFROM dhi.io/node:$TAG\n"), [], "nobody knows the name");
});

t.test("DhiUnknownTag", async (t) => {
  t.match(await toldOf("FROM dhi.io/aspnet:8.0\n", "DhiUnknownTag"), [/^1 error: .*no image `aspnet`/]);
  t.match(await toldOf("FROM dhi.io/node:28\n", "DhiUnknownTag"), [/^1 warning: /], "it may have come since");
});

t.test("DhiForeignAddons", async (t) => {
  const told = (run: string, path: string, image = "node:22-alpine3.22", base = "dhi.io/node:22-debian13") =>
    toldOf(
      `FROM ${image} AS a\nWORKDIR /app\nRUN ${run}\nFROM a AS b\nFROM ${base}\nCOPY --from=b ${path} /app/\n`,
      "DhiForeignAddons",
    );
  t.strictSame(await told("apk add g++ libc6-compat && npm ci --omit=dev", "/app/node_modules/"), [
    "6 info: what was installed in /app on Alpine 3.22 is for musl, and Debian 13 has glibc: compiled parts don't load; install it in a stage on `dhi.io/node:22-debian13-dev`",
  ]);
  for (const path of ["/app", "app", "/", "/app/node_modules"]) t.equal((await told("yarn", path)).length, 1, path);
  for (const path of ["/app/dist", "/app/package.json", "/apple", "/src"])
    t.equal((await told("yarn", path)).length, 0, path);
  t.strictSame(await told("npm run build", "/app"), [], "nothing is installed");
  t.strictSame(await told("npm_config_libc=glibc npm ci", "/app"), [], "for another libc on purpose");
  t.strictSame(await told("npm ci", "/app", "node:22"), [], "the same libc");
  t.strictSame(await told("npm ci", "/app", "node:22-bookworm"), [], "an older release of the same libc");
  t.match(await told("npm ci", "/app", "node:22", "dhi.io/node:22-alpine3.23"), [
    /on Debian is for glibc, and Alpine 3\.23 has musl/,
  ]);
});
