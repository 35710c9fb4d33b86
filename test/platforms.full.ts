import t from "tap";
import { expansion } from "./conformance/buildx.ts";
import { openLab } from "./conformance/lab.ts";
import { predicates } from "./conformance/oci-layout.ts";
import { SYNTAX } from "./conformance/text.ts";
import { loadIndex } from "./engine/stand-ins/image-index.ts";
import { platformObstacle, platformStandIns } from "./engine/stand-ins/platforms.ts";
import { standIns } from "./engine/stand-ins.ts";
import { buildFor, machines } from "./platforms/images.ts";

// Directives in builds for several platforms. The packages of another platform are taken, placed and proven on the build's own.

const BASE = "dhi.io/debian-base:trixie";
const STATIC = "dhi.io/static:20250419-glibc-debian13";
const BOTH = "--platform=linux/amd64,linux/arm64";
const X86 = 62;
const ARM = 183;

const lab = await openLab(t);
const obstacle = await platformObstacle(lab.engine);
if (obstacle !== undefined) {
  t.plan(0, `builds for several platforms can't be tested: ${obstacle}`);
  process.exit();
}
await platformStandIns(lab.engine, [BASE, STATIC]);

const FILE = `${SYNTAX}\nFROM ${BASE} AS final\nDHI-NATIVE libgdiplus\n`;

