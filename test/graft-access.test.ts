import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { type BuildResult, build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "./frontend-image.ts";
import { ArchiveServer, archive, below, type MadePackage } from "./graft/archive.ts";

// What a company lends for the packages: sources, credentials, proxy and CA, from servers on loopback. Nothing of it may stay.

const used = await engine();
if (used.kind !== "private") t.plan(0, "builds of this engine may not reach this machine's loopback");
else await tests();

async function tests() {
  const frontend = await frontendImage(used);
  const statics = ["dhi.io/static:20250419-glibc-debian12", "dhi.io/static:20250419-glibc-debian13"];
  const images = [...statics, "dhi.io/debian-base:trixie", "dhi.io/debian-base:trixie-dev"];
  const lent = await standIns(used, [...images, "dhi.io/debian-base:bookworm-dev"]);
  const folder = mkdtempSync(join(tmpdir(), "dhi-access-"));
  const servers: ArchiveServer[] = [];
  t.teardown(() => {
    for (const server of servers) server.stop();
    rmSync(folder, { recursive: true });
  });

  const serve = async (...args: ConstructorParameters<typeof ArchiveServer>) => {
    const server = new ArchiveServer(...args);
    servers.push(server);
    return { server, host: await server.start() };
  };
  let count = 0;
  const secretFlags = (secrets: Readonly<Record<string, string>>) =>
    Object.entries(secrets).map(([id, text]) => {
      const file = join(folder, `secret-${++count}`);
      writeFileSync(file, text);
      return `--secret=id=${id},src=${file}`;
    });
  const graft = (text: string, secrets: Readonly<Record<string, string>>, ...options: string[]): Promise<BuildResult> =>
    build(used, {
      folder,
      dockerfile: { text: `# syntax=${FRONTEND}\n${text}` },
      options: [
        ...frontend.buildContextArgs,
        ...lent.buildContextArgs,
        "--network=host",
        "--no-cache",
        ...secretFlags(secrets),
        ...options,
      ],
    });

  const PASSWORD = "Geheim-4711";
  const NATIVE = "FROM dhi.io/debian-base:trixie\nDHI-NATIVE hello-data\n";
  const hello = (version = "1.0"): MadePackage => ({
    name: "hello-data",
    version,
    files: { "usr/share/hello/text": "hello\n" },
  });

  t.test("sources and credentials are used, and nothing of them stays or is shown", async (t) => {
    const { server, host } = await serve(below("apt", archive([hello()])), { basic: `ann:${PASSWORD}` });
    const secrets = {
      "dhi-apt-sources": `deb [trusted=yes] http://${host}/apt ./\n`,
      "dhi-apt-auth": `machine http://${host} login ann password ${PASSWORD}\n`,
    };
    const image = join(folder, "image.tar");
    const output = `--output=type=oci,dest=${image},compression=uncompressed,force-compression=true`;
    const { failed, output: log } = await graft(NATIVE, secrets, output, "--attest=type=provenance,mode=max");
    t.notOk(failed, log);
    t.match(log, /hello-data +1\.0/);
    t.ok(server.asked.some(({ authorization }) => authorization !== undefined));
    const bytes = readFileSync(image);
    t.ok(bytes.includes("var/lib/dpkg/status.d/hello-data"), "the bytes of the image are readable here");
    t.ok(bytes.includes("dhi-apt-auth"), "and those of its provenance");
    for (const word of [PASSWORD, host, Buffer.from(`ann:${PASSWORD}`).toString("base64")]) {
      t.notOk(bytes.includes(word), `${word} is not in the image, its history or its provenance`);
      t.notOk(log.includes(word), `${word} is not in the build's output`);
    }

    // The stage that had them, whose layers go to build caches: the expansion names it, so that it can be looked into.
    const file = join(folder, "Expanded.Dockerfile");
    writeFileSync(file, NATIVE);
    const expand = ["dist/cli.cjs", "expand", "--offline", "--file", file];
    const { stdout: text } = await execa("node", expand, { cwd: join(import.meta.dirname, "..") });
    const name = / AS (dhi--native--\S+)$/m.exec(text)?.[1] ?? "";
    const stage = join(folder, "stage.tar");
    const built = await build(used, {
      folder,
      dockerfile: { text },
      options: [
        ...lent.buildContextArgs,
        "--network=host",
        "--no-cache",
        `--target=${name}`,
        ...secretFlags(secrets),
        `--output=type=tar,dest=${stage}`,
      ],
    });
    t.notOk(built.failed, built.output);
    const left = readFileSync(stage);
    t.ok(left.includes("usr/share/hello/text"));
    for (const word of [PASSWORD, host]) t.notOk(left.includes(word), `${word} is not in the stage`);
    const { stdout: listing } = await execa("tar", ["-tf", stage]);
    t.same(
      listing.split("\n").filter((path) => path.startsWith("dhi/") && !path.endsWith("/")),
      [],
      "nor a file that held it",
    );
    t.same(
      listing
        .split("\n")
        .filter((path) => path.startsWith("graft/") && !path.startsWith("graft/proof/") && path !== "graft/"),
      [],
      "nor anything of the work but what the proof reads",
    );
  });

  t.test("a wrong password is an error that does not tell it", async (t) => {
    const { host } = await serve(below("apt", archive([hello()])), { basic: "ann:other" });
    const { failed, output: log } = await graft(NATIVE, {
      "dhi-apt-sources": `deb [trusted=yes] http://ann:${PASSWORD}@${host}/apt ./\n`,
    });
    t.ok(failed);
    t.match(log, /401/);
    t.notMatch(log, PASSWORD);
  });

  t.test("a proxy", async (t) => {
    const { server, host } = await serve(below("apt", archive([hello()])), { proxy: `bob:${PASSWORD}` });
    const { failed, output: log } = await graft(NATIVE, {
      "dhi-apt-sources": "Types: deb\nURIs: http://archive.invalid/apt\nSuites: ./\nTrusted: yes\n",
      "dhi-proxy": `http://bob:${PASSWORD}@${host}\n`,
    });
    t.notOk(failed, log);
    t.ok(server.asked.some(({ url }) => url.startsWith("http://archive.invalid/apt/")));
    t.notMatch(log, PASSWORD);
    // Nobody listens at port 1 (tcpmux).
    const nowhere = await graft(NATIVE, {
      "dhi-apt-sources": "deb [trusted=yes] http://archive.invalid/apt ./\n",
      "dhi-proxy": "http://127.0.0.1:1\n",
    });
    t.ok(nowhere.failed);
    t.match(nowhere.output, "dhi: none of the builder's package sources can be reached; apt's words stand above");
    t.match(nowhere.output, /W: Failed to fetch http:\/\/archive\.invalid/);
  });

  t.test("a certificate authority", async (t) => {
    const file = (name: string) => join(folder, name);
    const request = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=archive",
      "-addext",
      "subjectAltName=IP:127.0.0.1",
    ];
    await execa("openssl", [...request, "-keyout", file("key.pem"), "-out", file("cert.pem")]);
    const tls = { key: readFileSync(file("key.pem")), cert: readFileSync(file("cert.pem")) };
    const { host } = await serve(below("apt", archive([hello()])), { tls });
    const sources = { "dhi-apt-sources": `deb [trusted=yes] https://${host}/apt ./\n` };
    t.match((await graft(NATIVE, sources)).output, /certificate/i, "is needed");
    const { failed, output: log } = await graft(NATIVE, { ...sources, "dhi-ca": tls.cert.toString() });
    t.notOk(failed, log);
  });

  for (const [suite, release] of [
    ["trixie", "13"],
    ["bookworm", "12"],
  ]) {
    t.test(`a snapshot on Debian ${release}: an archive of its day, though that has expired`, async (t) => {
      const moment = "20200801T000000Z";
      const old = archive([hello("1.0")], "Sat, 08 Aug 2020 00:00:00 UTC");
      const files = new Map([...below(`apt/${moment}`, old), ...below("apt/now", archive([hello("2.0")]))]);
      const { host } = await serve(files);
      const entry = (path: string) => `deb [trusted=yes] http://${host}/apt/${path} ./\n`;
      // The stand-ins of the builder images switch the check off for all sources.
      const stages = `FROM dhi.io/debian-base:${suite}-dev AS strict\nRUN rm -f /etc/apt/apt.conf.d/99mmdebstrap\nFROM dhi.io/static:20250419-glibc-debian${release}\n`;
      const lend = { "dhi-apt-sources": entry("now") + entry("{snapshot}") };
      const pinned = await graft(`${stages}DHI-NATIVE --from=strict --snapshot=${moment} hello-data\n`, lend);
      t.notOk(pinned.failed, pinned.output);
      t.match(pinned.output, /hello-data +1\.0 /);
      const today = await graft(`${stages}DHI-NATIVE --from=strict hello-data\n`, lend);
      t.match(today.output, /hello-data +2\.0 /);
      const expired = await graft(`${stages}DHI-NATIVE --from=strict hello-data\n`, {
        "dhi-apt-sources": entry(moment),
      });
      t.ok(expired.failed);
      t.match(expired.output, /Release file .* is expired/);
    });
  }
}
