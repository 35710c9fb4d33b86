import t from "tap";
import { bench, HARDENED, OURS } from "./conformance/bench.ts";

// What the check leaves of itself in an image, in the progress and in what the builder is asked.

const used = await bench(t, { "hello.txt": "hello\n" });
const args = ["--provenance=false", "--sbom=false", "--build-arg=SOURCE_DATE_EPOCH=1700000000"];

const lines = `LABEL a=1 b="two words"
ENV OTHER=/y
COPY hello.txt /hello.txt
DHI-NATIVE libargon2-1
WORKDIR /place
USER 7:8
EXPOSE 8080
VOLUME /data
STOPSIGNAL SIGINT
HEALTHCHECK --interval=5s CMD ["/bin/sh"]
ENTRYPOINT ["/bin/sh"]
CMD ["-c", "true"]
`;
const file = (more = "") => `${OURS}# final is described here\nFROM ${HARDENED} AS final\n${lines}${more}`;

t.test("the image is the unchecked one and an empty layer", async (t) => {
  const checked = await used.image(file(), args);
  const plain = await used.image(file("DHI-VERIFY off\n"), args);
  const [ours, theirs] = [checked.images[0]?.config, plain.images[0]?.config];
  t.strictSame(ours?.config, theirs?.config, "user, environment, labels and all");
  const layers = ours?.rootfs?.diff_ids ?? [];
  t.strictSame(layers.slice(0, -1), theirs?.rootfs?.diff_ids);
  t.equal(
    layers.at(-1),
    "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    "an archive with nothing in it: 1024 zeros",
  );
  const steps = (history: typeof ours) => history?.history?.map(({ created_by }) => created_by ?? "") ?? [];
  t.strictSame(steps(ours).slice(0, -1), steps(theirs));
  t.equal(steps(ours).at(-1), "COPY /empty/ / # buildkit");
});

t.test("two cold builds give the same layers", async (t) => {
  const cold = async () => {
    const { images } = await used.image(file(), [...args, "--no-cache"]);
    return images[0]?.config.rootfs?.diff_ids?.at(-1);
  };
  t.equal(await cold(), await cold());
});

t.test("progress counts the user's lines, and says what the check is", async (t) => {
  const other = `FROM ${HARDENED} AS other\nCOPY hello.txt /other.txt\n`;
  const text = `${OURS}${other}FROM ${HARDENED} AS final\nCOPY --from=other /other.txt /other.txt\n${lines}`;
  const { failed, output } = await used.run(text, ["--no-cache-filter=final"]);
  t.notOk(failed, "builds", { output });
  t.match(output, /\[final 2\/5\] COPY --from=other/);
  t.match(output, /\[final 4\/5\] DHI-NATIVE libargon2-1\n/);
  t.match(output, /\[final 5\/5\] WORKDIR \/place/);
  t.match(output, /\[final\] DHI-VERIFY\n/);
  // The scripts are steps of other builds, too, and a step that two builds wait for has the name that one of them gave it.
  t.notMatch(
    output,
    /dhi--(?!scripts \d\/\d\] COPY <<DHI_EOF)|\[final 1\/1\]|\[final 2\/2\]/,
    "no generated stage, no count of ours",
  );
  t.match(output, /dhi: .* can start as 7:8/);
  const only = (await used.run(file())).output;
  t.match(only, /\[2\/4\] COPY hello\.txt/, "an only stage has no name");
  t.match(only, /\[dhi\] DHI-VERIFY\n/);
  const again = await used.run(text, ["--no-cache-filter=final"]);
  t.match(again.output, /dhi: .* can start as 7:8/, "--no-cache-filter reaches the check");
  t.notMatch((await used.run(text)).output, /can start/, "without it the check is in the cache");
});

t.test("lint, outline and targets speak of the user's stages alone", async (t) => {
  const text = file("ONBUILD RUN true\n").replace("# final", "# check=skip=DhiMutableTag\n# final");
  t.match((await used.run(text, ["--check"])).output, "Check complete, no warnings found");
  const odd = await used.run(text.replace("AS final", "as Final"), ["--check"]);
  t.equal(odd.output.match(/WARNING: /g)?.length, 2, "each warning about FROM once", odd);
  t.match(odd.output, /FromAsCasing[\s\S]*StageNameCasing|StageNameCasing[\s\S]*FromAsCasing/);
  const outline = await used.run(text, ["--call=outline"]);
  t.match(outline.output, /TARGET: +final\nDESCRIPTION: +is described here\n/);
  const targets = await used.run(text, ["--call=targets"]);
  t.match(targets.output, /final \(default\) +is described here/);
  t.notMatch(targets.output, "dhi--");
});

t.test(
  "stages that use the checked one: FROM, --from by name and number, --target, ONBUILD, named contexts",
  async (t) => {
    const text = `${OURS}FROM ${HARDENED} AS base
COPY hello.txt /hello.txt
ONBUILD COPY hello.txt /triggered.txt
DHI-VERIFY
FROM base AS child
FROM ${HARDENED} AS user
COPY --from=0 /hello.txt /by-number.txt
COPY --from=base /hello.txt /by-name.txt
COPY --from=child /triggered.txt /triggered.txt
DHI-NATIVE libargon2-1
FROM user
RUN ["/bin/sh", "-c", "test -s /by-number.txt && test -s /by-name.txt && test -s /triggered.txt"]
`;
    const built = await used.run(text);
    t.notOk(built.failed, "builds", built);
    t.equal(built.output.match(/DHI-VERIFY$/gm)?.length, 2, "the one that asks and the last one", built);
    const target = await used.run(text, ["--target=CHILD"]);
    t.notOk(target.failed, "builds", target);
    t.notMatch(target.output, /DHI-NATIVE/);
    const layers = (await used.image(text, [...args, "--target=base"])).images[0]?.config.rootfs?.diff_ids ?? [];
    const config = (await used.image(text, [...args, "--target=base"])).images[0]?.config.config;
    t.strictSame((config as { OnBuild?: unknown }).OnBuild, ["COPY hello.txt /triggered.txt"]);
    t.ok(layers.length > 2);
    const replaced = await used.run(text, [`--build-context=base=docker-image://${HARDENED}`, "--target=child"]);
    t.notMatch(replaced.output, /DHI-VERIFY/, "a named context replaces the stage with its check");
  },
);
