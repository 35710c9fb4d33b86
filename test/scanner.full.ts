import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "./frontend-image.ts";
import { readImageFiles } from "./image-files.ts";
import { imagesOf } from "./images-of.ts";
import { packageRecords } from "./package-records.ts";
import { trivy } from "./scanner.ts";

// What a scanner sees of libraries that were grafted, and of the same ones copied by hand. The gauntlet scans each of its images, too.

const scanner = await trivy();
const sdks = await execa("dotnet", ["--list-sdks"], { reject: false });
const missing = !scanner ? "trivy" : /^10\./m.test(sdks.stdout ?? "") ? undefined : "SDK of .NET 10";
const skip = missing === undefined ? false : `this machine has no ${missing}`;
const root = join(import.meta.dirname, "..");
const copied = readFileSync(join(root, "test/worlds/article-dotnet/Dockerfile"), "utf8");
const grafted = `# syntax=${FRONTEND}\n${copied}`
  .replace(/^COPY --from=native .*\n/gm, "")
  .replace(/^(FROM dhi\.io\/dotnet:10\.0-debian13)$/m, "$1\nDHI-NATIVE libgdiplus");

t.test("the libraries of the article's Dockerfile", { skip, timeout: 600_000 }, async (t) => {
  const used = await engine();
  const frontend = await frontendImage(used);
  const listed = async (name: string, text: string) => {
    const image = `dhi-gauntlet/article-${name}`;
    t.teardown(() => used.docker(["image", "rm", "--force", image], { reject: false }));
    const { buildContextArgs } = await standIns(used, imagesOf(text).all);
    const options = [...buildContextArgs, ...frontend.buildContextArgs];
    const made = await build(used, { image, folder: join(root, "examples/drawing"), dockerfile: { text }, options });
    t.notOk(made.failed, `${name} is built`, { output: made.output });
    const found = (await scanner?.packages(used, image)) ?? [];
    return { found, files: await readImageFiles(used, image, (path) => path.includes("status.d/")) };
  };
  const base = await listed("base", `# syntax=${FRONTEND}\nFROM dhi.io/dotnet:10.0-debian13\n`);
  const byHand = await listed("copied", copied);
  const byDirective = await listed("grafted", grafted);

  t.ok(
    [...byHand.files.keys()].some((path) => /libgdiplus\.so\.0$/.test(path)),
    "the library is in the hand-made image",
  );
  t.same(byHand.found, base.found, "trivy lists nothing of what was copied by hand");

  const records = packageRecords(byDirective.files);
  const brought = records.filter(({ requested }) => requested.length > 0);
  t.ok(brought.length > 30, `${brought.length} packages were grafted`);
  const pair = ({ name, version }: { readonly name: string; readonly version: string }) => `${name} ${version}`;
  t.same(
    byDirective.found.map(pair).sort(),
    records.map(pair).sort(),
    "trivy lists all of what was grafted, with its version",
  );
});
