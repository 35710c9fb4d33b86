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
  t.match(await told("FROM dhi.io/eclipse-temurin:26-jdk-debian13-dev\n"), [/; move to a version that gets fixes$/]);
  const node = "FROM dhi.io/node:22-debian13\n";
  t.strictSame(await told(node, "2027-01-29"), [], "91 days before");
  t.match(await told(node, "2027-01-30"), [/^1 info: .* reaches its end of life on 2027-04-30 .*node:24-debian13/]);
  t.match(await told(node, "2027-04-29"), [/^1 info: /], "the day before");
  t.match(await told(node, "2027-04-30"), [/^1 warning: /], "the day itself");
  t.match(await told(node, "2028-05-01"), [/^1 warning: .*node:26-debian13/], "24 has ended by then");
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
