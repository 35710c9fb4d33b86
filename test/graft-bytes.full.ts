import t from "tap";
import { type Bench, bench, benchOn, HARDENED, OURS } from "./conformance/bench.ts";
import { handOver, ownEngine } from "./conformance/second-engine.ts";
import { FRONTEND } from "./frontend-image.ts";

// The same inputs give the same bytes: cold builds, one after the other and on another engine with a store of its own.

const text = `${OURS}FROM ${HARDENED}
DHI-NATIVE libgdiplus
DHI-TOOL --without=*/locale/* curl jq
`;

/** The digests of an image's unpacked layers (OCI image specification, DiffID), of a build that takes nothing from the cache. */
async function layers({ run, engine }: Bench): Promise<string[]> {
  const name = "dhi-graft-test:bytes";
  const built = await run(text, ["--no-cache", "--load", "--provenance=false", `--tag=${name}`]);
  if (built.failed) throw new Error(built.output);
  return layersOf(engine, name);
}

async function layersOf(engine: Bench["engine"], image: string): Promise<string[]> {
  const { stdout } = await engine.docker(["image", "inspect", "--format", "{{json .RootFS.Layers}}", image]);
  return JSON.parse(String(stdout));
}

t.test("two cold builds, and a third on another engine", async (t) => {
  const here = await bench(t, {});
  const first = await layers(here);
  const base = await layersOf(here.engine, HARDENED);
  t.same(first.slice(0, base.length), base, "the base's layers come first");
  t.ok(first.length > base.length);
  t.same(await layers(here), first);
  if (here.engine.kind === "host") {
    t.comment("not on a second engine: builds go to the user's own here");
    return;
  }
  const other = await ownEngine(t, { store: "classic" });
  await handOver(here.engine, other, [FRONTEND, HARDENED, `${HARDENED}-dev`]);
  t.same(await layers(benchOn(t, {}, other)), first);
});
