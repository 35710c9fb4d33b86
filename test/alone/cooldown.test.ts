import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { build } from "../build.ts";
import { datedRegistry } from "../dated-registry.ts";
import { engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "../frontend-image.ts";
import { configOf, layersOf } from "../world-checks.ts";

// Real npm in real builds against a registry whose releases are 30 days, 42 hours and 30 hours old.

const current = "dhi.io/node:24-debian13-dev";
const old = "dhi.io/node:22-debian13-dev";
/** A layer without a single entry: two blocks of zeros. */
const nothing = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

const used = await engine();
const frontend = await frontendImage(used);
const lent = await standIns(used, [current, old]);
const registry = await datedRegistry({ aged: { "1.0.0": 30, "2.0.0": 1.75, "3.0.0": 1.25 } });
const folder = mkdtempSync(join(tmpdir(), "dhi-cooldown-"));
const image = "dhi-test/cooldown:1";
t.teardown(async () => {
  rmSync(folder, { recursive: true });
  await used.docker(["image", "rm", "--force", image], { reject: false });
  await registry.close();
});

function built(lines: readonly string[], options: readonly string[] = [], tag?: string) {
  const text = [`# syntax=${FRONTEND}`, ...lines, ""].join("\n");
  const common = ["--network=host", ...lent.buildContextArgs, ...frontend.buildContextArgs];
  return build(used, {
    folder,
    dockerfile: { text },
    options: [...common, ...options],
    ...(tag ? { image: tag } : {}),
  });
}

/** A step that installs the package into a new folder and says which release came; the name keeps steps of one test apart. */
function install(name: string): string {
  const where = `/tmp/${name}`;
  return `RUN npm install --silent --no-audit --cache=${where}/cache --prefix=${where} --registry=${registry.url} aged && echo ${name} has $(sed 's/.*"version":"//; s/".*//' ${where}/node_modules/aged/package.json)`;
}

t.test("npm takes the newest release that is old enough, in this stage and below the line only", async (t) => {
  const lines = [
    `FROM ${current} AS build`,
    install("above"),
    "DHI-COOLDOWN --for=npm 7d",
    install("week"),
    "DHI-COOLDOWN --for=npm 36h",
    install("hours"),
    "RUN <<END",
    install("heredoc").replace(/^RUN /, ""),
    "END",
    `RUN ["sh", "-c", ${JSON.stringify(install("words").replace(/^RUN /, ""))}]`,
    "FROM build AS next",
    install("next"),
    "DHI-VERIFY off",
  ];
  const first = await built(lines, ["--no-cache"], image);
  t.notOk(first.failed, "the build", { output: first.output });
  for (const [step, version] of Object.entries({
    above: "3.0.0",
    week: "1.0.0",
    hours: "2.0.0",
    heredoc: "2.0.0",
    words: "2.0.0",
    next: "3.0.0",
  })) {
    t.match(first.output, `${step} has ${version}`);
  }
  t.match(first.output, /DHI-COOLDOWN --for=npm 7d/, "progress shows the line");
  t.match(first.output, /dhi: npm 11\.\d+\.\d+ keeps to the age/);

  const asked = registry.asked.length;
  const again = await built(lines);
  t.notOk(again.failed, "the second build", { output: again.output });
  t.equal(registry.asked.length, asked, "is cached");

  t.notMatch(
    JSON.stringify((await configOf(used, image)).Env),
    /RELEASE_AGE/,
    "nothing is in the environment of the image",
  );
  const empty = (await layersOf(used, image)).filter((layer) => layer === nothing);
  t.equal(empty.length, 2, "the looks at npm left no file");
});

t.test("an npm that is too old ends the build at the line", async (t) => {
  const { failed, output } = await built([`FROM ${old}`, "", "DHI-COOLDOWN 7d", "RUN npm install aged"]);
  t.ok(failed);
  t.match(
    output,
    /dhi: npm 10\.\d+\.\d+ \(\/usr\/bin\/npm\) can't keep to an age: min-release-age came with npm 11\.10\.0/,
  );
  t.match(output, />>> DHI-COOLDOWN 7d/, "the snippet shows the line");
});

t.test("other tools of the stage are looked at, and classic yarn is no error until it is named", async (t) => {
  const all = await built([`FROM ${current}`, "DHI-COOLDOWN 7d", "RUN env | sort", "DHI-VERIFY off"], ["--no-cache"]);
  t.notOk(all.failed, "the build", { output: all.output });
  t.match(all.output, /dhi: yarn 1\.\S+ \(classic\) can keep to no age/);
  t.match(all.output, /UV_EXCLUDE_NEWER=P7D/);
  const yarn = await built([`FROM ${current}`, "DHI-COOLDOWN --for=yarn 7d", "RUN yarn add aged"]);
  t.ok(yarn.failed);
  t.match(yarn.output, /yarn 1\.\S+ \(\S+\) can't keep to an age: npmMinimalAgeGate came with yarn 4\.10\.0/);
});

t.test("--check has nothing to say", async (t) => {
  const others = "# check=skip=DhiDevelopmentFinal,DhiMutableTag";
  const { failed, output } = await built(
    [others, `FROM ${current}`, "DHI-COOLDOWN 7d", "RUN npm install aged", "USER node"],
    ["--check"],
  );
  t.notOk(failed, "the check", { output });
  t.match(output, /no warnings found/);
});
