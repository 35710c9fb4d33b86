import { execa } from "execa";
import { atLeast, buildkitVersion, OLDEST_BUILDKIT } from "./buildkit-version.ts";

/** The user's own engine, as DOCKER_HOST or the current context names it. */
export interface HostEngine {
  readonly env: Record<string, string>;
  readonly version: string;
  readonly buildkit: string;
}

/** Finds the user's own engine. Rejects with what is missing and how to get it. Builds go to the daemon itself, whose images they must see. */
export async function findHostEngine(): Promise<HostEngine> {
  const asked = await execa("docker", ["version", "--format", "{{.Server.Version}}"], {
    reject: false,
    stdin: "ignore",
  });
  if (asked.code === "ENOENT") throw new Error(`there is no docker command. ${ADVICE}`);
  if (asked.failed) throw new Error(`no Docker daemon answers: ${asked.stderr.trim()}\n${ADVICE}`);
  const version = asked.stdout.trim();
  const context = await execa("docker", ["context", "show"], { stdin: "ignore" });
  const env = { BUILDX_BUILDER: context.stdout.trim() };
  const buildkit = await buildkitVersion(version, env).catch((error: unknown) => {
    throw new Error(
      `docker buildx does not work here (${firstLine(error)}). Install Docker's buildx plugin. ${ADVICE}`,
    );
  });
  if (!atLeast(buildkit, OLDEST_BUILDKIT)) {
    throw new Error(`Docker ${version} has BuildKit ${buildkit}, and ${OLDEST_BUILDKIT} or later is needed. ${ADVICE}`);
  }
  return { env, version, buildkit };
}

const ADVICE = `Start a Docker of version 26 or later and let DOCKER_HOST or the docker context name it; on Debian or Ubuntu, root gets an engine without it.`;

function firstLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").filter((line) => line !== "");
  return lines.slice(0, 2).join(" ");
}
