import t from "tap";
import { DiagnosticError } from "../src/diagnostic.ts";
import type { Platform } from "../src/model.ts";
import { fromGateway, type ImageReader } from "../src/resolve/from-gateway.ts";

const digest = `sha256:${"c".repeat(64)}`;
const debian12 = 'ID=debian\nVERSION_ID="12"\n';

/** An image on a desk: a config and files. `read` lists what was asked for. */
function desk(config: object, files: Record<string, string> = {}): ImageReader & { read: string[] } {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const read: string[] = [];
  return {
    read,
    async config(reference, platform?: Platform) {
      read.push(`config ${reference} ${platform?.architecture ?? ""}`.trim());
      return { digest, config: bytes(JSON.stringify({ architecture: "amd64", os: "linux", config })) };
    },
    async readFile(_reference, _platform, path) {
      read.push(path);
      const text = files[path];
      return text === undefined ? undefined : bytes(text);
    },
  };
}

t.test("config first, then the catalogue, and no file", async (t) => {
  const reader = desk({
    User: "1000:1000",
    Env: ["A=1"],
    WorkingDir: "/srv",
    Cmd: ["x"],
    OnBuild: ["RUN y"],
    Shell: ["/bin/bash", "-c"],
  });
  const facts = await fromGateway(reader).image("dhi.io/node:22-debian13");
  t.match(facts, {
    digest,
    user: "1000:1000",
    uid: 1000,
    gid: 1000,
    env: ["A=1"],
    workdir: "/srv",
    entrypoint: [],
    cmd: ["x"],
    onbuild: ["RUN y"],
    runShell: ["/bin/bash", "-c"],
    distro: "debian",
    release: "13",
    shell: false,
    architectures: ["amd64", "arm64"],
    builder: "dhi.io/node:22-debian13-dev",
    source: "build",
    origins: { user: "image", distro: "catalog" },
  });
  t.same(reader.read, ["config dhi.io/node:22-debian13"]);
});

t.test("an end of life is the image's own, before the catalogue's", async (t) => {
  const labels = { "com.docker.dhi.date.end-of-life": "2030-01-02", "com.docker.dhi.distro": "debian-12" };
  const told = await fromGateway(desk({ Labels: labels })).image("dhi.io/python:3.10-debian13");
  t.match(told, { eol: "2030-01-02", release: "13" }, "other labels say less than the name");
  t.equal(told.origins.eol ?? "image", "image");
  const silent = await fromGateway(desk({})).image("dhi.io/python:3.10-debian13");
  t.match(silent, { eol: "2026-10-31", origins: { eol: "catalog" } });
});

t.test("an empty config means root and /", async (t) => {
  const facts = await fromGateway(desk({})).image("dhi.io/node:22-debian13");
  t.match(facts, { user: "0", uid: 0, gid: 0, workdir: "/", env: [], cmd: [] });
});

t.test("the catalogue's ids hold for the catalogue's user alone", async (t) => {
  t.match(await fromGateway(desk({ User: "node" })).image("dhi.io/node:22"), { uid: 1000, gid: 1000 });
  const other = await fromGateway(desk({ User: "app" })).image("dhi.io/node:22");
  t.same([other.uid, other.gid], [undefined, undefined]);
});

t.test("labels answer where the name does not", async (t) => {
  const labels = {
    "com.docker.dhi.distro": "alpine-3.24",
    "com.docker.dhi.definition": "image/node/alpine-3.24/26-dev",
    "com.docker.dhi.shell": "busybox",
    "com.docker.dhi.package-manager": "apk",
    "com.docker.dhi.variant": "dev",
  };
  const reader = desk({ Labels: labels });
  const own = await fromGateway(reader).image("ghcr.io/acme/base:1");
  t.match(own, {
    hardened: true,
    distro: "alpine",
    release: "3.24",
    shell: true,
    packageManager: "apk",
    repository: "node",
  });
  t.equal(own.builder, "dhi.io/alpine-base:3.24-dev");
  const pinned = await fromGateway(reader).image(`dhi.io/node@${digest}`);
  t.match(pinned, { distro: "alpine", builder: "dhi.io/alpine-base:3.24-dev", origins: { distro: "image" } });
  t.notOk(
    reader.read.some((asked) => asked.startsWith("/")),
    "no file was read",
  );
  const runtime = { ...labels, "com.docker.dhi.shell": "", "com.docker.dhi.package-manager": "" };
  const bare = await fromGateway(desk({ Labels: runtime })).image("ghcr.io/acme/base:1");
  t.match(bare, { shell: false, packageManager: "none" });
  const named = await fromGateway(reader).image("dhi.io/node:22-debian13");
  t.match(named, { distro: "debian", release: "13" }, "a name that the catalogue lists is stronger than a label");
});

