import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { readFromEngine } from "../src/explain/from-engine.ts";
import { imageIn } from "../src/explain/manifest.ts";
import { ownersOf } from "../src/explain/owners.ts";
import { reportOn } from "../src/explain/report.ts";
import { explainPath } from "../src/explain/trace.ts";
import { build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { FRONTEND, frontendImage } from "./frontend-image.ts";
import { MuslCompiler } from "./graft/alpine/compile.ts";
import { AlpineLab, apk, busybox, skip } from "./graft/alpine/lab.ts";
import type { ApkPackage } from "./graft/alpine/repository.ts";
import { readImageFiles } from "./image-files.ts";
import { trivy } from "./scanner.ts";
import { checkBase } from "./world-checks.ts";

// Builds for real: a base with Debian's musl in Alpine's layout, a builder of nothing but busybox, an apk and a folder of packages.
// Neither is Alpine; docs/alpine.md says what that leaves open.

/** A program of this machine with the libraries that it loads, as files of a package. */
function hostProgram(path: string): NonNullable<ApkPackage["files"]> {
  const listed = execFileSync("ldd", [path], { encoding: "utf8" }).match(/\/\S+(?= \(0x)/g) ?? [];
  return Object.fromEntries(
    [path, ...listed].map((file) => [file.slice(1), { content: readFileSync(file), mode: 0o755 }] as const),
  );
}

const folder = mkdtempSync(join(tmpdir(), "dhi-alpine-engine-"));
t.teardown(() => rmSync(folder, { recursive: true }));
const machine = process.arch === "x64" ? skip : "is for amd64";

if (machine) {
  t.pass(`skipped: ${machine}`);
} else {
  const used = await engine();
  const frontend = await frontendImage(used);
  const images = new Set<string>();
  t.teardown(() => used.docker(["image", "rm", "--force", ...images], { reject: false }));
  const musl = new MuslCompiler();
  t.teardown(() => musl.close());
  const library = musl.compile("libanswer.so.1", "int answer(void){return 42;}");
  const program = musl.compile(
    "ask",
    '#include <stdio.h>\nint answer(void);\nint main(void){printf("the answer is %d\\n", answer());return 0;}',
    ["libanswer.so.1"],
  );
  const source: readonly ApkPackage[] = [
    {
      name: "libanswer",
      provides: ["so:libanswer.so.1=1"],
      files: { "usr/lib/libanswer.so.1": { content: library, mode: 0o755 } },
    },
    {
      name: "ask",
      depends: ["so:libanswer.so.1", "so:libc.musl-x86_64.so.1", "/bin/sh"],
      files: { "usr/bin/ask": { content: program, mode: 0o755 }, "usr/share/man/man1/ask.1": "manual" },
    },
    { name: "careless", files: { "usr/bin/ask": { content: program, mode: 0o755 } } },
    { name: "busybox-binsh", provides: ["/bin/sh"], files: { "bin/sh": { to: "/bin/busybox" } } },
    { name: "openssl", files: hostProgram("/usr/bin/openssl") },
  ];

  /** Makes an image of a folder's files. */
  const image = async (name: string, root: string, config = ""): Promise<string> => {
    images.add(name);
    const made = await build(used, {
      image: name,
      folder: root,
      dockerfile: { text: `FROM scratch\nCOPY . /\n${config}` },
    });
    if (made.failed) throw new Error(made.output);
    return name;
  };

  const made = new Map<boolean, Promise<{ base: string; builder: string }>>();
  const pair = (merged: boolean) => {
    const known = made.get(merged) ?? makePair(merged);
    made.set(merged, known);
    return known;
  };

  const makePair = async (merged: boolean) => {
    const lab = new AlpineLab({ merged, world: ["musl"], files: { "etc/group": "root:x:0:\n" } });
    t.teardown(() => lab.close());
    lab.offer(source);
    const builder = join(folder, merged ? "merged" : "apart");
    mkdirSync(join(builder, "bin"), { recursive: true });
    cpSync(busybox, join(builder, "bin/busybox"));
    for (const applet of (await execa(busybox, ["--list"])).stdout.split("\n")) {
      if (!["busybox", "dpkg", "dpkg-deb"].includes(applet)) symlinkSync("busybox", join(builder, "bin", applet));
    }
    cpSync(apk, join(builder, "bin/apk"));
    cpSync(join(lab.root, "etc"), join(builder, "etc"), { recursive: true });
    cpSync(join(lab.root, "repository"), join(builder, "repository"), { recursive: true });
    writeFileSync(join(builder, "etc/apk/repositories"), "/repository\n");
    for (const path of ["tmp", "lib/apk/db", "var/cache/apk"]) mkdirSync(join(builder, path), { recursive: true });
    for (const path of ["lib/apk/db/installed", "etc/apk/world"]) writeFileSync(join(builder, path), "");
    writeFileSync(join(builder, "etc/apk/arch"), "x86_64\n");
    const layout = merged ? "merged" : "apart";
    return {
      base: await image(`dhi-alpine-test/base:${layout}`, join(lab.root, "target"), "USER 65532\n"),
      builder: await image(`dhi-alpine-test/builder:${layout}`, builder, "ENV PATH=/usr/bin:/bin\n"),
    };
  };

  const graft = async (name: string, base: string, lines: string, ...options: string[]) => {
    images.add(name);
    const text = `# syntax=${FRONTEND}\nFROM ${base} AS final\n${lines}`;
    return build(used, {
      image: name,
      folder,
      dockerfile: { text },
      options: [...frontend.buildContextArgs, ...options],
    });
  };
  const layersOf = async (name: string) =>
    String((await used.docker(["image", "inspect", "--format", "{{json .RootFS.Layers}}", name])).stdout);

  t.test("a command and certificates, with the tools of a builder that has busybox alone", async (t) => {
    const { base, builder } = await pair(false);
    const name = "dhi-alpine-test/result:run";
    const words = ["req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=Corp"];
    writeFileSync(join(folder, "ca.pem"), (await execa("openssl", words)).stdout);
    const lines = "DHI-RUN --user=0:0 mkdir /data && echo made >/data/x && chown 1000:1000 /data\nDHI-CERT ca.pem\n";
    const { failed, output } = await graft(name, base, lines, `--build-context=alpine:3.23=docker-image://${builder}`);
    t.notOk(failed, output);
    t.match(output, /dhi: DHI-RUN lends \/bin\/busybox: /);
    t.match(output, /dhi: DHI-RUN: 1 files and links, 1 folders made or changed: \/data, \/data\/x/);
    t.match(output, /dhi: DHI-CERT: CN=Corp, until /, "read by the openssl that apk brought");
    t.same(await checkBase(used, name, base), [], "the base is untouched");
    const files = await readImageFiles(used, name, (path) => /^(data|etc\/ssl|bin|dev\/)/.test(path));
    t.match(String(files.get("etc/ssl/dhi/ca-bundle.pem")?.content), "-----BEGIN CERTIFICATE-----");
    t.match([...files.keys()].filter((path) => path.startsWith("data")).sort(), ["data", "data/x"]);
    t.notOk(files.has("bin/sh"));
  });

  for (const merged of [false, true]) {
    t.test(merged ? "everything below /usr" : "/lib beside /usr", async (t) => {
      const { base, builder } = await pair(merged);
      const lines = `DHI-TOOL --from=${builder} ask\n`;
      const name = `dhi-alpine-test/result:${merged ? "merged" : "apart"}`;
      const { failed, output } = await graft(name, base, lines);
      t.notOk(failed, output);
      t.match(output, /dhi: ask: 2 packages, 2 files, .*; the base keeps 1 package of its own/);
      t.match(output, /dhi: proven: 2 programs and libraries load with the base's own loader/);
      const ran = await used.docker(["run", "--rm", "--network=none", name, "/usr/bin/ask"], {
        reject: false,
        all: true,
      });
      t.equal(String(ran.all), "the answer is 42");

      const database = `${merged ? "usr/" : ""}lib/apk/db/installed`;
      const changed = await checkBase(used, name, base);
      t.equal(changed.length, 2, changed.join("\n"));
      t.match(changed.join("\n"), database, "of the base, its database");
      t.match(changed.join("\n"), "etc/apk/world", "and its world file are longer");
      const files = await readImageFiles(used, name, (path) => /^(usr\/)?lib\/apk|^var\/lib\/dhi|^etc\/apk/.test(path));
      t.match(String(files.get(database)?.content), /^P:musl$(.|\n)*^P:ask$(.|\n)*^P:libanswer$/m);
      t.match(String(files.get("etc/apk/world")?.content), "musl\nask\n");
      t.match(String(files.get("var/lib/dhi/packages/libanswer")?.content), "Dhi-Requested: DHI-TOOL ask\n");
      t.notOk(
        [...files.keys()].some((path) => /(^|\/)bin\/sh$|\/man\//.test(path)),
        "no shell, no manual",
      );

      const env = { ...process.env, ...used.env };
      const app = imageIn(await readFromEngine(name, () => undefined, { env }), name);
      const report = reportOn(app);
      t.match(report.requested, [{ directive: "DHI-TOOL", word: "ask", packages: 2 }]);
      t.equal(report.unrecorded.files, 0, "every file is in a record");
      t.match(explainPath(app, ownersOf(app), "/usr/bin/ask"), [{ origin: { package: { name: "ask" } } }]);
      t.match(explainPath(app, ownersOf(app), database), [{ origin: { from: "record" } }]);

      // This trivy looks for the database at its old place only, which a link hides from it.
      const listed = merged ? undefined : await (await trivy())?.packages(used, name);
      if (listed)
        t.same(
          listed.map((one) => `${one.name} ${one.version}`),
          ["ask 1.0-r0", "libanswer 1.0-r0", "musl 1.2.5-r9"],
        );

      const cold = "--no-cache-filter=final,dhi--scripts,dhi--base--final,dhi--tool--final";
      const again = await graft(`${name}-again`, base, lines, cold);
      t.notOk(again.failed, again.output);
      t.equal(await layersOf(`${name}-again`), await layersOf(name), "two cold builds give the same layers");

      const broken = await graft(`${name}-broken`, base, `DHI-TOOL --from=${builder} careless\n`);
      t.ok(broken.failed);
      t.match(broken.output, "/usr/bin/ask needs libanswer.so.1, which neither the base nor the packages have");
      t.match(broken.output, "e.g. DHI-TOOL libanswer");
      t.match(broken.output, "Dockerfile:3");
    });
  }
}
