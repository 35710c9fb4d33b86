import t from "tap";
import { engine } from "./engine/engine.ts";
import { check } from "./gauntlet/check.ts";
import { heatsOf, readEntries } from "./gauntlet/entries.ts";
import { makeProbes, makeServer } from "./gauntlet/images.ts";

// One package of each kind: plain closure, data, alternatives, plugin, tool. gauntlet.full.ts runs them all.

const entries = readEntries().filter(({ kind }) => kind !== undefined);
const used = await engine();

t.test("a probe of each kind", async (t) => {
  t.same(entries.map(({ kind }) => kind).sort(), ["alternatives", "data", "plain closure", "plugin", "tool"]);
  await makeProbes(used, entries, "13");
  for (const { server } of entries) if (server) await makeServer(used, server);
  for (const heat of heatsOf(entries, ["13"])) {
    await t.test(`${heat.entry.kind}: ${heat.lines.join(", ")}`, async (t) => {
      await check(t, used, heat);
    });
  }
});
