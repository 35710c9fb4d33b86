import t from "tap";
import { openLab } from "./conformance/lab.ts";
import { SYNTAX } from "./conformance/text.ts";
import { platformObstacle, platformStandIns } from "./engine/stand-ins/platforms.ts";
import { buildFor, machines } from "./platforms/images.ts";

// The least that must hold of a build for two platforms; platforms.full.ts and platforms-proof.full.ts have the rest.

const BASE = "dhi.io/static:20250419-glibc-debian13";

const lab = await openLab(t);
const obstacle = await platformObstacle(lab.engine);

t.test("a graft for two platforms", { skip: obstacle ?? false }, async (t) => {
  await platformStandIns(lab.engine, [BASE]);
  const options = ["--platform=linux/amd64,linux/arm64", "--no-cache-filter=final"];
  const built = await buildFor(lab, { options }, `${SYNTAX}\nFROM ${BASE} AS final\nDHI-NATIVE libgif7\n`);
  t.notOk(built.failed, "it builds", { output: built.output });
  for (const [platform, machine, folder] of [
    ["linux/amd64", 62, "x86_64-linux-gnu"],
    ["linux/arm64", 183, "aarch64-linux-gnu"],
  ] as const) {
    const entries = (await built.images.get(platform)?.entries(-1)) ?? [];
    t.same([...machines(entries).keys()], [machine], `${platform}: its own libraries`);
    t.ok(
      entries.some(({ path }) => path === `usr/lib/${folder}/libgif.so.7`),
      `${platform}: in its own folder`,
    );
  }
  t.match(
    built.output,
    /dhi: proven: (1 program or library loads|\d+ programs and libraries load) with the base's own loader \S*x86-64/,
  );
  t.match(
    built.output,
    /dhi: proven: (1 program or library loads|\d+ programs and libraries load) (by name|with the base's own loader \S*aarch64)/,
  );
});
