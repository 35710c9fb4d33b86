import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { fromDocker } from "../src/resolve/from-docker.ts";

const amd64 = { os: "linux", architecture: "amd64" };

/** A program in docker's place: shell lines that see docker's arguments. It notes each call in a file beside it. */
function program(t: Test, lines: string): string {
  const path = join(t.testdir({}), "docker");
  writeFileSync(path, `#!/bin/sh\necho "$*" >> "$0.calls"\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

const index = JSON.stringify({
  manifest: { digest: "sha256:1" },
  image: {
    "linux/amd64": { architecture: "amd64", os: "linux", config: { User: "node", Env: ["ARCH=amd64"] } },
    "linux/arm64/v8": { architecture: "arm64", os: "linux", config: { User: "node", Env: ["ARCH=arm64"] } },
  },
});

t.test("a registry's answer", async (t) => {
  const source = fromDocker({ program: program(t, `[ "$1" = buildx ] && echo '${index}'`) });
  const facts = await source.image("dhi.io/node:22", amd64);
  t.match(facts, {
    source: "registry",
    digest: "sha256:1",
    env: ["ARCH=amd64"],
    uid: 1000,
    architectures: ["amd64", "arm64"],
  });
  t.match(await source.image("dhi.io/node:22", { os: "linux", architecture: "arm64" }), { env: ["ARCH=arm64"] });
  const other = await source.image("dhi.io/node:22", { os: "linux", architecture: "s390x" });
  t.match(other, { source: "catalog", notes: [/no linux\/s390x form/] });
});

t.test("a local engine's answer, when no registry answers", async (t) => {
  const image = { Os: "linux", Architecture: "amd64", RepoDigests: ["x@sha256:2"], Config: { User: "", Cmd: ["sh"] } };
  const answer = `[ "$1" = image ] && echo '${JSON.stringify(image)}' || { echo 'ERROR: no login' >&2; exit 1; }`;
  const source = fromDocker({ program: program(t, answer) });
  t.match(await source.image("debian:12", amd64), {
    source: "engine",
    digest: "sha256:2",
    user: "0",
    cmd: ["sh"],
    release: "12",
  });
  const arm = await source.image("debian:12", { os: "linux", architecture: "arm64" });
  t.match(arm, { source: "catalog", notes: [/no login; the local engine has it for linux\/amd64 only/] });
});

t.test("no program: the catalogue, and it says so", async (t) => {
  const source = fromDocker({ program: join(t.testdir({}), "none") });
  const facts = await source.image("dhi.io/node:22");
  t.match(facts, {
    source: "catalog",
    user: "node",
    notes: [/^No registry or engine answered \(there is no program `.*none`\)/],
  });
});

t.test("a registry that is silent is asked once", async (t) => {
  const path = program(t, "[ \"$1\" = buildx ] && exec sleep 30; echo 'no daemon' >&2; exit 1");
  const source = fromDocker({ program: path, timeout: 300 });
  t.match(await source.image("dhi.io/node:22"), {
    source: "catalog",
    notes: [/dhi\.io did not answer within 0\.3 s; no daemon/],
  });
  t.match(await source.image("dhi.io/node:24"), { notes: [/dhi\.io did not answer/] });
  const calls = readFileSync(`${path}.calls`, "utf8").split("\n");
  t.equal(calls.filter((call) => call.startsWith("buildx")).length, 1);
});

t.test("what is no reference is never passed on", async (t) => {
  const path = program(t, "exit 1");
  for (const text of ["--help", "-v", "$BASE", "scratch"]) await fromDocker({ program: path }).image(text);
  t.notOk(existsSync(`${path}.calls`));
});
