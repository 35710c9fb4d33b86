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

// The graft against the classic way, from `apt-get update` on: install in the dev image, then copy the folders that libraries, data, configuration and
// programs lie in. Both on the same base, in turns, nothing from the cache. --sets=<gauntlet entries>, --turns=<number>.

const SETS = "libgdiplus,libpq5,libmagickwand,ffmpeg,git,curl,libsqlite3-0,ghostscript";
const { values } = parseArgs({
  options: { sets: { type: "string", default: SETS }, turns: { type: "string", default: "3" } },
});
const BASE = "dhi.io/static:20250419-glibc-debian13";
const BUILDER = "dhi.io/debian-base:trixie-dev";
const FULL = "debian:trixie-slim";

const used = await engine();
const lent = await standIns(used, [BASE, BUILDER, FULL]);
const frontend = await frontendImage(used);
const folder = mkdtempSync(join(tmpdir(), "dhi-bench-"));
const arguments_ = [...lent.buildContextArgs, ...frontend.buildContextArgs];

/** The Dockerfiles of a set. dpkg need not wait for the disk, as in Docker's official images; lists and downloads stay where they are made. */
function forms(lines: readonly string[]) {
  const tool = lines.some((line) => line.startsWith("DHI-TOOL"));
  const install = `RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y -o Dpkg::Options::=--force-unsafe-io --no-install-recommends ${wordsOf(lines).join(" ")}\n`;
  const folders = ["/usr/lib/", "/usr/share/", "/etc/", ...(tool ? ["/usr/bin/"] : [])];
  return {
    graft: `# syntax=${FRONTEND}\nFROM ${BASE}\n${lines.join("\n")}\n`,
    classic: `FROM ${BUILDER} AS install\n${install}FROM ${BASE}\n${folders.map((path) => `COPY --from=install ${path} ${path}\n`).join("")}`,
    full: `FROM ${FULL}\n${install.trimEnd()} && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb\n`,
  };
}

/** Builds, and returns how long each step took: `#12 [name] instruction`, then `#12 DONE 1.2s` (buildx' plain progress). */
async function steps(text: string, image?: string): Promise<Map<string, number>> {
  const options = [...arguments_, ...(image === undefined ? ["--no-cache"] : [])];
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
  const image = "dhi-bench/graft:13";
  await steps(text, image);
  const before = await readImageFiles(used, base);
  const files = [...(await readImageFiles(used, image)).values()].filter(({ type }) => type !== "folder");
  const added = files.filter(({ path }) => !before.has(path));
  const bytes = (list: typeof files) => list.reduce((sum, { size }) => sum + size, 0);
  await used.docker(["image", "rm", "--force", image]);
  return { files: added.length, bytes: bytes(added), image: bytes(files) };
}

const lentName = (image: string) => (used.kind === "private" ? image : `dhi-stand-in/${image}`);
const number = (value: number, digits = 1) => value.toFixed(digits);
const load = () =>
  loadavg()
    .map((value) => number(value))
    .join(" ");
const entries = readEntries();
const sums = { graft: 0, classic: 0 };

try {
  process.stdout.write(`Docker ${used.version}, BuildKit ${used.buildkit}; load at the beginning: ${load()}\n\n`);
  process.stdout.write(
    "| set | graft s | classic s | ratio | graft files, MB | classic files, MB | image MB: graft | classic | on Debian |\n",
  );
  process.stdout.write("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (const name of values.sets.split(",")) {
    const lines = entries.find((entry) => entry.name === name)?.lines["13"];
    if (lines === undefined) throw new Error(`no gauntlet entry ${name}`);
    const texts = forms(lines);
    const parts = { graft: new Map<string, number[]>(), classic: new Map<string, number[]>() };
    const times = await paired(["graft", "classic"], Number(values.turns), async (form) => {
      if (form !== "graft" && form !== "classic") throw new Error(form);
      for (const [step, seconds] of await steps(texts[form]))
        parts[form].set(step, [...(parts[form].get(step) ?? []), seconds]);
    });
    const graft = (times.get("graft") ?? []).map((time) => time / 1000);
    const classic = (times.get("classic") ?? []).map((time) => time / 1000);
    const ratio = median(graft.map((time, index) => time / (classic[index] ?? Number.NaN)));
    sums.graft += median(graft);
    sums.classic += median(classic);
    const [ours, theirs, full] = [
      await weigh(texts.graft, lentName(BASE)),
      await weigh(texts.classic, lentName(BASE)),
      await weigh(texts.full, lentName(FULL)),
    ];
    const megabytes = (bytes: number) => number(bytes / 1e6);
    process.stdout.write(
      `| ${lines.join(", ")} | ${number(median(graft))} | ${number(median(classic))} | ${number(ratio, 2)} | ${ours.files}, ${megabytes(ours.bytes)} | ${theirs.files}, ${megabytes(theirs.bytes)} | ${megabytes(ours.image)} | ${megabytes(theirs.image)} | ${megabytes(full.image)} |\n`,
    );
    const told = (all: ReadonlyMap<string, readonly number[]>) =>
      [...all]
        .filter(([, list]) => median(list) >= 0.2)
        .map(([step, list]) => `${step}: ${number(median(list))} s`)
        .join("; ");
    process.stderr.write(
      `${name}, load ${load()}\n  graft ${graft.map((time) => number(time)).join(" ")}: ${told(parts.graft)}\n`,
    );
    process.stderr.write(`  classic ${classic.map((time) => number(time)).join(" ")}: ${told(parts.classic)}\n`);
  }
  process.stdout.write(
    `| sum of medians | ${number(sums.graft)} | ${number(sums.classic)} | ${number(sums.graft / sums.classic, 2)} | | | | | |\n`,
  );
  process.stdout.write(`\nload at the end: ${load()}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
