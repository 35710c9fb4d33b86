import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { execa } from "execa";

/**
 * Runs `work` while no other process holds the lock `file`. The lock is the kernel's (flock): it ends with the process that holds it, however that ends.
 * Waits as long as the other needs.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const holder = execa("flock", ["--exclusive", file, "sh", "-c", "echo locked; exec cat"], { buffer: false });
  await new Promise<void>((resolve, reject) => {
    holder.stdout.once("data", () => resolve());
    holder.catch(reject);
  });
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await holder;
  }
}
