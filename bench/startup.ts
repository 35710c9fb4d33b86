import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { engine } from "../test/engine/engine.ts";
import { standIns } from "../test/engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "../test/frontend-image.ts";
import { median, paired } from "./paired.ts";

// What our frontend costs a build in which every step is cached: `docker buildx build` of the same file with and without the syntax line, in turns.
// --other=<image> measures another frontend image of the engine in the same turns, such as upstream's own.

const { values } = parseArgs({ options: { pairs: { type: "string", default: "20" }, other: { type: "string" } } });
const BASE = "dhi.io/debian-base:trixie";
const used = await engine();
const lent = await standIns(used, [BASE, `${BASE}-dev`]);
const frontend = await frontendImage(used);
const folder = mkdtempSync(join(tmpdir(), "dhi-bench-"));
const file = `FROM ${BASE}\nCOPY hello.txt /hello.txt\nENV A=1\n`;
const directive = `# syntax=${FRONTEND}\n${file}DHI-NATIVE libgif7\n`;
const forms: Readonly<Record<string, string>> = {
  builtin: file,
  ours: `# syntax=${FRONTEND}\n${file}`,
  "ours, with a directive": directive,
  "its expanded text, builtin": await expanded(directive),
  ...(values.other === undefined ? {} : { [values.other]: `# syntax=${values.other}\n${file}` }),
};

/** What the frontend makes of the file, without the syntax line. */
async function expanded(text: string): Promise<string> {
  const { stdout } = await execa("npx", ["tsx", "src/cli.ts", "expand", "-f", "-"], { input: text });
  return stdout.replace(/^# syntax=.*/, "#");
}

async function build(form: string): Promise<void> {
  const name = join(folder, `${Object.keys(forms).indexOf(form)}.Dockerfile`);
  const lines = [...lent.buildContextArgs, ...frontend.buildContextArgs];
  await used.docker(["buildx", "build", "--quiet", "--output=type=cacheonly", ...lines, `--file=${name}`, folder]);
}

try {
  writeFileSync(join(folder, "hello.txt"), "hello\n");
  Object.values(forms).forEach((text, index) => {
    writeFileSync(join(folder, `${index}.Dockerfile`), text);
  });
  const times = await paired(Object.keys(forms), { turns: Number(values.pairs) }, build);
  const base = times.get("builtin") ?? [];
  process.stdout.write("form                             median    ratio to builtin (median of pairs)\n");
  for (const [form, all] of times) {
    const ratio = median(all.map((time, index) => time / (base[index] ?? Number.NaN)));
    process.stdout.write(`${form.padEnd(30)} ${median(all).toFixed(0).padStart(6)} ms   ${ratio.toFixed(2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
