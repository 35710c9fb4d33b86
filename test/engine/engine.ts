import { execa, type Options } from "execa";
import { findHostEngine } from "./host-engine.ts";
import {
  findPrivateEngine,
  type PrivateEngine,
  type PrivateEngineOptions,
  privateEngineObstacle,
  startPrivateEngine,
} from "./private-engine.ts";

/** A Docker engine to build with. */
export interface Engine {
  /** `private`: ours, every name in it may be set. `host`: the user's, where no tag of theirs may be overwritten. */
  readonly kind: "private" | "host";
  /** What a process adds to its environment so that `docker` in it speaks to this engine. */
  readonly env: Readonly<Record<string, string>>;
  /** Version of the Docker daemon. */
  readonly version: string;
  /** Version of its BuildKit, without a leading v. */
  readonly buildkit: string;
  /** Runs `docker` with these arguments. */
  docker: DockerCall;
}

/** `docker` with execa's options; its result is execa's. */
export type DockerCall = ReturnType<typeof dockerCall>;

/**
 * The engine for tests and examples: on Linux as root with apt a private one, made when it is not there and kept running for the next caller;
 * else the user's own. DHI_ENGINE=host and DHI_ENGINE=private choose. Rejects with what is missing and how to get it.
 */
export async function engine(options: PrivateEngineOptions = {}): Promise<Engine> {
  const wanted = process.env.DHI_ENGINE ?? "";
  if (!["", "host", "private"].includes(wanted)) throw new Error(`DHI_ENGINE=${wanted}: write host or private`);
  if (wanted !== "host") {
    const running = await findPrivateEngine(options);
    if (running !== undefined) return fromPrivate(running);
    const obstacle = await privateEngineObstacle();
    if (obstacle === undefined) return fromPrivate(await startPrivateEngine(options));
    if (wanted === "private") throw new Error(`No private Docker engine can be made: ${obstacle}`);
    return fromHost(`No private Docker engine can be made: ${obstacle}; and `);
  }
  return fromHost("");
}

function fromPrivate({ env, state }: PrivateEngine): Engine {
  return { kind: "private", env, version: state.version, buildkit: state.buildkit, docker: dockerCall(env) };
}

async function fromHost(before: string): Promise<Engine> {
  const found = await findHostEngine().catch((error: unknown) => {
    throw new Error(before + (error instanceof Error ? error.message : String(error)));
  });
  return { kind: "host", ...found, docker: dockerCall(found.env) };
}

function dockerCall(env: Record<string, string>) {
  const run = execa({ env });
  return <O extends Options = { encoding: "utf8" }>(args: readonly string[], options?: O) =>
    run<O>("docker", args, options);
}
