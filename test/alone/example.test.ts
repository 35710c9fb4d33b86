import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import t from "tap";
import { build } from "../build.ts";
import { machineHasDotnet } from "../engine/dotnet.ts";
import { engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { frontendImage } from "../frontend-image.ts";
import { imagesOf } from "../images-of.ts";
import { type Box, inkedColumns } from "../picture.ts";

// The example as a user would build and run it: docker buildx build, docker run.

const dockerfile = (await machineHasDotnet()) ? "Dockerfile" : "mono.Dockerfile";
const folder = mkdtempSync(join(tmpdir(), "dhi-example-"));
cpSync(join(import.meta.dirname, "../../examples/drawing"), folder, { recursive: true });
const text = readFileSync(join(folder, dockerfile), "utf8");

const used = await engine();
const lent = await standIns(used, imagesOf(text).all);
const frontend = await frontendImage(used);
const options = [...lent.buildContextArgs, ...frontend.buildContextArgs];
const image = "dhi-example-test/drawing";
t.teardown(async () => {
  rmSync(folder, { recursive: true });
  await used.docker(["image", "rm", "--force", image, `${image}:without`], { reject: false });
});

t.test("the example", async (t) => {
  const built = await build(used, { image, folder, dockerfile: { text }, options });
  t.notOk(built.failed, "builds", { output: built.output });

  t.test("shows directives in its progress, and no script of ours", async (t) => {
    t.match(built.output, /DHI-NATIVE libgdiplus/);
    t.notMatch(built.output, /apt-get|set -eu|dhi--scripts/);
  });

  t.test("draws a chart that can be read", async (t) => {
    const ran = await used.docker(["run", "--rm", image], { reject: false, encoding: "buffer" });
    t.notOk(ran.failed, "runs", { stderr: Buffer.from(ran.stderr ?? []).toString() });
    t.equal(Buffer.from(ran.stderr ?? []).toString(), "", "without a word");
    const chart = PNG.sync.read(Buffer.from(ran.stdout ?? []));
    t.same([chart.width, chart.height], [800, 480]);
    for (const [name, box, columns] of TEXTS) {
      t.ok(inkedColumns(chart, box) >= columns, `${name}: ${inkedColumns(chart, box)} columns with ink`);
    }
    for (const [name, box] of EMPTY) t.equal(inkedColumns(chart, box), 0, `no ink ${name}`);
    t.ok(inkedColumns(chart, [670, 200, 736, 400]) >= 60, "the highest bar is filled");
  });

  t.test("is built again after an edit without a graft step", async (t) => {
    // A graft that builds beside each other made may be made anew once (README.md).
    const edit = (text: string) => writeFileSync(join(folder, "Edited.cs"), `// ${text} ${Date.now()}\n`);
    edit("first");
    await build(used, { image, folder, dockerfile: { text }, options });
    edit("second");
    const again = await build(used, { image, folder, dockerfile: { text }, options });
    t.notOk(again.failed, "builds", { output: again.output });
    const states = stepStates(again.output);
    const grafts = [...states].filter(([name]) => name.includes("DHI-NATIVE"));
    t.ok(grafts.length >= 3, `${grafts.length} steps of the directive`);
    for (const [name, state] of grafts) t.equal(state, "CACHED", name);
    const compiled = [...states].find(([name]) => /RUN .*(publish|mcs)/.test(name));
    t.match(compiled?.[1], /^DONE/, "the program is compiled again");
  });

  t.test("can't draw without the directive", async (t) => {
    const without = text.replace(/^DHI-NATIVE.*\n/m, "");
    const plain = await build(used, { image: `${image}:without`, folder, dockerfile: { text: without }, options });
    t.notOk(plain.failed, "builds", { output: plain.output });
    const ran = await used.docker(["run", "--rm", `${image}:without`], { reject: false, all: true });
    t.equal(ran.exitCode, 1);
    t.match(String(ran.all), /DllNotFoundException/);
  });
});

/** Where a text stands, and how many of its columns show ink at least: a little less than its letters are wide. */
const TEXTS: readonly (readonly [string, Box, number])[] = [
  ["title", [200, 16, 600, 54], 250],
  ["subtitle", [350, 54, 450, 78], 50],
  ["axis title, upright", [22, 210, 42, 300], 8],
  ["axis numbers", [60, 90, 94, 420], 15],
  ["value 234", [680, 98, 726, 116], 20],
  ["label libpq5", [135, 422, 200, 444], 30],
  ["label libgdiplus", [260, 422, 345, 444], 45],
  ["label libmagickwand", [370, 422, 500, 444], 70],
  ["label ffmpeg", [670, 422, 740, 444], 30],
];

const EMPTY: readonly (readonly [string, Box])[] = [
  ["left of the title", [0, 0, 190, 80]],
  ["right of the title", [610, 0, 800, 80]],
  ["between labels and lower edge", [0, 450, 800, 480]],
  ["between two labels", [200, 422, 250, 444]],
];

/** The steps of buildx's plain progress by name, each with how it ended: `CACHED`, `DONE 3.1s`. */
function stepStates(output: string): Map<string, string> {
  const names = new Map<string, string>();
  const states = new Map<string, string>();
  for (const [, step = "", said = ""] of output.matchAll(/^(#\d+) (.*)$/gm)) {
    const name = names.get(step);
    if (name === undefined) names.set(step, said);
    else if (/^(CACHED|DONE)/.test(said)) states.set(`${step} ${name}`, said);
  }
  return states;
}
