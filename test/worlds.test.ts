import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import { build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "./frontend-image.ts";
import { imagesOf } from "./images-of.ts";
import { readWorlds, type World } from "./world.ts";
import {
  architectureOf,
  checkBase,
  checkFiles,
  checkRun,
  compareImages,
  configOf,
  unresolvedLibraries,
} from "./world-checks.ts";

// Each folder of test/worlds is built for real with our frontend and compared with its expect.json. WORLD=<name> runs only those whose name begins so.

const { WORLD, DHI_FULL } = process.env;
const worlds = readWorlds(join(import.meta.dirname, "worlds")).filter(({ name, expect }) =>
  WORLD === undefined ? DHI_FULL !== undefined || expect.full !== true : name.startsWith(WORLD),
);
const used = await engine();
const frontend = await frontendImage(used);
const empty = mkdtempSync(join(tmpdir(), "dhi-world-"));
t.teardown(() => rmSync(empty, { recursive: true }));

t.test("worlds", async (t) => {
  for (const world of worlds) {
    const missing = await missingNeeds(world);
    await t.test(world.name, { skip: missing === undefined ? false : `this machine has no ${missing}` }, (t) =>
      inWorld(t, world),
    );
  }
});

async function inWorld(t: Test, { name, folder, dockerfile, expect }: World): Promise<void> {
  const image = `dhi-world/${name}`;
  const without = `${image}-plain`;
  t.teardown(() => used.docker(["image", "rm", "--force", image, without], { reject: false }));
  const { all } = imagesOf(readFileSync(dockerfile, "utf8"));
  const lent = await standIns(used, [...new Set([...all, ...(expect.images ?? [])])]);
  for (const [base, file] of Object.entries(expect.bases ?? {})) {
    const made = await build(used, {
      image: base,
      folder: empty,
      dockerfile: join(folder, file),
      options: lent.buildContextArgs,
    });
    if (made.failed) throw new Error(`the base image ${base} can't be built: ${made.output}`);
  }
  const request = {
    folder: expect.context === undefined ? empty : join(folder, expect.context),
    options: [
      ...lent.buildContextArgs,
      ...frontend.buildContextArgs,
      ...Object.entries(expect.buildArgs ?? {}).map(([key, value]) => `--build-arg=${key}=${value}`),
      ...(expect.target === undefined ? [] : [`--target=${expect.target}`]),
    ],
  };
  const { failed, output } = await build(used, { ...request, image, dockerfile });
  const holds = (text: string) => t.ok(output.includes(text), `the build says: ${text}`, { output });
  for (const text of [...(expect.error ?? []), ...(expect.output ?? [])]) holds(text);
  for (const text of expect.silent ?? []) t.notOk(output.includes(text), `the build does not say: ${text}`);
  t.equal(failed, expect.error !== undefined, expect.why, { output });
  if (failed) return;

  t.same(await checkFiles(used, image, expect), [], "files and package records");
  for (const run of expect.runs ?? []) t.same(await checkRun(used, image, run), [], `runs ${run.command.join(" ")}`);
  for (const [file, wanted] of Object.entries(expect.unresolved ?? {})) {
    const libraries = await unresolvedLibraries(used, image, file);
    t.comment(`${file}: ${libraries.length} unresolved libraries ${libraries.join(" ")}`);
    t.equal(libraries.length > 0 ? "some" : "none", wanted, `unresolved libraries of ${file}`);
  }
  if (expect.user !== undefined) t.equal((await configOf(used, image)).User, expect.user, "the image's user");
  if (expect.base !== undefined)
    t.same(await checkBase(used, image, lentName(expect.base)), [], "the base is untouched");
  if (expect.sameWithoutSyntax) {
    const text = readFileSync(dockerfile, "utf8").replace(new RegExp(`^# syntax=${FRONTEND}\\r?\\n`), "");
    const plain = await build(used, { ...request, image: without, dockerfile: { text } });
    t.notOk(plain.failed, "the engine's own frontend builds the file", { output: plain.output });
    t.same(await compareImages(used, image, without), [], "the same image as with the engine's own frontend");
  }
}

/** The name of a stand-in in this engine. */
function lentName(image: string): string {
  return used.kind === "private" || image.startsWith("dhi-") ? image : `dhi-stand-in/${image}`;
}

/** What a world needs and this machine does not have. */
async function missingNeeds({ expect }: World): Promise<string | undefined> {
  for (const need of expect.needs ?? []) {
    if (need === "dotnet") {
      const { stdout } = await execa("dotnet", ["--list-sdks"], { reject: false });
      if (!/^10\./m.test(stdout ?? "")) return "SDK of .NET 10";
    } else if (need !== (await architectureOf(used))) return need;
  }
  return undefined;
}
