import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { buildkitVersion } from "./buildkit-version.ts";
import { digest, type EngineFolders } from "./cache-folder.ts";
import { clientEnvironment } from "./client.ts";
import { type Bridge, chooseBridge, daemonConfig, type ImageStore } from "./daemon-config.ts";
import { kill, processesSeeing, startTime } from "./processes.ts";
import { serverVersion } from "./server-version.ts";

const DAEMON_SCRIPT = fileURLToPath(new URL("daemon.sh", import.meta.url));
const NETWORK_SCRIPT = fileURLToPath(new URL("network.sh", import.meta.url));
const START_SECONDS = 60;
const STOP_SECONDS = 30;

/** What is remembered of a daemon. `started` tells its process from a later one with the same number. */
export interface DaemonState {
  readonly pid: number;
  readonly started: string;
  readonly key: string;
  readonly bridge?: Bridge;
}

/** A daemon that answered: the versions of Docker and of its BuildKit. */
export interface RunningDaemon extends DaemonState {
  readonly version: string;
  readonly buildkit: string;
}

/** Names how a daemon is started; another key means that a running one must be started anew. */
export function daemonKey(folders: EngineFolders, store: ImageStore): string {
  const scripts = [DAEMON_SCRIPT, NETWORK_SCRIPT].map((script) => readFileSync(script, "utf8"));
  return digest([...scripts, daemonConfig(folders, store, "none")].join("\n"));
}

/** Starts dockerd detached from this process and waits until it answers. Rejects with the end of its log when it does not. */
export async function startDaemon(folders: EngineFolders, key: string, store: ImageStore): Promise<RunningDaemon> {
  const log = openSync(folders.log, "w");
  const bridge = await raiseBridge(folders, log);
  writeFileSync(`${folders.instance}/daemon.json`, daemonConfig(folders, store, bridge ?? "none"));
  const child = spawn("unshare", ["--mount", "--", "sh", DAEMON_SCRIPT, folders.root, folders.instance], {
    detached: true,
    stdio: ["ignore", log, log],
    env: daemonEnvironment(),
  });
  closeSync(log);
  const ended = new AbortController();
  child.once("exit", () => ended.abort()).once("error", () => ended.abort());
  child.unref();
  const started = child.pid === undefined ? undefined : startTime(child.pid);
  if (child.pid === undefined || started === undefined) throw startFailure(folders);
  const state: DaemonState = { pid: child.pid, started, key, ...(bridge ? { bridge } : {}) };
  writeState(folders, state);
  const version = await waitForAnswer(folders, ended.signal);
  if (version === undefined) {
    await stopDaemon(folders);
    throw startFailure(folders);
  }
  const answered = { ...state, version, buildkit: await buildkitVersion(version, clientEnvironment(folders)) };
  writeState(folders, answered);
  return answered;
}

/** The running daemon, or undefined. Takes no lock and starts no process. */
export async function runningDaemon(folders: EngineFolders): Promise<RunningDaemon | undefined> {
  const state = readState(folders);
  if (state === undefined || !isRunning(state) || startTime(state.pid) !== state.started) return undefined;
  return (await serverVersion(folders.socket)) === undefined ? undefined : state;
}

/** Stops the daemon by its process id, then whatever it left (a killed one leaves much), then its bridge. True when one ran. Images stay. */
export async function stopDaemon(folders: EngineFolders): Promise<boolean> {
  const state = readState(folders);
  const runs = state !== undefined && startTime(state.pid) === state.started;
  if (runs) {
    process.kill(state.pid, "SIGTERM");
    await waitForEnd(state, STOP_SECONDS);
    if (startTime(state.pid) === state.started) kill(state.pid);
  }
  for (const pid of processesSeeing(folders.instance)) kill(pid);
  if (state?.bridge) await network("down", folders, state.bridge);
  rmSync(folders.socket, { force: true });
  rmSync(folders.state, { force: true });
  return runs;
}

async function raiseBridge(folders: EngineFolders, log: number): Promise<Bridge | undefined> {
  const bridge = chooseBridge(folders);
  const raised = await network("up", folders, bridge);
  writeSync(log, raised.stderr);
  if (!raised.failed) return bridge;
  // dockerd without a bridge removes docker0, which another daemon may use.
  if (existsSync("/sys/class/net/docker0")) {
    throw new Error(
      "This machine lets no further network bridge be made, and another Docker daemon has one. Use that one: DHI_ENGINE=host",
    );
  }
  return undefined;
}

function network(action: "up" | "down", folders: EngineFolders, bridge: Bridge) {
  return execa("sh", [NETWORK_SCRIPT, action, folders.root, bridge.name, bridge.address], {
    reject: false,
    stdin: "ignore",
  });
}

function startFailure(folders: EngineFolders): Error {
  const end = readFileSync(folders.log, "utf8").trimEnd().split("\n").slice(-12).join("\n");
  return new Error(
    `The private Docker engine did not start; the end of ${folders.log}:\n${end}\n` +
      "It needs the right to mount file systems and to change cgroups (a container must be privileged). Or use an engine of your own: DHI_ENGINE=host",
  );
}

async function waitForAnswer(folders: EngineFolders, ended: AbortSignal): Promise<string | undefined> {
  for (const end = Date.now() + START_SECONDS * 1000; Date.now() < end && !ended.aborted; await sleep(50)) {
    const version = await serverVersion(folders.socket);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Only what the daemon shall see: its programs, and the proxies for what it pulls. Paths of this machine mean nothing in the chroot. */
function daemonEnvironment(): NodeJS.ProcessEnv {
  const proxies = Object.entries(process.env).filter(([name]) => /^(https?|no)_proxy$/i.test(name));
  return {
    ...Object.fromEntries(proxies),
    HOME: "/root",
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  };
}

function isRunning(state: DaemonState | RunningDaemon): state is RunningDaemon {
  return "version" in state && "buildkit" in state;
}

function readState(folders: EngineFolders): DaemonState | RunningDaemon | undefined {
  return existsSync(folders.state) ? JSON.parse(readFileSync(folders.state, "utf8")) : undefined;
}

function writeState(folders: EngineFolders, state: DaemonState): void {
  const fresh = `${folders.state}.new`;
  writeFileSync(fresh, JSON.stringify(state));
  renameSync(fresh, folders.state);
}

async function waitForEnd(state: DaemonState, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end && startTime(state.pid) === state.started; )
    await sleep(50);
}
