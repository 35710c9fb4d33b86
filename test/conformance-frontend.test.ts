import t from "tap";
import { build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "./frontend-image.ts";

const used = await engine();
const ours = await frontendImage(used);
const { buildContextArgs } = await standIns(used, [
  "debian:trixie-slim",
  "dhi.io/debian-base:trixie",
  "dhi.io/debian-base:trixie-dev",
]);
const options = [...ours.buildContextArgs, ...buildContextArgs];

t.test("another Dockerfile frontend can stand behind ours", async (t) => {
  // No other frontend image is to be had without a registry: ours passes an expanded file on unchanged, as any would.
  const behind = "dhi-frontend-test/behind:1";
  const lent = ours.buildContextArgs.at(-1)?.replace(/^.*docker-image:\/\//, "") ?? FRONTEND;
  await used.docker(["tag", lent, behind]);
  t.teardown(() => used.docker(["image", "rm", behind], { reject: false }));
  const folder = t.testdir({});
  const file = (line: string) => ({
    text: `# syntax=${FRONTEND}\nFROM dhi.io/debian-base:trixie\nDHI-NATIVE libgif7\n${line}\n`,
  });
  const through = [...options, `--build-arg=DHI_DOCKERFILE=${behind}`];
  const built = await build(used, { folder, dockerfile: file("USER 65532"), options: through });
  t.notOk(built.failed, "builds", { output: built.output });
  t.match(built.output, `docker-image://docker.io/${behind}`, "that image is used");
  t.match(built.output, "DHI-NATIVE libgif7");
  const wrong = await build(used, { folder, dockerfile: file("NOTHING"), options: through });
  t.match(wrong.output, /Dockerfile:4\n-+\n(.*\n)*.*>>> NOTHING/);
  t.match(wrong.output, "unknown instruction: NOTHING");
});
