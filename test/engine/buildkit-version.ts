import { execa } from "execa";

/** The oldest BuildKit whose frontends get what ours needs. */
export const OLDEST_BUILDKIT = "0.13";

/**
 * BuildKit inside Docker's daemon (moby's vendor.mod at each release). Distributions build it without a version of its own:
 * `docker buildx inspect` then says v0.0.0+unknown.
 */
const BUILDKIT_OF_DOCKER: readonly (readonly [docker: string, buildkit: string])[] = [
  ["29.0", "0.25"],
  ["28.5", "0.25"],
  ["28.4", "0.24"],
  ["28.3", "0.23"],
  ["28.2", "0.22"],
  ["28.1", "0.21"],
  ["28.0", "0.20"],
  ["27.4", "0.17"],
  ["27.3", "0.16"],
  ["27.1", "0.15"],
  ["27.0", "0.14"],
  ["26.0", "0.13"],
  ["25.0", "0.12"],
  ["0.0", "0.0"],
];

/** The BuildKit version that builds get in this environment, without a leading v; rejects when there is no buildx. */
export async function buildkitVersion(docker: string, env: Record<string, string>): Promise<string> {
  const { stdout } = await execa("docker", ["buildx", "inspect"], { env, stdin: "ignore" });
  const said = /^BuildKit(?: version)?:\s*v?(\d+\.\d+\S*)/m.exec(stdout)?.[1];
  return said === undefined || said.startsWith("0.0.0") ? buildkitOfDocker(docker) : said;
}

/** True when version `a` is `b` or newer; only the first two numbers count. */
export function atLeast(a: string, b: string): boolean {
  const [major = 0, minor = 0] = a.split(".").map((part) => Number.parseInt(part, 10));
  const [wantMajor = 0, wantMinor = 0] = b.split(".").map((part) => Number.parseInt(part, 10));
  return major > wantMajor || (major === wantMajor && minor >= wantMinor);
}

function buildkitOfDocker(docker: string): string {
  return BUILDKIT_OF_DOCKER.find(([release]) => atLeast(docker, release))?.[1] ?? "0.0";
}
