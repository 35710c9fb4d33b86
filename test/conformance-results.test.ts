import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { bench, HARDENED, OURS, stock, WITH_SHELL } from "./conformance/bench.ts";
import { tree } from "./conformance/files.ts";

// What a build leaves: the same with our line and without it; for a file with directives, the same as its expanded text.

const used = await bench(t, { "hello.txt": "hello\n", "other.txt": "other\n" });

/** No directive; every kind of instruction that the image's config or history tells of. */
const plain = `${OURS}FROM ${WITH_SHELL} AS work
ARG WORD=nothing
RUN echo "$WORD" >/word
FROM ${WITH_SHELL}
LABEL a=1 b="two words"
ENV PATH_TO=/x OTHER=\${PATH_TO}/y
WORKDIR /work
COPY --chmod=600 --chown=7:8 hello.txt other.txt ./
COPY --link --from=work /word /word
RUN echo done >>hello.txt
USER 7:8
EXPOSE 8080/tcp 53/udp
VOLUME /data
STOPSIGNAL SIGINT
SHELL ["/bin/sh", "-ec"]
HEALTHCHECK --interval=5s CMD true
ONBUILD COPY . .
ENTRYPOINT ["/bin/sh"]
CMD ["-c", "true"]
`;

/** The same around a directive. */
const grafted = `${OURS}FROM ${WITH_SHELL} AS work
ARG WORD=nothing
RUN echo "$WORD" >/word
FROM ${HARDENED} AS final
LABEL a=1
COPY hello.txt /hello.txt
DHI-NATIVE libargon2-1
ENV OTHER=/y
COPY --from=work /word /word
USER 7:8
ENTRYPOINT ["/bin/sh"]
`;

const unattested = ["--provenance=false", "--sbom=false"];
const dated = ["--build-arg=SOURCE_DATE_EPOCH=1700000000"];

/** An image archive whose timestamps are all SOURCE_DATE_EPOCH. */
async function rewritten(text: string, args: readonly string[]): Promise<string> {
  const folder = join(used.fresh(), "image");
  const output = `--output=type=oci,tar=false,dest=${folder},rewrite-timestamp=true`;
  const built = await used.run(text, [output, ...unattested, ...dated, ...args]);
  if (built.failed) throw new Error(built.output);
  return readFileSync(join(folder, "index.json"), "utf8");
}

t.test("a file without directives gives the very same image", async (t) => {
  const args = [...unattested, "--build-arg=WORD=x", "--label=c=3"];
  const theirs = await used.image(stock(plain), args);
  const ours = await used.image(plain, args);
  t.strictSame(ours.images[0]?.config, theirs.images[0]?.config, "config and history");
  t.strictSame(ours, theirs, "layers and digests");
  t.match(ours.images[0]?.config.config, { Labels: { a: "1", c: "3" }, User: "7:8", StopSignal: "SIGINT" });
});

t.test("with SOURCE_DATE_EPOCH and rewritten timestamps two cold builds give one digest", async (t) => {
  const [theirs, ours] = await Promise.all([rewritten(stock(plain), ["--no-cache"]), rewritten(plain, ["--no-cache"])]);
  t.equal(ours, theirs);
  const other = await rewritten(plain, ["--build-arg=SOURCE_DATE_EPOCH=1600000000"]);
  t.not(other, theirs, "the date counts");
});

t.test("a file with directives gives the image of its expanded text", async (t) => {
  const args = [...unattested, "--build-arg=WORD=y", "--label=c=3"];
  const ours = await used.image(grafted, args);
  const theirs = await used.image(await used.expanded(grafted, args), args);
  t.strictSame(ours.images[0]?.config, theirs.images[0]?.config, "config and history");
  t.strictSame(ours, theirs, "layers and digests");
  const history = ours.images[0]?.config.history?.map(({ created_by }) => created_by ?? "");
  t.notOk(
    history?.some((step) => step.includes("dhi--")),
    "history names no generated stage",
  );
  t.equal(await rewritten(grafted, args), await rewritten(await used.expanded(grafted, args), args), "dated");
});

t.test("a build for two platforms gives byte-identical manifests", async (t) => {
  const text = `${OURS}FROM scratch AS data\nCOPY hello.txt /\nFROM scratch\nARG TARGETARCH\nCOPY --from=data / /$TARGETARCH/\nLABEL of=$TARGETARCH\n`;
  const args = ["--platform=linux/amd64,linux/arm64", ...unattested, ...dated];
  const theirs = await used.image(stock(text), args);
  const ours = await used.image(text, args);
  t.strictSame(
    ours.images.map(({ platform }) => platform),
    ["linux/amd64", "linux/arm64"],
  );
  t.strictSame(ours, theirs);
  t.match(ours.images[1]?.config.config, { Labels: { of: "arm64" } });
});

