import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { type EngineFolders, engineFolders } from "./cache-folder.ts";
import { chrootIsCurrent, makeChroot } from "./chroot.ts";
import { clientEnvironment, writeClient } from "./client.ts";
import { daemonKey, type RunningDaemon, runningDaemon, startDaemon, stopDaemon } from "./daemon.ts";
import type { ImageStore } from "./daemon-config.ts";
import { withLock } from "./lock.ts";
import { type Progress, startProgress } from "./progress.ts";

/** Which private engine: the Debian suite its packages come from, its image store, and a name for one more daemon of the same kind. */
export interface PrivateEngineOptions {
  /** forky (Docker 28.5, BuildKit 0.25) or trixie (Docker 26.1, BuildKit 0.13). */
  readonly suite?: string;
  readonly store?: ImageStore;
  /** Another name is another daemon with data of its own. */
  readonly instance?: string;
}

/** A private engine that runs. */
export interface PrivateEngine {
  readonly folders: EngineFolders;
  readonly state: RunningDaemon;
  readonly env: Record<string, string>;
}

/** The longest path of a unix socket (unix(7): 108 bytes with the closing zero). */
const SOCKET_PATH_LIMIT = 107;

/** What keeps this machine from running a private engine, or undefined when nothing does. */
export async function privateEngineObstacle(): Promise<string | undefined> {
  if (process.platform !== "linux") return "this is not Linux";
  if (process.getuid?.() !== 0) return "this user is not root";
  if (!existsSync("/usr/bin/apt-get")) return "this is neither Debian nor Ubuntu (no apt-get)";
  const mount = await execa("unshare", ["--mount", "true"], { reject: false });
  return mount.failed ? "file systems may not be mounted here (an unprivileged container)" : undefined;
}

/** The private engine as it runs now, or undefined. Quick: one question to its socket. */
export async function findPrivateEngine(options: PrivateEngineOptions = {}): Promise<PrivateEngine | undefined> {
  const { suite, store, folders } = resolveOptions(options);
  if (!chrootIsCurrent(folders, suite)) return undefined;
  const state = await runningDaemon(folders);
  if (state === undefined || state.key !== daemonKey(folders, store)) return undefined;
  return { folders, state, env: clientEnvironment(folders) };
}

/** Makes what is missing and starts the engine; several processes may ask at once. Rejects with what is missing and how to get it. */
export async function startPrivateEngine(options: PrivateEngineOptions = {}): Promise<PrivateEngine> {
  const { suite, store, folders } = resolveOptions(options);
  if (Buffer.byteLength(folders.socket) > SOCKET_PATH_LIMIT) {
    throw new Error(`${folders.socket} is too long for a unix socket: set XDG_CACHE_HOME to a shorter folder`);
  }
  return withLock(join(folders.suite, "lock"), async () => {
    const other = await findPrivateEngine(options);
    if (other !== undefined) return other;
    const progress = startProgress("starting the private Docker engine");
    try {
      const state = await makeAndStart(folders, suite, store, progress);
      const env = clientEnvironment(folders);
      // Images that lost their names to newer ones. Only now, while nobody builds: a build may be using such an image's layers.
      await execa("docker", ["image", "prune", "--force"], { env });
      progress.done(`private Docker engine ${state.version} is ready`);
      return { folders, state, env };
    } catch (error) {
      progress.stop();
      throw error;
    }
  });
}

/** The folder of the private engine, made or not. */
export function privateEngineFolder(options: PrivateEngineOptions = {}): string {
  return resolveOptions(options).folders.instance;
}

/** Stops the engine; true when it ran. Its images and caches stay. */
export async function stopPrivateEngine(options: PrivateEngineOptions = {}): Promise<boolean> {
  const { folders } = resolveOptions(options);
  return withLock(join(folders.suite, "lock"), () => stopDaemon(folders));
}

async function makeAndStart(
  folders: EngineFolders,
  suite: string,
  store: ImageStore,
  progress: Progress,
): Promise<RunningDaemon> {
  if (chrootIsCurrent(folders, suite)) await stopDaemon(folders);
  else {
    await stopAllOf(folders, suite);
    await makeChroot(folders, suite, progress);
    progress.step("starting the private Docker engine");
  }
  mkdirSync(folders.data, { recursive: true });
  await writeClient(folders);
  return startDaemon(folders, daemonKey(folders, store), store);
}

/** Stops every daemon that runs from a suite's chroot, before that is replaced. */
async function stopAllOf(folders: EngineFolders, suite: string): Promise<void> {
  const names = existsSync(folders.suite) ? readdirSync(folders.suite, { withFileTypes: true }) : [];
  for (const entry of names.filter((name) => name.isDirectory())) await stopDaemon(engineFolders(suite, entry.name));
}

function resolveOptions(options: PrivateEngineOptions): { suite: string; store: ImageStore; folders: EngineFolders } {
  const suite = options.suite ?? process.env.DHI_ENGINE_SUITE ?? "forky";
  const store = options.store ?? "containerd";
  return { suite, store, folders: engineFolders(suite, options.instance ?? store) };
}
