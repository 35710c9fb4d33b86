import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../test/build.ts";
import { engine } from "../test/engine/engine.ts";
import { standIns } from "../test/engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "../test/frontend-image.ts";
import { readEntries, wordsOf } from "../test/gauntlet/entries.ts";
import { readImageFiles } from "../test/image-files.ts";
import { median, paired } from "./paired.ts";

// The graft against the classic way, from `apt-get update` to the image in the engine: install in the dev image, then copy the folders that libraries,
// data, configuration and programs lie in. Both on the same base, in turns, nothing from the cache. The classic way is timed as people write it, and once
// more with a dpkg that does not wait for the disk. --sets=<gauntlet entries, or all>, --turns=<number>, --times: no weighing of the images, --warm: the
// builder's cache mounts stay, --no-image: the steps alone, without making an image of their result.

const SETS = "libgdiplus,libpq5,libmagickwand,ffmpeg,git,curl,libsqlite3-0,ghostscript";
const { values } = parseArgs({
  options: {
    sets: { type: "string", default: SETS },
    turns: { type: "string", default: "3" },
    times: { type: "boolean", default: false },
    warm: { type: "boolean", default: false },
    "no-image": { type: "boolean", default: false },
  },
});
const BASE = "dhi.io/static:20250419-glibc-debian13";
const BUILDER = "dhi.io/debian-base:trixie-dev";
const FULL = "debian:trixie-slim";
const IMAGE = "dhi-bench/graft:13";

const used = await engine();
const lent = await standIns(used, [BASE, BUILDER, FULL]);
const frontend = await frontendImage(used);
const folder = mkdtempSync(join(tmpdir(), "dhi-bench-"));
const arguments_ = [...lent.buildContextArgs, ...frontend.buildContextArgs];

/** The Dockerfiles of a set. Docker's official images set --force-unsafe-io for dpkg. Lists and downloads stay where they are made. */
function forms(lines: readonly string[]) {
  const tool = lines.some((line) => line.startsWith("DHI-TOOL"));
  const install = (options = "") =>
    `RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y ${options}--no-install-recommends ${wordsOf(lines).join(" ")}\n`;
  const unsafe = install("-o Dpkg::Options::=--force-unsafe-io ");
  const folders = ["/usr/lib/", "/usr/share/", "/etc/", ...(tool ? ["/usr/bin/"] : [])];
  const copied = (run: string) =>
    `FROM ${BUILDER} AS install\n${run}FROM ${BASE}\n${folders.map((path) => `COPY --from=install ${path} ${path}\n`).join("")}`;
  return {
    graft: `# syntax=${FRONTEND}\nFROM ${BASE}\n${lines.join("\n")}\n`,
    classic: copied(install()),
    unsafe: copied(unsafe),
    full: `FROM ${FULL}\n${unsafe.trimEnd()} && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb\n`,
  };
}

