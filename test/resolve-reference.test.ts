import t from "tap";
import { type Diagnostic, DiagnosticError } from "../src/diagnostic.ts";
import { canonicalName, hardenedName, parseMirrors, parseReference } from "../src/resolve/reference.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

t.test("references are cut as Docker cuts them", async (t) => {
  const cases: [text: string, registry: string, path: string, tag?: string | undefined, digest?: string][] = [
    ["node", "docker.io", "library/node"],
    ["node:22-slim", "docker.io", "library/node", "22-slim"],
    ["acme/dhi-node:22", "docker.io", "acme/dhi-node", "22"],
    ["docker.io/node:22", "docker.io", "library/node", "22"],
    ["docker.io/library/node", "docker.io", "library/node"],
    ["index.docker.io/library/node", "docker.io", "library/node"],
    ["dhi.io/node:22-debian13", "dhi.io", "node", "22-debian13"],
    ["localhost/x", "localhost", "x"],
    ["localhost:5000/a/b:1", "localhost:5000", "a/b", "1"],
    ["registry.corp:5000/x", "registry.corp:5000", "x"],
    ["UPPER/x", "UPPER", "x"],
    ["[::1]:5000/x:1", "[::1]:5000", "x", "1"],
    [`dhi.io/node@${digest}`, "dhi.io", "node", undefined, digest],
    [`dhi.io/node:22@${digest}`, "dhi.io", "node", "22", digest],
    ["gcr.io/distroless/base-debian12:nonroot", "gcr.io", "distroless/base-debian12", "nonroot"],
    ["a__b/c-d--e.f:v1_2", "docker.io", "a__b/c-d--e.f", "v1_2"],
  ];
  for (const [text, registry, path, tag, pinned] of cases) {
    const found = parseReference(text);
    t.match(found, { registry, path }, text);
    t.equal(found?.tag, tag, `${text}: tag`);
    t.equal(found?.digest, pinned, `${text}: digest`);
  }
  for (const text of [
    "",
    "Node",
    "a//b",
    "/a",
    "a/",
    "a:",
    "a:b c",
    "a@sha256:12",
    "-a",
    "a:-x",
    "a@b@c",
    "$BASE",
    "a..b",
  ]) {
    t.equal(parseReference(text), undefined, `\`${text}\` is none`);
  }
});

t.test("hardened images are known by their name", async (t) => {
  const mirrors = parseMirrors(
    "registry.corp/mirror=dhi.io, registry.corp/hub=docker.io r.corp:5000/acme=docker.io/acme",
  );
  const cases: [text: string, prefix: string | undefined, repository?: string][] = [
    ["dhi.io/node:22", "dhi.io/", "node"],
    [`dhi.io/node:22@${digest}`, "dhi.io/", "node"],
    ["dhi.io/not-in-the-catalogue", "dhi.io/", "not-in-the-catalogue"],
    ["acme/dhi-node:22", "acme/dhi-", "node"],
    ["docker.io/acme/dhi-node:22", "docker.io/acme/dhi-", "node"],
    ["acme/dhi-something", undefined],
    ["acme/node:22", undefined],
    ["node:22", undefined],
    ["registry.corp/mirror/node:22", "registry.corp/mirror/", "node"],
    ["registry.corp/mirrored/node:22", undefined],
    ["registry.corp/hub/acme/dhi-node", "registry.corp/hub/acme/dhi-", "node"],
    ["r.corp:5000/acme/dhi-node", "r.corp:5000/acme/dhi-", "node"],
    ["harbor.corp/dhi.io/node:22", "harbor.corp/dhi.io/", "node"],
  ];
  for (const [text, prefix, repository] of cases) {
    const reference = parseReference(text);
    const found = reference && hardenedName(reference, mirrors, (name) => name === "node");
    t.same(found, prefix === undefined ? undefined : { prefix, repository }, text);
  }
});

t.test("mirrors are undone", async (t) => {
  const cases = [
    ["registry.corp/hub/debian:12", "docker.io/library/debian"],
    ["registry.corp/hub/library/debian:12", "docker.io/library/debian"],
    ["public.ecr.aws/docker/library/python:3.13", "docker.io/library/python"],
    ["mirror.gcr.io/library/debian", "docker.io/library/debian"],
    ["debian", "docker.io/library/debian"],
  ];
  for (const [text = "", name] of cases) {
    const reference = parseReference(text);
    t.equal(reference && canonicalName(reference, parseMirrors("registry.corp/hub=docker.io")), name, text);
  }
});

t.test("a mirror map that is none is refused", async (t) => {
  t.same(parseMirrors(""), []);
  t.same(parseMirrors("a.corp/x/=dhi.io/"), [{ from: "a.corp/x", to: "dhi.io" }]);
  t.same(parseMirrors("a.corp=docker.io"), [{ from: "a.corp", to: "docker.io" }]);
  for (const text of ["a.corp/x", "=dhi.io", "a.corp/x=", "a.corp/x=dhi.io=y", "a.corp/X Y=dhi.io"]) {
    t.match(refusal(text), { code: "DhiBadMirror", advice: /registry\.corp/ }, text);
  }
});

function refusal(text: string): Diagnostic | undefined {
  try {
    parseMirrors(text);
  } catch (error) {
    return error instanceof DiagnosticError ? error.diagnostics[0] : undefined;
  }
  return undefined;
}
