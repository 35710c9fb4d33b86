import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import t from "tap";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";

// What only a real BuildKit can prove: that our LLB is the very op that the stock frontend makes, and that its errors,
// however long, come through.

const base = "dhi.io/node:24-debian13";
const image = "dhi-frontend-test/forwarding:latest";
const labels = {
  "moby.buildkit.frontend.network.none": "true",
  "moby.buildkit.frontend.caps":
    "moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts",
};

t.setTimeout(10 * 60_000);
const docker = await engine();
const { buildContextArgs } = await standIns(docker, [base]);
const folder = await mkdtemp(join(tmpdir(), "gateway-engine-"));
t.teardown(() => rm(folder, { recursive: true }));

async function makeFrontend(): Promise<void> {
  const context = join(folder, "frontend");
  await build({
    entryPoints: [fileURLToPath(new URL("gateway-simulator/forwarding-frontend.ts", import.meta.url))],
    outfile: join(context, "frontend.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
  });
  const lines = [`FROM ${base}`, "COPY frontend.cjs /", `ENTRYPOINT ["node", "/frontend.cjs"]`];
  for (const [name, value] of Object.entries(labels)) lines.push(`LABEL ${name}="${value}"`);
  await writeFile(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
  await docker.docker(["buildx", "build", "--load", "--tag", image, ...buildContextArgs, context]);
}

/** Builds a project of these files with our frontend; what progress and errors say. */
async function buildWith(name: string, files: Record<string, string>, args: string[]): Promise<string> {
  const context = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(context, path, ".."), { recursive: true });
    await writeFile(join(context, path), text);
  }
  const command = [
    "buildx",
    "build",
    "--progress=plain",
    "--output=type=cacheonly",
    "--build-arg",
    `BUILDKIT_SYNTAX=${image}`,
  ];
  const { all } = await docker.docker([...command, ...args, context], { all: true, reject: false });
  return String(all);
}

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

t.before(makeFrontend);

t.test("the Dockerfile is transferred once for us and the stock frontend, and shows as one line", async (t) => {
  const files = { Dockerfile: "FROM scratch\nCOPY one /\n", one: "1", ".dockerignore": "two\n" };
  const progress = await buildWith("once", files, []);
  t.equal(count(progress, /load build definition from Dockerfile$/gm), 1, "one line", { progress });
  t.equal(count(progress, /transferring dockerfile: .* done$/gm), 1, "one transfer", { progress });
  t.match(progress, /COPY one \/\n#\d+ (DONE|CACHED)/);
  t.match(progress, /handed on/, "our warning is shown");
});

t.test("an input of ours takes the Dockerfile's place, in folders, too", async (t) => {
  const files = { "a/b/Dockerfile": "FROM scratch\nCOPY one /\n", one: "1" };
  const args = ["--file", join(folder, "input/a/b/Dockerfile"), "--build-arg", "HAND_ON=input"];
  const progress = await buildWith("input", files, args);
  t.match(progress, /\[internal\] expanded/);
  t.match(progress, /COPY one \/\n#\d+ (DONE|CACHED)/);
});

t.test("an error of the stock frontend comes through, with a file of any length in it", async (t) => {
  for (const size of ["0", "300000"]) {
    const args = ["--build-arg", "HAND_ON=input", "--build-arg", `GROW=${size}`];
    const progress = await buildWith("error", { Dockerfile: "FROM scratch\nCOPY one\n" }, args);
    t.match(progress, /COPY requires at least two arguments/);
    t.match(progress, / 2 \| >>> COPY one/);
  }
});