/** Builds, and returns how long each step took: `#12 [name] instruction`, then `#12 DONE 1.2s` (buildx' plain progress). */
async function steps(
  text: string,
  { image, cold }: { image?: string | undefined; cold: boolean },
): Promise<Map<string, number>> {
  // --no-cache begins with empty cache mounts, too.
  const options = [...arguments_, ...(cold ? ["--no-cache"] : [])];
  const { failed, output } = await build(used, { folder, dockerfile: { text }, options, ...(image && { image }) });
  if (failed) throw new Error(output);
  const names = new Map([...output.matchAll(/^#(\d+) (\[.*)$/gm)].map(([, id = "", name = ""]) => [id, name]));
  const times = new Map<string, number>();
  for (const [, id = "", seconds] of output.matchAll(/^#(\d+) DONE ([\d.]+)s$/gm)) {
    const name = names.get(id);
    if (name !== undefined && !name.includes("[internal]")) times.set(name, Number(seconds));
  }
  return times;
}

/** Files, links and bytes of an image, and of what it has beside its base. */
async function weigh(text: string, base: string) {
  await steps(text, { image: IMAGE, cold: false });
  const before = await readImageFiles(used, base);
  const files = [...(await readImageFiles(used, IMAGE)).values()].filter(({ type }) => type !== "folder");
  const added = files.filter(({ path }) => !before.has(path));
  const bytes = (list: typeof files) => list.reduce((sum, { size }) => sum + size, 0);
  await removeImage();
  return { files: added.length, bytes: bytes(added), image: bytes(files) };
}

const removeImage = () => used.docker(["image", "rm", "--force", IMAGE], { reject: false });
const lentName = (image: string) => (used.kind === "private" ? image : `dhi-stand-in/${image}`);
const number = (value: number, digits = 1) => value.toFixed(digits);
const load = () =>
  loadavg()
    .map((value) => number(value))
    .join(" ");
const entries = readEntries();
const FORMS = ["graft", "classic", "unsafe"] as const;
type Form = (typeof FORMS)[number];
const sums: Record<Form, number> = { graft: 0, classic: 0, unsafe: 0 };
const sets = values.sets === "all" ? entries.map(({ name }) => name) : values.sets.split(",");

/** Times the forms of a set in turns. Of one turn alone the sets take turns in who begins. */
async function timed(lines: readonly string[], index: number) {
  const texts = forms(lines);
  const turns = Number(values.turns);
  const order = [...FORMS.slice(index % FORMS.length), ...FORMS.slice(0, index % FORMS.length)];
  const parts = new Map(FORMS.map((form) => [form, new Map<string, number[]>()]));
  const image = values["no-image"] ? undefined : IMAGE;
  const prepare = async () => {
    await removeImage();
    if (values.warm) await used.docker(["buildx", "prune", "--all", "--force", "--filter=type=regular"]);
  };
  const times = await paired(order, { turns, untimed: turns > 1 ? 1 : 0, prepare }, async (form) => {
    for (const [step, seconds] of await steps(texts[form], { image, cold: !values.warm })) {
      const all = parts.get(form);
      all?.set(step, [...(all.get(step) ?? []), seconds]);
    }
  });
  const seconds = (form: Form) => (times.get(form) ?? []).map((time) => time / 1000);
  return { graft: seconds("graft"), classic: seconds("classic"), unsafe: seconds("unsafe"), parts };
}

/** Files and bytes of the forms' images, as cells of the table. */
async function weighed(lines: readonly string[]): Promise<string> {
  const texts = forms(lines);
  const [ours, theirs, full] = [
    await weigh(texts.graft, lentName(BASE)),
    await weigh(texts.unsafe, lentName(BASE)),
    await weigh(texts.full, lentName(FULL)),
  ];
  const megabytes = (bytes: number) => number(bytes / 1e6);
  const added = [ours, theirs].map(({ files, bytes }) => `${files}, ${megabytes(bytes)}`).join(" | ");
  return `${added} | ${[ours, theirs, full].map(({ image }) => megabytes(image)).join(" | ")}`;
}

const ratioOf = (one: readonly number[], other: readonly number[]) =>
  number(median(one.map((time, index) => time / (other[index] ?? Number.NaN))), 2);

try {
  process.stdout.write(`Docker ${used.version}, BuildKit ${used.buildkit}; load at the beginning: ${load()}\n\n`);
  const more = values.times ? [] : ["graft files, MB", "classic files, MB", "image MB: graft", "classic", "on Debian"];
  const head = ["set", "graft s", "classic s", "ratio", "classic without fsync s", "ratio", ...more];
  process.stdout.write(`| ${head.join(" | ")} |\n| --- |${" ---: |".repeat(head.length - 1)}\n`);
  for (const [index, name] of sets.entries()) {
    const lines = entries.find((entry) => entry.name === name)?.lines["13"];
    if (lines === undefined) throw new Error(`no gauntlet entry ${name}`);
    const { graft, classic, unsafe, parts } = await timed(lines, index);
    sums.graft += median(graft);
    sums.classic += median(classic);
    sums.unsafe += median(unsafe);
    const cells = [
      lines.join(", "),
      number(median(graft)),
      number(median(classic)),
      ratioOf(graft, classic),
      number(median(unsafe)),
      ratioOf(graft, unsafe),
      ...(values.times ? [] : [await weighed(lines)]),
    ];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
    for (const [form, all] of parts) {
      const told = [...all].filter(([, list]) => median(list) >= 0.2);
      const text = told.map(([step, list]) => `${step.slice(0, 60)}: ${number(median(list))} s`).join("; ");
      process.stderr.write(`${name}, ${form}, load ${load()}: ${text}\n`);
    }
  }
  const { graft, classic, unsafe } = sums;
  process.stdout.write(
    `| sum | ${number(graft)} | ${number(classic)} | ${number(graft / classic, 2)} | ${number(unsafe)} | ${number(graft / unsafe, 2)} |${" |".repeat(more.length)}\n`,
  );
  process.stdout.write(`\nload at the end: ${load()}\n`);
} finally {
  await removeImage();
  rmSync(folder, { recursive: true });
}