t.test("one text serves both, and each platform gets its own packages", async (t) => {
  const built = await buildFor(lab, { options: [BOTH] }, FILE);
  t.notOk(built.failed, "it builds", { output: built.output });
  const text = await expansion(lab, { context: lab.folder({ Dockerfile: FILE }), options: [BOTH] });
  t.match(text, "FROM --platform=$BUILDPLATFORM dhi.io/debian-base:trixie-dev AS dhi--native--final\nARG TARGETARCH");

  for (const [platform, machine, triplet, other] of [
    ["linux/amd64", X86, "x86_64-linux-gnu", "aarch64"],
    ["linux/arm64", ARM, "aarch64-linux-gnu", "x86_64"],
  ] as const) {
    const image = built.images.get(platform);
    t.ok(image, platform);
    if (!image) continue;
    const graft = await image.entries(-1);
    const found = machines(graft);
    t.same([...found.keys()], [machine], `${platform}: every program and library is for it`, { found });
    t.ok((found.get(machine)?.length ?? 0) > 40, `${platform}: ${found.get(machine)?.length} files`);
    const paths = graft.map(({ path, target = "" }) => `${path} ${target}`);
    t.ok(
      paths.some((path) => path.includes(`usr/lib/${triplet}/libcairo.so.2`)),
      `${platform}: in its own folder`,
    );
    t.same(
      paths.filter((path) => path.includes(other)),
      [],
      `${platform}: no path of the other`,
    );
    const architectures = graft
      .filter(({ path }) => path.startsWith("var/lib/dpkg/status.d/") && !path.endsWith(".md5sums"))
      .filter(({ type }) => type === "file")
      .map(({ content }) => /^Architecture: (.*)$/m.exec(String(content))?.[1] ?? "none");
    const own = platform.replace("linux/", "");
    t.same([...new Set(architectures)].sort(), ["all", own].sort(), `${platform}: what the records say`);
    t.ok(architectures.filter((name) => name === own).length > 30);
    const history = (image.config.history ?? []).map((step) => step.created_by?.replace(/ #.*/, ""));
    t.same(history, ["stand-in", "COPY /out/ /", "COPY /empty/ /"], `${platform}: one COPY, and the check's`);
  }
});

t.test("the graft of one platform is the same alone and beside another", async (t) => {
  const both = await buildFor(lab, { options: [BOTH, "--no-cache-filter=final"] }, FILE);
  const alone = await buildFor(lab, { options: ["--platform=linux/arm64", "--no-cache-filter=final"] }, FILE);
  t.match(alone.output, "DHI-NATIVE libgdiplus for Debian 13 (trixie), arm64", "the packages were taken again");
  const layers = (built: typeof both) => built.images.get("linux/arm64")?.config.rootfs?.diff_ids;
  t.same(layers(alone), layers(both));
  t.equal(layers(both)?.length, 3, "base, graft, and the empty one of the check");
});

t.test("stages of the build's platform and of a fixed one", async (t) => {
  const text = `${SYNTAX}
FROM --platform=$BUILDPLATFORM ${BASE} AS here
DHI-NATIVE libgif7
FROM --platform=linux/arm64 ${BASE} AS there
DHI-NATIVE libgif7
FROM ${STATIC}
DHI-NATIVE libpng16-16t64
COPY --from=here /usr/lib /here
COPY --from=there /usr/lib /there
`;
  const built = await buildFor(lab, { options: [BOTH] }, text);
  t.notOk(built.failed, "it builds", { output: built.output });
  for (const [platform, own] of [
    ["linux/amd64", X86],
    ["linux/arm64", ARM],
  ] as const) {
    const image = built.images.get(platform);
    const libraries = async (layer: number, name: string) => {
      const entries = (await image?.entries(layer)) ?? [];
      return [...machines(entries.filter(({ path }) => path.includes(name))).keys()];
    };
    t.same(await libraries(-3, "libpng16"), [own], `${platform}: the final stage`);
    t.same(await libraries(-2, "here/x86_64-linux-gnu/libgif"), [X86], `${platform}: a stage of the build's platform`);
    t.same(await libraries(-1, "there/aarch64-linux-gnu/libgif"), [ARM], `${platform}: a stage of a fixed platform`);
  }
});

const DIFFERS = "dhi-test/differs:1";
const OLD_STATIC = "dhi.io/static:20250419-glibc-debian12";

t.test("a base that is another release on another platform", async (t) => {
  await platformStandIns(lab.engine, [OLD_STATIC]);
  await standIns(lab.engine, ["dhi.io/debian-base:bookworm-dev"]);
  t.teardown(() => lab.engine.docker(["image", "rm", "--force", DIFFERS]));
  await loadIndex(lab.engine, DIFFERS, [
    { architecture: "amd64", from: { image: STATIC } },
    { architecture: "arm64", from: { image: OLD_STATIC } },
  ]);
  const text = `${SYNTAX}\nFROM ${DIFFERS} AS final\nDHI-NATIVE libpng16-16 --wrong\n`;
  const wrong = await buildFor(lab, { options: [BOTH] }, text);
  t.match(wrong.output, "Dockerfile:3", "a mistake is told at the user's line");

  const file = `${SYNTAX}\nFROM ${DIFFERS} AS final\nDHI-NATIVE libgif7\n`;
  const options = [BOTH, "--no-cache-filter=final", "--provenance=mode=max"];
  const built = await buildFor(lab, { options }, file);
  t.notOk(built.failed, "it builds", { output: built.output });
  t.same([...built.images.keys()], ["linux/amd64", "linux/arm64"], "one index");
  for (const [platform, machine, release, builder] of [
    ["linux/amd64", X86, "Debian 13 (trixie), amd64", "trixie-dev"],
    ["linux/arm64", ARM, "Debian 12 (bookworm), arm64", "bookworm-dev"],
  ] as const) {
    const image = built.images.get(platform);
    t.ok(built.output.includes(`DHI-NATIVE libgif7 for ${release}`), `${platform}: ${release}`, {
      output: built.output,
    });
    t.same([...machines((await image?.entries(-1)) ?? []).keys()], [machine], `${platform}: its own libraries`);
    const provenance = JSON.stringify(predicates(image, "provenance"));
    t.match(provenance, `debian-base@${builder}`.replace("@", ":"), `${platform}: its provenance names its builder`);
    t.match(provenance, "DHI-NATIVE libgif7", `${platform}: and the user's file`);
  }
  const alone = await buildFor(lab, { options: ["--platform=linux/arm64", "--no-cache-filter=final"] }, file);
  const layers = (from: typeof built) => from.images.get("linux/arm64")?.config.rootfs?.diff_ids;
  t.same(layers(alone), layers(built), "the same layers as when it is built alone");
});

t.test("a stage for each platform, on bases of different kinds", async (t) => {
  const text = `${SYNTAX}
FROM ${BASE} AS base-amd64
FROM ${STATIC} AS base-arm64
FROM base-$TARGETARCH AS final
DHI-NATIVE libgif7
`;
  const built = await buildFor(lab, { options: [BOTH] }, text);
  t.notOk(built.failed, "it builds", { output: built.output });
  for (const [platform, machine, base] of [
    ["linux/amd64", X86, BASE],
    ["linux/arm64", ARM, STATIC],
  ] as const) {
    const image = built.images.get(platform);
    t.same([...machines((await image?.entries(-1)) ?? []).keys()], [machine], platform);
    const { stdout } = await lab.engine.docker([
      "image",
      "inspect",
      `--platform=${platform}`,
      "--format={{json .RootFS.Layers}}",
      base,
    ]);
    const layers: string[] = JSON.parse(String(stdout));
    t.same(image?.config.rootfs?.diff_ids.slice(0, layers.length), layers, `${platform}: on ${base}`);
  }
});
