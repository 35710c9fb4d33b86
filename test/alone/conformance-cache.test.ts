import { join } from "node:path";
import t from "tap";
import { bench, benchOn, HARDENED, OURS, WITH_SHELL } from "../conformance/bench.ts";
import { registry } from "../conformance/registry.ts";
import { handOver, ownEngine } from "../conformance/second-engine.ts";
import { steps } from "../conformance/steps.ts";
import { FRONTEND } from "../frontend-image.ts";

// A build's cache, taken to an engine that has built nothing yet: every step is CACHED there, generated ones too.

const files = { "hello.txt": "hello\n" };
const here = await bench(t, files);

if (here.engine.kind === "host") {
  t.comment("skipped: builds go to the user's own engine here, and a second one can't be made");
} else {
  const text = `${OURS}FROM ${WITH_SHELL} AS work
RUN echo ${process.pid} >/made
FROM ${HARDENED} AS final
DHI-NATIVE libargon2-1
COPY hello.txt /
COPY --from=work /made /
`;
  const address = await registry(t);
  const cache = join(here.fresh(), "cache");
  const image = `${address}/app:1`;
  const pushed = `--output=type=image,name=${image},push=true`;
  t.teardown(() => here.engine.docker(["image", "rm", "--force", image], { reject: false }));

  const second = await ownEngine(t);
  await handOver(here.engine, second, [FRONTEND, HARDENED, `${HARDENED}-dev`, WITH_SHELL]);
  const there = benchOn(t, files, second);

  const all = [
    { way: "local", to: `type=local,dest=${cache},mode=max`, from: `type=local,src=${cache}` },
    {
      way: "registry",
      to: `type=registry,ref=${address}/cache:1,mode=max`,
      from: `type=registry,ref=${address}/cache:1`,
    },
    { way: "inline", to: "type=inline", from: `type=registry,ref=${image}`, exporter: [pushed] },
  ];
  // A cache of all steps, and one of the image's own layers; the quick suite has one of each.
  const ways = process.env.DHI_FULL ? all : all.filter(({ way }) => way !== "local");
  for (const { way, to, from, exporter = [] } of ways) {
    t.test(`cache of type ${way}`, async (t) => {
      const exported = await here.run(text, [`--cache-to=${to}`, ...exporter]);
      t.notOk(exported.failed, "exports", { output: exported.output });
      const empty = await there.run(text, ["--progress=rawjson", "--no-cache-filter=work", `--cache-from=${from}`]);
      const ran = steps(empty.output).filter(({ cached }) => !cached);
      t.match(ran, [{ name: /^\[work 2\/2\] RUN/ }], "what may not come from the cache runs");
      t.equal(ran.length, 1);
      await second.docker(["builder", "prune", "--all", "--force"]);

      const imported = await there.run(text, ["--progress=rawjson", `--cache-from=${from}`]);
      t.notOk(imported.failed, "builds", { output: imported.output });
      const found = steps(imported.output);
      t.ok(found.filter(({ name }) => name.includes("DHI-NATIVE")).length >= 3);
      t.strictSame(
        found.filter(({ cached }) => !cached),
        [],
        "nothing runs",
      );
      await second.docker(["builder", "prune", "--all", "--force"]);

      const edited = text.replace("COPY hello.txt /\n", "COPY hello.txt /edited\n");
      const again = await there.run(edited, ["--progress=rawjson", `--cache-from=${from}`]);
      t.notOk(again.failed, "builds an edit of the application", { output: again.output });
      const run = steps(again.output).flatMap(({ cached, name }) => (cached ? [] : [name]));
      t.ok(
        run.some((name) => /VERIFY/.test(name)),
        "which is checked",
      );
      // The layer itself is brought for the check to look at.
      const grafted = run.filter((name) => /DHI-NATIVE.*: (packages|proof)$/.test(name));
      t.same(grafted, [], "and neither packages nor proof run for it, which are in no layer of the image");
      await second.docker(["builder", "prune", "--all", "--force"]);
    });
  }
}