t.test("secrets, ssh and network modes reach the steps of both", async (t) => {
  const list = `perl -MIO::Socket::UNIX -e '$s = IO::Socket::UNIX->new($ENV{SSH_AUTH_SOCK}) or die; syswrite $s, "\\0\\0\\0\\1\\x0b"; read $s, $n, 4; read $s, $b, unpack "N", $n; print $b'`;
  const work = `FROM ${WITH_SHELL} AS work
RUN --mount=type=secret,id=token,required --mount=type=secret,id=word,env=WORD --mount=type=ssh <<EOF
set -e
cp /run/secrets/token /token
echo "$WORD" >/word
${list} >/keys
ls /sys/class/net | sed '/^veth/d' >/default
readlink /proc/self/ns/net >/namespace
EOF
RUN --network=none ls /sys/class/net >/offline
RUN --network=host readlink /proc/self/ns/net >/host
`;
  const take = "COPY --from=work /token /word /keys /offline /host /default /namespace /work/\n";
  const files = `FROM scratch AS files\nCOPY --from=final /work /\n`;
  const text = `${OURS}${work}FROM ${HARDENED} AS final\nDHI-NATIVE libargon2-1\n${take}${files}`;
  const key = join(used.fresh(), "key");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
  const token = join(used.fresh(), "token");
  writeFileSync(token, `secret ${process.pid}\n`);
  process.env.DHI_TEST_WORD = "a word";
  const exported = async (dockerfile: string, network: string) => {
    const folder = used.fresh();
    const built = await used.run(dockerfile, [
      `--secret=id=token,src=${token}`,
      "--secret=id=word,env=DHI_TEST_WORD",
      `--ssh=default=${key}`,
      "--allow=network.host",
      `--network=${network}`,
      "--no-cache-filter=work",
      `--output=${folder}`,
    ]);
    t.notOk(built.failed, `builds with --network=${network}`, { output: built.output });
    // The host has a veth for every container that runs beside this test. A network namespace of a step's own has another number each time.
    const { host, namespace, ...files } = tree(folder);
    return { ...files, onHost: namespace === host };
  };
  // A directive needs the network for its packages, so the file for `none` is without; and for `host`, to be quick.
  const unchanged = text.replace(/^DHI-NATIVE.*\n/m, "");
  const modes = { default: text, host: unchanged, none: unchanged } as const;
  for (const [network, dockerfile] of Object.entries(modes)) {
    const theirs = dockerfile === text ? await used.expanded(text) : stock(unchanged);
    const ours = await exported(dockerfile, network);
    t.strictSame(ours, await exported(theirs, network), `--network=${network}`);
    t.match(ours, {
      token: `400 secret ${process.pid}\n`,
      word: "644 a word\n",
      keys: /ssh-rsa/,
      offline: "644 lo\n",
      default: network === "none" ? "644 lo\n" : /eth/,
      onHost: network === "host",
    });
  }
});

t.test("a secret that is missing is told at the user's line", async (t) => {
  const text = `${OURS}FROM ${WITH_SHELL} AS work\nRUN --mount=type=secret,id=none,required true\nFROM ${HARDENED}\nDHI-NATIVE libargon2-1\nCOPY --from=work /etc/hostname /\n`;
  const { failed, output } = await used.run(text, ["--no-cache-filter=work"]);
  t.ok(failed);
  t.match(output, />>> RUN --mount=type=secret,id=none,required true/);
  t.match(output, /Dockerfile:3\n/);
});

t.test("exporters local, tar, docker and cacheonly", async (t) => {
  const text = `${OURS}FROM ${HARDENED} AS final\nDHI-NATIVE libargon2-1\nCOPY hello.txt /work/\nFROM scratch\nCOPY --from=final /work /usr/share/doc/libargon2-1 /\n`;
  const expanded = await used.expanded(text);
  const trees = [];
  const archives = [];
  for (const dockerfile of [text, expanded]) {
    const folder = used.fresh();
    t.notOk((await used.run(dockerfile, [`--output=type=local,dest=${folder}`, ...unattested, ...dated])).failed);
    trees.push(tree(folder));
    const archive = join(used.fresh(), "out.tar");
    t.notOk((await used.run(dockerfile, [`--output=type=tar,dest=${archive}`, ...unattested, ...dated])).failed);
    archives.push(readFileSync(archive));
  }
  t.strictSame(trees[0], trees[1]);
  t.match(Object.keys(trees[0] ?? {}), ["copyright", "hello.txt"]);
  t.ok(archives[0]?.equals(archives[1] ?? Buffer.alloc(0)), "the archives are equal byte for byte");
  const name = `dhi-conformance/load-${process.pid}`;
  t.teardown(() => used.engine.docker(["image", "rm", "--force", name], { reject: false }));
  const loaded = await used.run(text, ["--load", `--tag=${name}`]);
  t.notOk(loaded.failed, "loads", { output: loaded.output });
  const { stdout } = await used.engine.docker(["image", "inspect", "--format", "{{json .RootFS.Layers}}", name]);
  t.equal(JSON.parse(stdout).length, 1);
});
