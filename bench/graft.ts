import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { engine } from "../test/engine/engine.ts";
import { standIns } from "../test/engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "../test/frontend-image.ts";
import { readEntries, wordsOf } from "../test/gauntlet/entries.ts";
import { readImageFiles } from "../test/image-files.ts";
import { median, paired } from "./paired.ts";
import { type Step, stepsOf } from "./timeline.ts";

// A graft against the classic way, both from `apt-get update` on: what a line of DHI-NATIVE or DHI-TOOL becomes (packages, proof, COPY), and the same with
// the check of the finished stage, against installing in the dev image and copying the folders that libraries, data, configuration and programs lie in.
// All on the same base, in turns, nothing from the cache, to the image in the engine. The classic way is timed as people write it, and once more with a dpkg
// that does not wait for the disk. Below the table stands the time of whole builds, from the call of docker on, with the start of the frontends.
// --sets=<gauntlet entries, or all>, --turns=<number>, --times: no weighing of the images, --warm: the builder's cache mounts stay, --no-image: the steps
// alone, without making an image of their result.

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
    graft: `# syntax=${FRONTEND}\nFROM ${BASE}\n${lines.join("\n")}\nDHI-VERIFY off\n`,
    checked: `# syntax=${FRONTEND}\nFROM ${BASE}\n${lines.join("\n")}\n`,
    classic: copied(install()),
    unsafe: copied(unsafe),
    full: `FROM ${FULL}\n${unsafe.trimEnd()} && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb\n`,
  };
}

/** Builds, and returns the steps that ran. */
async function steps(
  text: string,
  { image, cold }: { image?: string | undefined; cold: boolean },
): Promise<readonly Step[]> {
  const output = image === undefined ? ["--output=type=cacheonly"] : ["--load", "--tag", image];
  // --no-cache begins with empty cache mounts, too.
  const options = [...arguments_, ...(cold ? ["--no-cache"] : [])];
  const { failed, all } = await used.docker(
    ["buildx", "build", "--progress=rawjson", ...output, "--file", "-", ...options, folder],
    { reject: false, all: true, input: text, maxBuffer: 1e9 },
  );
  if (failed) throw new Error(String(all));
  return stepsOf(String(all));
}

/** Seconds from the begin of the step that asks for package lists to the end of the build. */
function fromUpdate(all: readonly Step[]): number {
  const update = all.find(({ name }) => /: packages$|apt-get update/.test(name));
  if (update === undefined) throw new Error(`no step of packages in ${all.map(({ name }) => name).join(", ")}`);
  return (Math.max(...all.map(({ end }) => end)) - update.begin) / 1000;
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
const FORMS = ["graft", "checked", "classic", "unsafe"] as const;
type Form = (typeof FORMS)[number];
type Seconds = Record<Form, number[]>;
const none = (): Seconds => ({ graft: [], checked: [], classic: [], unsafe: [] });
const sets = values.sets === "all" ? entries.map(({ name }) => name) : values.sets.split(",");

/** Times the forms of a set in turns: from the update on, and whole builds. Of one turn alone the sets take turns in who begins. */
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
  const updates = none();
  const times = await paired(order, { turns, untimed: turns > 1 ? 1 : 0, prepare }, async (form) => {
    const all = await steps(texts[form], { image, cold: !values.warm });
    updates[form] = [...updates[form], fromUpdate(all)].slice(-turns);
    for (const { name, begin, end } of all.filter((step) => !step.name.includes("[internal]"))) {
      parts.get(form)?.set(name, [...(parts.get(form)?.get(name) ?? []), (end - begin) / 1000]);
    }
  });
  const whole = none();
  for (const [form, list] of times) whole[form] = list.map((time) => time / 1000);
  return { updates, whole, parts };
}

/** Files and bytes of the forms' images, as cells of the table. */
async function weighed(lines: readonly string[]): Promise<string> {
  const texts = forms(lines);
  const [ours, theirs, full] = [
    await weigh(texts.checked, lentName(BASE)),
    await weigh(texts.unsafe, lentName(BASE)),
    await weigh(texts.full, lentName(FULL)),
  ];
  const megabytes = (bytes: number) => number(bytes / 1e6);
  const added = [ours, theirs].map(({ files, bytes }) => `${files}, ${megabytes(bytes)}`).join(" | ");
  return `${added} | ${[ours, theirs, full].map(({ image }) => megabytes(image)).join(" | ")}`;
}

const ratioOf = (one: readonly number[], other: readonly number[]) =>
  number(median(one.map((time, index) => time / (other[index] ?? Number.NaN))), 2);

const row = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
/** Seconds of the forms, and of grafts and checked grafts as parts of the classic form. */
const timeCells = ({ graft, checked, classic, unsafe }: Seconds) => [
  ...[graft, checked, classic].map((list) => number(median(list))),
  ratioOf(graft, classic),
  ratioOf(checked, classic),
  number(median(unsafe)),
  ratioOf(graft, unsafe),
];

try {
  process.stdout.write(`Docker ${used.version}, BuildKit ${used.buildkit}; load at the beginning: ${load()}\n\n`);
  const more = values.times ? [] : ["graft files, MB", "classic files, MB", "image MB: graft", "classic", "on Debian"];
  const heads = ["graft s", "with check s", "classic s", "ratio", "with check", "classic without fsync s", "ratio"];
  row(["set", ...heads, ...more]);
  process.stdout.write(`| --- |${" ---: |".repeat(heads.length + more.length)}\n`);
  const sums = { updates: none(), whole: none() };
  for (const [index, name] of sets.entries()) {
    const lines = entries.find((entry) => entry.name === name)?.lines["13"];
    if (lines === undefined) throw new Error(`no gauntlet entry ${name}`);
    const { updates, whole, parts } = await timed(lines, index);
    for (const form of FORMS) {
      sums.updates[form] = [(sums.updates[form][0] ?? 0) + median(updates[form])];
      sums.whole[form] = [(sums.whole[form][0] ?? 0) + median(whole[form])];
    }
    row([lines.join(", "), ...timeCells(updates), ...(values.times ? [] : [await weighed(lines)])]);
    for (const [form, all] of parts) {
      const told = [...all].filter(([, list]) => median(list) >= 0.2);
      const text = told.map(([step, list]) => `${step.slice(0, 60)}: ${number(median(list))} s`).join("; ");
      process.stderr.write(`${name}, ${form}, load ${load()}: ${text}\n`);
    }
    // Hundreds of cold builds would fill the disk of an engine that is there for nothing else.
    // --max-used-space frees nothing here (Docker 28.5).
    if (used.kind === "private") await used.docker(["buildx", "prune", "--all", "--force", "--filter=until=3m"]);
  }
  const blank = more.map(() => "");
  row(["sum", ...timeCells(sums.updates), ...blank]);
  row(["sum of whole builds", ...timeCells(sums.whole), ...blank]);
  process.stdout.write(`\nload at the end: ${load()}\n`);
} finally {
  await removeImage();
  rmSync(folder, { recursive: true });
}
