import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { digest, type EngineFolders } from "./cache-folder.ts";
import type { Progress } from "./progress.ts";

/** What the chroot needs: the engine, its client, and the programs it calls (git and xz for contexts, ip and iptables for its bridge). */
const PACKAGES = [
  "docker.io",
  "docker-cli",
  "docker-buildx",
  "ca-certificates",
  "git",
  "iproute2",
  "iptables",
  "xz-utils",
] as const;

/** Names what a chroot of this suite is made from; another key means it must be made anew. */
export function chrootKey(suite: string): string {
  return digest([suite, ...PACKAGES].join("\n"));
}

/** True when the chroot is complete and made from what is wanted now. */
export function chrootIsCurrent(folders: EngineFolders, suite: string): boolean {
  return (
    existsSync(folders.root) &&
    existsSync(folders.rootKey) &&
    readFileSync(folders.rootKey, "utf8") === chrootKey(suite)
  );
}

/** Makes the chroot with mmdebstrap in a folder of its own and puts it in place when it is complete. Nothing may run in the old one. */
export async function makeChroot(folders: EngineFolders, suite: string, progress: Progress): Promise<void> {
  await installMmdebstrap(progress);
  progress.step(`making a Docker engine from Debian ${suite}'s packages`);
  const fresh = join(folders.suite, `root.new-${process.pid}`);
  mkdirSync(folders.suite, { recursive: true });
  for (const name of readdirSync(folders.suite)) {
    if (name.startsWith("root.new-")) await removeTree(join(folders.suite, name));
  }
  const mirror = await hostMirror();
  const made = await execa(
    "unshare",
    [
      // Whatever is mounted while it is made ends with it, even when it is killed.
      "--mount",
      "mmdebstrap",
      "--variant=apt",
      // A mirror that is a snapshot carries a Release file whose date has passed.
      '--aptopt=Acquire::Check-Valid-Until "false"',
      ...(await hostProxy()).map((option) => `--aptopt=${option}`),
      `--include=${PACKAGES.join(",")}`,
      suite,
      fresh,
      ...(mirror === undefined ? [] : [mirror]),
    ],
    { reject: false, all: true, stdin: "ignore" },
  );
  if (made.failed) {
    await removeTree(fresh);
    throw new Error(
      `mmdebstrap could not make a Debian ${suite} chroot in ${folders.suite}:\n${lastLines(made.all)}\n` +
        "Check that apt reaches a Debian mirror (apt-get update), or use an engine of your own: DHI_ENGINE=host",
    );
  }
  rmSync(folders.rootKey, { force: true });
  await removeTree(folders.root);
  renameSync(fresh, folders.root);
  writeFileSync(folders.rootKey, chrootKey(suite));
}

/** Installs mmdebstrap where it is not there; rejects with what to install when apt cannot. */
export async function installMmdebstrap(progress: Progress): Promise<void> {
  const there = (await isThere("mmdebstrap")) && existsSync("/usr/share/keyrings/debian-archive-keyring.gpg");
  if (there) return;
  progress.step("installing mmdebstrap");
  const install = () =>
    execa("apt-get", ["install", "--yes", "--no-install-recommends", "mmdebstrap", "debian-archive-keyring"], {
      reject: false,
      all: true,
      stdin: "ignore",
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
  let result = await install();
  if (result.failed) {
    await execa("apt-get", ["update"], { reject: false, stdin: "ignore" });
    result = await install();
  }
  if (result.failed) {
    throw new Error(
      `The private Docker engine needs mmdebstrap, and apt-get could not install it:\n${lastLines(result.all)}\n` +
        "Install the packages mmdebstrap and debian-archive-keyring, or use an engine of your own: DHI_ENGINE=host",
    );
  }
}

/** The Debian mirror that this machine's apt uses, or undefined when it uses none (Ubuntu): then mmdebstrap knows one. */
async function hostMirror(): Promise<string | undefined> {
  const listed = await execa("apt-get", ["indextargets", "--format", "$(REPO_URI)", "Identifier: Packages"], {
    reject: false,
  });
  return listed.stdout.split("\n").find((uri) => /^https?:.*\/debian\/?$/.test(uri));
}

/** This machine's apt proxy, which mmdebstrap does not hand on by itself. */
async function hostProxy(): Promise<string[]> {
  const dump = await execa("apt-config", ["dump", "--format", '%f "%v"%n'], { reject: false });
  return dump.stdout.split("\n").filter((line) => /^Acquire::https?::Proxy\b.*"."?/i.test(line));
}

/** Removes a chroot, and nothing that may be mounted in it. */
async function removeTree(folder: string): Promise<void> {
  await execa("rm", ["-rf", "--one-file-system", folder]);
}

async function isThere(program: string): Promise<boolean> {
  return !(await execa("sh", ["-c", 'command -v "$0"', program], { reject: false })).failed;
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-12).join("\n");
}
