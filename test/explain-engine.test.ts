import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import t, { type Test } from "tap";
import { build } from "./build.ts";
import { type Engine, engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { frontendImage } from "./frontend-image.ts";
import { readImageFiles } from "./image-files.ts";
import { imagesOf } from "./images-of.ts";

// `explain` with an image that is built for real. The classic image store is tried in the full tests.

const dockerfile = `# syntax=dhi-frontend:1
FROM dhi.io/node:22-debian13
COPY app.txt /app/app.txt
DHI-NATIVE libgdiplus
DHI-TOOL jq
COPY app.txt /app/later.txt
COPY app.txt /usr/lib/gdiplus.dll.bak
`;
const cli = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));
const image = "dhi-explain-test/app";
const folder = mkdtempSync(join(tmpdir(), "dhi-explain-"));
writeFileSync(join(folder, "app.txt"), "hello\n");
t.teardown(() => rmSync(folder, { recursive: true }));

async function explains(t: Test, used: Engine): Promise<void> {
  const lent = await standIns(used, imagesOf(dockerfile).all);
  const frontend = await frontendImage(used);
  const options = [...lent.buildContextArgs, ...frontend.buildContextArgs];
  const built = await build(used, { image, folder, dockerfile: { text: dockerfile }, options });
  t.notOk(built.failed, "builds", { output: built.output });
  t.teardown(() => used.docker(["image", "rm", "--force", image], { reject: false }));
  const explain = (...args: readonly string[]) =>
    execa(process.execPath, [cli, "explain", ...args], { reject: false, stripFinalNewline: false, env: used.env });
  const paths = async (...words: readonly string[]) => {
    const { stdout } = await explain("--image", image, "--json", ...words);
    return JSON.parse(stdout).paths;
  };
  const { stdout: triplet } = await used.docker(["version", "--format", "{{.Server.Arch}}"]);
  const lib = `/usr/lib/${String(triplet).trim() === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;

  await t.test("the report holds what the build brought", async (t) => {
    const { stdout, stderr, exitCode } = await explain("--image", image, "--json");
    t.equal(exitCode, 0);
    t.equal(stderr, "");
    const report = JSON.parse(stdout);
    const files = await readImageFiles(used, image);
    const listed = [...files.keys()].filter((path) => /^var\/lib\/dpkg\/status\.d\/[^/]+$/.test(path));
    t.ok(
      report.grafted.packages > 45 && report.grafted.packages < listed.length,
      `${report.grafted.packages} packages`,
    );
    t.match(report.requested, [
      { directive: "DHI-NATIVE", word: "libgdiplus" },
      { directive: "DHI-TOOL", word: "jq" },
    ]);
    const jq = report.packages.find(({ name }: { name: string }) => name === "jq");
    t.match(jq, { version: /^1\.7/, requested: [{ directive: "DHI-TOOL", word: "jq" }] });
    t.equal(report.own.files, 3);
    t.same(report.unrecorded, { files: 0, bytes: 0 }, "every file and link of the graft stands in a record");
  });

  await t.test("paths of all kinds", async (t) => {
    const forGdiplus = { requested: [{ directive: "DHI-NATIVE", word: "libgdiplus" }] };
    const [library, made, data, link, tool, base, libc, own, record, fonts] = await paths(
      `${lib}/libcairo.so.2`,
      "gdiplus.dll",
      "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
      "/etc/fonts/conf.d/10-hinting-slight.conf",
      "/usr/bin/jq",
      "/etc/passwd",
      "/lib/os-release",
      "app/later.txt",
      "/var/lib/dpkg/status.d/libcairo2",
      "/usr/share/fonts",
    );
    t.match(library, { type: "link", origin: { from: "package", package: { name: "libcairo2", ...forGdiplus } } });
    t.match(made, { path: "/usr/lib/gdiplus.dll", type: "link", origin: { package: { name: "libgdiplus" } } });
    t.match(data, { type: "file", origin: { package: { name: "fonts-dejavu-core", ...forGdiplus } } });
    t.match(link, { origin: { package: { name: "fontconfig-config" } }, end: { path: /conf\.avail/ } });
    t.match(tool, { origin: { package: { name: "jq", requested: [{ directive: "DHI-TOOL" }] } } });
    t.match(base, { type: "file", origin: { from: "base", layer: 1 } });
    t.match(libc, { real: "/usr/lib/os-release", origin: { from: "base", package: { name: "base-files" } } });
    t.match(own, { origin: { from: "own", instruction: "COPY app.txt /app/later.txt" } });
    t.match(record, { origin: { from: "record", package: { name: "libcairo2" } } });
    t.match(fonts, { type: "folder" });
    t.ok(fonts.files > 5);
  });

  await t.test("what is not there", async (t) => {
    const wrong = await explain("--image", image, "/usr/lib/libcairo.so.2", "/etc/passwd");
    t.equal(wrong.exitCode, 1);
    t.match(wrong.stderr, `did you mean ${lib}/libcairo.so.2`);
    t.match(wrong.stdout, "/etc/passwd\n    the base's own", "the other paths are explained");
    const none = await explain("--image", "dhi-explain-test/ap");
    t.equal(none.exitCode, 1);
    t.match(none.stderr, /no image dhi-explain-test\/ap; did you mean dhi-explain-test\/app:latest\?.*docker pull/);
    const platform = await explain("--image", image, "--platform", "linux/s390x");
    t.equal(platform.exitCode, 1);
    t.match(platform.stderr, "nothing for linux/s390x");
    const stopped = await execa(process.execPath, [cli, "explain", "--image", image], {
      reject: false,
      env: { ...used.env, DOCKER_HOST: `unix://${folder}/none.sock` },
    });
    t.equal(stopped.exitCode, 1);
    t.match(stopped.stderr, /no Docker engine answers: .*start it/);
  });

  await t.test("an image without directives", async (t) => {
    const { stdout, exitCode } = await explain("--image", lentName(used, "dhi.io/node:22-debian13"));
    t.equal(exitCode, 0);
    t.match(stdout, "No directive brought a package into this image.");
  });
}

function lentName({ kind }: Engine, name: string): string {
  return kind === "private" ? name : `dhi-stand-in/${name}`;
}

t.test("the containerd image store", async (t) => explains(t, await engine()));

if (process.env.DHI_FULL) {
  t.test("the classic image store", async (t) => explains(t, await engine({ store: "classic" })));
}
