import { execa } from "execa";
import { installMmdebstrap } from "../chroot.ts";
import type { Engine } from "../engine.ts";
import type { Progress } from "../progress.ts";
import { DIGEST_LABEL, digestOf } from "./recipe.ts";

const OPTIONS = [
  "--variant=minbase",
  // What Debian's slim images leave out.
  ...["doc", "man", "locale", "info", "lintian"].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
  "--dpkgopt=path-include=/usr/share/doc/*/copyright",
];

const CONFIG = ["ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 'CMD ["bash"]'];

/** The digest of what the root of a suite is made from, for its label. */
export function debianRootDigest(suite: string): string {
  return digestOf([suite, OPTIONS, CONFIG]);
}

/**
 * Makes `debian:<suite>-slim` from Debian's packages and gives it to the engine as `image`. A foreign engine on a machine without mmdebstrap pulls it
 * instead: only there a registry is sure to be meant. Rejects when Debian can't be reached.
 */
export async function makeDebianRoot(engine: Engine, suite: string, image: string, progress: Progress): Promise<void> {
  if (engine.kind === "private") await installMmdebstrap(progress);
  else if (!(await mmdebstrapRuns())) return pullDebian(engine, suite, image);
  const changes = [...CONFIG, `LABEL ${DIGEST_LABEL}=${debianRootDigest(suite)}`].map((change) => `--change=${change}`);
  const options = [...OPTIONS, ...(await aptOptions()), suite, "-", ...(await sources(suite))];
  // In a mount namespace of its own nothing it mounts stays behind, however it ends.
  const root = execa("unshare", ["--mount", "mmdebstrap", ...options], {
    stdin: "ignore",
    encoding: "buffer",
    buffer: { stdout: false },
  });
  await root.pipe(engine.docker(["import", ...changes, "-", image], { stdin: "pipe" }));
}

async function mmdebstrapRuns(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  return !(await execa("unshare", ["--mount", "mmdebstrap", "--version"], { reject: false, stdin: "ignore" })).failed;
}

async function pullDebian(engine: Engine, suite: string, image: string): Promise<void> {
  const label = `--label=${DIGEST_LABEL}=${debianRootDigest(suite)}`;
  await engine.docker(["buildx", "build", "--provenance=false", "--load", label, `--tag=${image}`, "-"], {
    input: `FROM docker.io/library/debian:${suite}-slim\n`,
  });
}

/** Settings of this machine's apt that its mirror or network needs: a proxy, and dates in a snapshot that have passed. */
async function aptOptions(): Promise<string[]> {
  const dump = await execa("apt-config", ["dump", "--format", '%f "%v";%n'], { stdin: "ignore" });
  const wanted = /^Acquire::(Check-Valid-Until|Check-Date|https?::Proxy)\b.*"[^"]+";$/i;
  return dump.stdout
    .split("\n")
    .filter((line) => wanted.test(line))
    .map((line) => `--aptopt=${line}`);
}

/** The suite with its updates and security fixes, where this machine's apt takes Debian from; none when it has no Debian: mmdebstrap knows one. */
async function sources(suite: string): Promise<string[]> {
  const listed = await execa("apt-get", ["indextargets", "--format", "$(REPO_URI)", "Identifier: Packages"], {
    stdin: "ignore",
  });
  const find = (end: RegExp) => listed.stdout.split("\n").find((uri) => /^https?:/.test(uri) && end.test(uri));
  const main = find(/\/debian\/?$/);
  const security = find(/\/debian-security\/?$/);
  if (main === undefined || security === undefined) return [];
  return [`deb ${main} ${suite} main`, `deb ${main} ${suite}-updates main`, `deb ${security} ${suite}-security main`];
}
