import type { Engine } from "../test/engine/engine.ts";
import { imageName } from "../test/engine/stand-ins.ts";

/** One request; paths begin with a slash. */
export interface Request {
  readonly path: string;
  readonly method?: string;
  readonly type?: string;
  readonly body?: Buffer;
}

export interface Answer {
  readonly status: number;
  /** The Content-Type, without parameters. */
  readonly type: string;
  readonly body: Buffer;
}

/** A container that serves on port 8080. */
export interface Service {
  /** Sends requests, one after the other. Rejects when the service does not answer. */
  readonly ask: (...requests: readonly Request[]) => Promise<Answer[]>;
  /** The user id of the container's first process. */
  readonly uid: () => Promise<number>;
  /** Asks it to end, as an orchestrator does (SIGTERM), and returns its exit code: 137 when it had to be killed. */
  readonly stop: () => Promise<number>;
}

/** The image of the client: one with node. It must be there, as `standIns` makes it. */
export const CLIENT = "dhi.io/node:24-debian13";

/** How a careful deployment runs it: nothing to write to, no capability, no way to more. It needs no network but its own loopback. */
const CONFINED = ["--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"];

/**
 * Runs a service in a confined container while `use` works with it. The client is a second container in the same network, so that no port of this machine is
 * opened. Rejects with what `use` rejects with, and the service's own words.
 */
export async function withService<T>(engine: Engine, image: string, use: (service: Service) => Promise<T>): Promise<T> {
  const created = await engine.docker(["create", ...CONFINED, image]);
  const container = String(created.stdout).trim();
  try {
    await engine.docker(["start", container]);
    return await use({
      ask: (...requests) => ask(engine, container, requests),
      uid: async () => Number(await inNode(engine, container, UID)),
      stop: async () => {
        await engine.docker(["stop", "-t", "20", container]);
        return Number((await engine.docker(["inspect", "--format={{.State.ExitCode}}", container])).stdout);
      },
    });
  } catch (error) {
    const said = await engine.docker(["logs", container], { reject: false, all: true });
    throw new Error(`${error instanceof Error ? error.message : error}\nthe service said:\n${said.all}`);
  } finally {
    await engine.docker(["rm", "--force", "--volumes", container]);
  }
}

async function ask(engine: Engine, container: string, requests: readonly Request[]): Promise<Answer[]> {
  const sent = requests.map(({ body, ...request }) => ({ ...request, body: body?.toString("base64") }));
  const answers = JSON.parse(await inNode(engine, container, ASK, JSON.stringify(sent))) as {
    status: number;
    type: string;
    body: string;
  }[];
  return answers.map(({ status, type, body }) => ({ status, type, body: Buffer.from(body, "base64") }));
}

/** Runs a script with node beside a container: in its network, with a view of its processes. Returns what it printed. */
async function inNode(engine: Engine, container: string, script: string, input = ""): Promise<string> {
  const beside = [`--network=container:${container}`, `--pid=container:${container}`];
  const node = ["--entrypoint=node", imageName(engine, CLIENT), "--input-type=module", "--eval", script];
  const ran = await engine.docker(["run", "--rm", "--interactive", ...beside, ...node], { input, reject: false });
  if (ran.failed) throw new Error(`the client failed: ${ran.stderr}`);
  return String(ran.stdout);
}

/** The real user id of the first process (proc_pid_status(5)). */
const UID = `import { readFileSync } from "node:fs";
process.stdout.write(/^Uid:\\s+(\\d+)/m.exec(readFileSync("/proc/1/status", "utf8"))[1]);`;

/** A service that starts refuses connections for a while. */
const ASK = `import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
const answers = [];
for (const { path, method, type, body } of JSON.parse(await text(process.stdin))) {
  const options = { method, headers: type && { "content-type": type }, body: body && Buffer.from(body, "base64") };
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch("http://127.0.0.1:8080" + path, options);
      const content = Buffer.from(await response.arrayBuffer()).toString("base64");
      answers.push({ status: response.status, type: (response.headers.get("content-type") ?? "").split(";")[0], body: content });
      break;
    } catch (error) {
      if (error.cause?.code !== "ECONNREFUSED" || tries === 600) throw error;
      await setTimeout(100);
    }
  }
}
process.stdout.write(JSON.stringify(answers));`;
