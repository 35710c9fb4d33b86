import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { atLeast } from "./engine/buildkit-version.ts";
import { type Engine, engine } from "./engine/engine.ts";
import { findPrivateEngine, privateEngineFolder, stopPrivateEngine } from "./engine/private-engine.ts";
import { processesSeeing } from "./engine/processes.ts";

const ROOT = "dhi-engine-test:root";
const BUILT = "dhi-engine-test:built";

/** Imports this machine's shell and its libraries as an image: the smallest root that can run something. */
async function importRoot({ docker }: Engine): Promise<void> {
  const { stdout } = await execa("ldd", ["/bin/sh"]);
  const libraries = stdout.match(/\/\S+/g) ?? [];
  const tar = execa("tar", ["-ch", "/bin/sh", ...libraries], { encoding: "buffer", stderr: "ignore" });
  await docker(["import", "-", ROOT], { input: (await tar).stdout });
}

async function buildContext(name: string, files: Record<string, string>, folder = tmpdir()): Promise<string> {
  const context = await mkdtemp(join(folder, `dhi-${name}-`));
  for (const [file, content] of Object.entries(files)) await writeFile(join(context, file), content);
  return context;
}

t.test("versions compare by number", async (t) => {
  t.ok(atLeast("0.13.2", "0.13"));
  t.ok(atLeast("28.5.2+dfsg4", "26.0"));
  t.ok(atLeast("1.0", "0.13"));
  t.notOk(atLeast("0.9.9", "0.13"));
});

t.test("the engine", async (t) => {
  const used = await engine();
  const { docker } = used;
  t.teardown(() => docker(["image", "rm", "--force", ROOT, BUILT], { reject: false }));

  await t.test("a second call gives the same daemon, at once", async (t) => {
    const before = Date.now();
    const second = await engine();
    t.same(second.env, used.env);
    t.ok(Date.now() - before < 1000, "it was already running");
    const ids = await Promise.all([used, second].map((each) => each.docker(["info", "--format", "{{.ID}}"])));
    t.equal(ids[0]?.stdout, ids[1]?.stdout);
  });

  await t.test("it is new enough", async (t) => {
    t.ok(atLeast(used.buildkit, "0.13"), used.buildkit);
    t.match((await docker(["version", "--format", "{{.Server.Version}}"])).stdout, used.version);
  });

  await t.test("it builds from a context anywhere on this machine", async (t) => {
    const folder = await buildContext("context", { Dockerfile: "FROM scratch\nCOPY hello /\n", hello: "hello\n" });
    t.teardown(() => rm(folder, { recursive: true }));
    await docker(["buildx", "build", "--output", join(folder, "out"), folder]);
    t.equal(await readFile(join(folder, "out/hello"), "utf8"), "hello\n");
  });

  await t.test("a RUN step and a container run what an imported root holds", async (t) => {
    await importRoot(used);
    const dockerfile = `FROM ${ROOT}\nRUN echo built >/result\n`;
    await docker(["buildx", "build", "--tag", BUILT, "--load", "-"], { input: dockerfile });
    const { stdout } = await docker(["run", "--rm", BUILT, "/bin/sh", "-c", "read line </result; echo $line; exit 0"]);
    t.equal(stdout, "built");
    const failing = await docker(["run", "--rm", BUILT, "/bin/sh", "-c", "exit 7"], { reject: false });
    t.equal(failing.exitCode, 7, "its exit code comes back");
  });
});

t.test("a private engine can be stopped, leaves nothing running, and keeps its images", async (t) => {
  if ((await engine()).kind === "host") {
    t.comment("skipped: builds go to the user's own engine here");
    return;
  }
  const options = { instance: `test-${process.pid}` };
  t.teardown(async () => {
    await stopPrivateEngine(options);
    await rm(privateEngineFolder(options), { recursive: true, force: true });
  });
  const [first, same] = await Promise.all([engine(options), engine(options)]);
  t.same(first.env, same.env, "two callers at once share one daemon");
  await importRoot(first);
  const running = await findPrivateEngine(options);
  t.match(await readFile("/proc/net/dev", "utf8"), running?.state.bridge?.name ?? "none", "it has a bridge of its own");
  await first.docker(["run", "--detach", "--interactive", "--stop-timeout", "1", ROOT, "/bin/sh"]);
  t.ok(await stopPrivateEngine(options));
  t.notOk(await findPrivateEngine(options));
  t.throws(() => process.kill(running?.state.pid ?? 0, 0));
  t.notMatch(await readFile("/proc/mounts", "utf8"), options.instance, "no mount is left");
  t.notMatch(await readFile("/proc/net/dev", "utf8"), running?.state.bridge?.name ?? "", "its bridge is gone");

  const second = await engine(options);
  t.equal((await second.docker(["run", "--rm", ROOT, "/bin/sh", "-c", "echo kept"])).stdout, "kept");

  await second.docker(["run", "--detach", "--interactive", ROOT, "/bin/sh"]);
  const killed = await findPrivateEngine(options);
  process.kill(killed?.state.pid ?? 0, "SIGKILL");
  await stopPrivateEngine(options);
  t.same(processesSeeing(privateEngineFolder(options)), [], "a killed daemon's containers are ended too");
  const third = await engine(options);
  t.equal((await third.docker(["run", "--rm", ROOT, "/bin/sh", "-c", "echo up again"])).stdout, "up again");
});
