import { spawn } from "node:child_process";
import { once } from "node:events";
import { Duplex, PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { connect, type Gateway } from "../../src/gateway/client.ts";
import type { Result, Status } from "../../src/gateway/messages.ts";
import { type Call, type Handlers, Refusal, serveGateway } from "./gateway-server.ts";

/** A frontend run as BuildKit runs it: the gateway on its standard input and output, the rest in its environment. */
export interface Simulation {
  readonly opts?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of every ref, by path; read when there is no `readFile` among the handlers. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly handlers?: Handlers;
}

export interface Outcome {
  readonly calls: readonly Call[];
  /** What the frontend returned, if it did. */
  readonly result?: Result;
  readonly error?: Status;
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Runs a frontend's command against a simulated BuildKit until it ends. */
export async function simulate(command: readonly [string, ...string[]], simulation: Simulation = {}): Promise<Outcome> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...environment(simulation) },
  });
  const stderr = text(child.stderr);
  const connection = Duplex.from({ readable: child.stdout, writable: child.stdin });
  // A frontend that ends closes its pipes; that is no failure of the simulator.
  connection.on("error", () => {});
  const { calls, stop } = serveGateway(connection, { ...filesHandler(simulation.files ?? {}), ...simulation.handlers });
  const [exitCode]: [number | null] = (await once(child, "close")) as [number | null];
  stop();
  const returned = calls.find((call) => call.name === "return")?.request;
  return {
    calls,
    ...(returned?.result ? { result: returned.result } : {}),
    ...(returned?.error ? { error: returned.error } : {}),
    exitCode,
    stderr: await stderr,
  };
}

/** A gateway in this process, to a simulated BuildKit. */
export function simulatedGateway(handlers: Handlers): { gateway: Gateway; calls: readonly Call[]; stop(): void } {
  const toBuildKit = new PassThrough();
  const fromBuildKit = new PassThrough();
  const server = serveGateway(Duplex.from({ readable: toBuildKit, writable: fromBuildKit }), handlers);
  const gateway = connect({ read: fromBuildKit, write: toBuildKit });
  const stop = () => {
    gateway.close();
    server.stop();
  };
  return { gateway, calls: server.calls, stop };
}

function environment({ opts = {}, env = {} }: Simulation): Record<string, string> {
  const options = Object.entries(opts).map(([name, value], index) => [
    `BUILDKIT_FRONTEND_OPT_${index}`,
    `${name}=${value}`,
  ]);
  return {
    ...Object.fromEntries(options),
    BUILDKIT_SESSION_ID: "session",
    BUILDKIT_WORKERS: JSON.stringify([
      {
        id: "worker",
        labels: {},
        platforms: [{ architecture: "amd64", os: "linux" }],
        buildkitVersion: { version: "v0.25.1" },
      },
    ]),
    BUILDKIT_EXPORTEDPRODUCT: "test",
    ...env,
  };
}

function filesHandler(files: Readonly<Record<string, string | Uint8Array>>): Handlers {
  return {
    readFile({ path }) {
      const data = files[path];
      if (data === undefined) throw new Refusal({ message: `open ${path}: no such file or directory` });
      return { data: typeof data === "string" ? Buffer.from(data) : data };
    },
  };
}