t.test("files answer last", async (t) => {
  const full = desk({}, { "/usr/lib/os-release": debian12, "/bin/sh": "", "/usr/bin/apt-get": "" });
  t.match(await fromGateway(full).image("ghcr.io/acme/app:1"), {
    hardened: false,
    distro: "debian",
    release: "12",
    libc: "glibc",
    shell: true,
    packageManager: "apt",
    builder: "debian:bookworm-slim",
    origins: { release: "image" },
  });
  const node = desk({}, { "/etc/os-release": debian12 });
  t.match(await fromGateway(node).image("node:22"), { release: "12", shell: true, packageManager: "apt" });
  t.same(node.read, ["config node:22", "/etc/os-release"], "only the release was open");
  const alpine = desk({}, { "/etc/os-release": "ID=alpine\nVERSION_ID=3.22.1", "/bin/sh": "", "/sbin/apk": "" });
  t.match(await fromGateway(alpine).image("ghcr.io/acme/app:1"), {
    packageManager: "apk",
    libc: "musl",
    builder: "alpine:3.22",
  });
  const other = await fromGateway(desk({}, { "/etc/os-release": "ID=fedora\nVERSION_ID=42" })).image("fedora:42");
  t.equal(other.distro, undefined);
  t.match(other.notes?.[0], /fedora 42/);
  const dhi = desk({}, { "/etc/os-release": "ID=dhi\nID_LIKE=debian\nVERSION_ID=13" });
  t.match(await fromGateway(dhi).image("r.corp/x:1"), { hardened: true, builder: "dhi.io/debian-base:trixie-dev" });
});

t.test("an image is asked once for each platform", async (t) => {
  const reader = desk({});
  const source = fromGateway(reader);
  const arm = { os: "linux", architecture: "arm64" };
  await Promise.all([source.image("debian:12"), source.image("debian:12"), source.image("debian:12", arm)]);
  t.same(reader.read, ["config debian:12", "config debian:12 arm64"]);
  await source.image("scratch");
  t.equal(reader.read.length, 2, "nobody is asked about scratch");
});

t.test("an image that can't be read is said with the tag that was meant", async (t) => {
  const source = fromGateway({ config: () => Promise.reject(new Error("unknown")) });
  const said = async (reference: string) => {
    const error = await source.image(reference).catch((reason: unknown) => reason);
    return error instanceof DiagnosticError ? error.diagnostics[0] : undefined;
  };
  t.match(await said("dhi.io/node:22-slim"), {
    code: "DhiImageUnreadable",
    problem: /unknown/,
    advice: /dhi\.io\/node:22-debian13/,
  });
  t.match(await said("dhi.io/node:22"), { advice: /docker login dhi\.io/ });
  t.equal((await said("ghcr.io/acme/app:1"))?.advice, undefined);
});

t.test("a hostile config breaks nothing", async (t) => {
  for (const text of ["", "null", "[]", '{"config":[]}', '{"config":{"Env":7,"User":{},"Labels":[1],"Cmd":[1,"a"]}}']) {
    const config = new TextEncoder().encode(text);
    const facts = await fromGateway({ config: async () => ({ digest: "", config }) }).image("dhi.io/node:22");
    t.match(facts, { user: "0", env: [], distro: "debian" }, text);
    t.equal(facts.digest, undefined);
  }
});
