import { createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import t, { type Test } from "tap";
import { bench, HARDENED, OURS, WITH_SHELL } from "./conformance/bench.ts";
import { processesWith } from "./conformance/processes.ts";

// A build that is cancelled ends at once and leaves nothing running; and while one waits, its progress says for what.

const used = await bench(t, {});
// Processes of a private engine are seen here; those of another engine may be on another machine.
const local = used.engine.kind === "private";
const SECONDS = 30;

/** Starts a build, waits until its output matches, and gives what happens then. */
async function started(text: string, mark: string, until: RegExp) {
  const words = used.words(text, ["--progress=plain", "--output=type=cacheonly", `--build-arg=MARK=${mark}`]);
  const build = used.engine.docker(words, { reject: false, all: true, stdin: "ignore" });
  let output = "";
  build.all?.on("data", (part) => {
    output += part;
  });
  await eventually(() => until.test(output));
  return { output, build };
}

async function eventually(holds: () => boolean): Promise<boolean> {
  for (const end = Date.now() + SECONDS * 1000; Date.now() < end; await sleep(50)) if (holds()) return true;
  return false;
}

/** Sends what Ctrl-C sends and says how long the end took, in milliseconds. */
async function interrupted(t: Pick<Test, "ok">, build: Awaited<ReturnType<typeof started>>["build"]): Promise<number> {
  const before = Date.now();
  build.kill("SIGINT");
  const { failed } = await build;
  t.ok(failed, "it fails");
  return Date.now() - before;
}

/** A registry that takes connections and never answers. */
async function silentRegistry(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

t.test("cancelled while a step runs", async (t) => {
  const mark = `dhi-cancel-run-${process.pid}`;
  const text = `${OURS}FROM ${WITH_SHELL} AS work\nARG MARK\nRUN echo running && sleep 300 && echo $MARK\nFROM ${HARDENED}\nDHI-NATIVE libargon2-1\nCOPY --from=work /etc/hostname /\n`;
  const { output, build } = await started(text, mark, /^#\d+ [\d.]+ running$/m);
  t.match(output, "running");
  if (local) t.equal(processesWith(mark, "sleep\x00300\x00").length, 1, "the step runs");
  t.ok((await interrupted(t, build)) < 10_000, "ends at once");
  if (local)
    t.ok(await eventually(() => processesWith(mark).length === 0), "neither the step nor the frontend is left");
});

t.test("cancelled while the frontend waits for an image, and progress says for which", async (t) => {
  const mark = `dhi-cancel-wait-${process.pid}`;
  const image = `${await silentRegistry()}/slow:1`;
  const frontends = () => processesWith(mark, "/frontend/start.cjs");
  const text = `${OURS}FROM ${image}\nARG MARK\nDHI-NATIVE libargon2-1\n`;
  const waiting = new RegExp(`^#\\d+ \\[internal\\] load metadata for ${image}$`, "m");
  const { output, build } = await started(text, mark, waiting);
  t.match(output, waiting);
  t.notMatch(output, /^ERROR/m);
  if (local) t.equal(frontends().length, 1, "the frontend waits");
  t.ok((await interrupted(t, build)) < 10_000, "ends at once");
  if (local) t.ok(await eventually(() => frontends().length === 0), "no frontend is left");
});
