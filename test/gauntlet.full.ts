import { writeFileSync } from "node:fs";
import t from "tap";
import { engine } from "./engine/engine.ts";
import { check, type Row } from "./gauntlet/check.ts";
import { heatsOf, type Release, readEntries } from "./gauntlet/entries.ts";
import { makeProbes, makeServer } from "./gauntlet/images.ts";
import { packagesPage } from "./gauntlet/packages-page.ts";
import { trivy } from "./scanner.ts";

// Every package of test/gauntlet/packages on every release it names. GAUNTLET=<name> runs only those whose name begins so, and DHI_TABLE=1 grafts
// them anew and writes docs/packages.md.

const RELEASES: readonly Release[] = ["13", "12"];
const entries = readEntries();
const chosen = entries.filter(({ name }) => name.startsWith(process.env.GAUNTLET ?? ""));
const fresh = process.env.DHI_TABLE === "1";
const used = await engine();
const scanner = await trivy();
const rows: Row[] = [];

t.test("the gauntlet", { timeout: 3_600_000 }, async (t) => {
  for (const release of RELEASES) await makeProbes(used, entries, release);
  for (const { server } of chosen) if (server) await makeServer(used, server);
  for (const heat of heatsOf(chosen, RELEASES)) {
    await t.test(`${heat.entry.name} on Debian ${heat.release}`, async (t) => {
      const row = await check(t, used, heat, { fresh, scanner });
      if (row) rows.push(row);
    });
  }
});

t.test("the gauntlet is as long as it must be", async (t) => {
  t.ok(heatsOf(entries, ["13"]).length >= 25, "25 packages on Debian 13");
  t.ok(heatsOf(entries, ["12"]).length >= 10, "ten of them on Debian 12");
});

t.teardown(() => {
  if (fresh && t.passing()) writeFileSync(new URL("../docs/packages.md", import.meta.url), packagesPage(rows, used));
});
