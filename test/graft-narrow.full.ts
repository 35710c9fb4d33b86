import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { graftScripts } from "../src/graft/scripts.ts";
import { build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { readEntries, wordsOf } from "./gauntlet/entries.ts";

// apt decides the same from the short lists that it is left with as from the archive's whole ones: for all words of the gauntlet, and for packages
// with large closures, virtual names, many alternatives.

const MORE =
  "python3 postgresql-client default-jre libreoffice-core gnome-core php-cli ruby tex-common systemd mailutils emacs";
const used = await engine();
for (const [release, suite] of [
  ["13", "trixie"],
  ["12", "bookworm"],
] as const) {
  t.test(`Debian ${release}`, async (t) => {
    const builder = `dhi.io/debian-base:${suite}-dev`;
    const lent = await standIns(used, [builder]);
    const folder = mkdtempSync(join(tmpdir(), "dhi-narrow-"));
    t.teardown(() => rmSync(folder, { recursive: true }));
    for (const name of ["narrow.sh", "reach-names.awk", "packages.txt"]) {
      writeFileSync(join(folder, name), graftScripts[name] ?? "");
    }
    copyFileSync(join(import.meta.dirname, "graft/narrow-compare.sh"), join(folder, "narrow-compare.sh"));
    const lines = readEntries().flatMap((entry) => entry.lines[release] ?? []);
    const words = [...new Set([...wordsOf(lines), ...MORE.split(" ")])].join(" ");
    const text = `FROM ${builder}\nRUN --mount=type=bind,target=/compare --mount=type=tmpfs,target=/t sh /compare/narrow-compare.sh ${words}\n`;
    const options = [...lent.buildContextArgs, "--network=host", "--no-cache"];
    const { failed, output } = await build(used, { folder, dockerfile: { text }, options });
    t.notOk(failed, output);
    t.match(output, `asked ${words.split(" ").length} words`);
    t.notMatch(output, /differs|other names|no answer/);
  });
}
