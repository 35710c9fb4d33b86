import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import type { Test } from "tap";
import { aptDownload } from "../engine/apt-download.ts";
import { cacheFolder } from "../engine/cache-folder.ts";
import { withLock } from "../engine/lock.ts";

const PACKAGE = "docker-registry";
const START_SECONDS = 30;

/** Runs an empty registry on loopback until the test ends, and gives its `host:port`. */
export async function registry(t: Pick<Test, "teardown">): Promise<string> {
  const program = await registryProgram();
  const folder = mkdtempSync(join(tmpdir(), "dhi-registry-"));
  const address = `127.0.0.1:${await freePort()}`;
  const config = {
    version: "0.1",
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, "data") } },
    http: { addr: address },
  };
  // JSON is YAML.
  writeFileSync(join(folder, "config.yml"), JSON.stringify(config));
  const server = spawn(program, ["serve", join(folder, "config.yml")], { stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("exit", resolve).once("error", resolve));
  t.teardown(async () => {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  for (const end = Date.now() + START_SECONDS * 1000; Date.now() < end; await sleep(50)) {
    if (await answers(address)) return address;
  }
  throw new Error(`${program} did not answer on ${address}`);
}

/** Debian's registry; unpacked and not installed, because an installed one runs as a service on every address. */
async function registryProgram(): Promise<string> {
  const found = await execa("sh", ["-c", `command -v ${PACKAGE}`], { reject: false });
  if (!found.failed) return found.stdout;
  const folder = join(cacheFolder(), PACKAGE);
  const program = join(folder, "usr/bin", PACKAGE);
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(program)) return;
    const download = mkdtempSync(join(tmpdir(), "dhi-registry-"));
    try {
      await aptDownload(PACKAGE, download);
      mkdirSync(folder, { recursive: true });
      for (const name of readdirSync(download)) await execa("dpkg-deb", ["--extract", join(download, name), folder]);
    } finally {
      rmSync(download, { recursive: true });
    }
  });
  return program;
}

/** A port that nothing listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(`http://${address}/v2/`)).ok;
  } catch {
    return false;
  }
}
