import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where an engine keeps its things. Every clone of the project shares them. */
export interface EngineFolders {
  /** All engines of one Debian suite. */
  readonly suite: string;
  /** The chroot, and the note that says what it was made from. */
  readonly root: string;
  readonly rootKey: string;
  /** One daemon: its data, socket, logs and client. */
  readonly instance: string;
  readonly data: string;
  readonly socket: string;
  readonly state: string;
  readonly log: string;
  readonly bin: string;
  readonly clientConfig: string;
}

/** The user's cache folder (XDG Base Directory Specification: a relative XDG_CACHE_HOME is ignored). */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const set = env.XDG_CACHE_HOME ?? "";
  return join(isAbsolute(set) ? set : join(homedir(), ".cache"), "dhi-frontend");
}

/** The folders of the daemon `instance` of a suite. */
export function engineFolders(suite: string, instance: string): EngineFolders {
  const suiteFolder = join(cacheFolder(), `engine-${suite}`);
  const folder = join(suiteFolder, instance);
  return {
    suite: suiteFolder,
    root: join(suiteFolder, "root"),
    rootKey: join(suiteFolder, "root.key"),
    instance: folder,
    data: join(folder, "data"),
    socket: join(folder, "docker.sock"),
    state: join(folder, "state.json"),
    log: join(folder, "dockerd.log"),
    bin: join(folder, "bin"),
    clientConfig: join(folder, "config"),
  };
}

/** A short stable name for a content. */
export function digest(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
