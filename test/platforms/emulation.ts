import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { aptDownload } from "../engine/apt-download.ts";
import { cacheFolder } from "../engine/cache-folder.ts";
import { withLock } from "../engine/lock.ts";

/** The packages that may hold the emulator, and its file there: of Debian 12, and of Debian 13 on. */
const PACKAGES = [
  ["qemu-user-static", "usr/bin/qemu-aarch64-static"],
  ["qemu-user", "usr/bin/qemu-aarch64"],
] as const;

/** The start of an arm64 program's or library's header, and which bits of it count (System V ABI; binfmt_misc of the kernel's admin-guide). */
const MAGIC = String.raw`\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00`;
const MASK = String.raw`\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff`;

/**
 * Registers under a name of its own, and says so; takes the registration away when its input ends, which it does when its parent ends in
 * whatever way. The mount is its own; what is registered is the kernel's. F: the emulator is opened now, so that it is found in any root.
 */
const REGISTER = `trap '' HUP INT TERM
mount -t binfmt_misc none "$1" || exit
trap 'echo -1 >"$1/$2"' EXIT
printf ':%s:M::%s:%s:%s:F' "$2" "$3" "$4" "$5" >"$1/register" || exit
echo registered
cat >/dev/null`;

/**
 * Lets the kernel run arm64 programs with an emulator of Debian's while `work` runs. It is kernel-wide, so it has a name of its own and goes by that
 * name, also when this process is killed. Returns undefined, or what keeps this machine from it; then `work` does not run.
 */
export async function withArm64(work: () => Promise<void>): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "this user is not root";
  const emulator = await emulatorFile();
  if (emulator === undefined) return "Debian's emulator can't be had";
  const mount = mkdtempSync(join(cacheFolder(), "binfmt-"));
  const name = `dhi-test-arm64-${process.pid}`;
  const holder = execa("unshare", ["--mount", "sh", "-c", REGISTER, "sh", mount, name, MAGIC, MASK, emulator], {
    reject: false,
  });
  try {
    const registered = await Promise.race([
      new Promise<boolean>((resolve) => holder.stdout.once("data", () => resolve(true))),
      holder.then(() => false),
    ]);
    if (!registered) return `binfmt_misc can't be used: ${(await holder).stderr}`;
    await work();
    return undefined;
  } finally {
    holder.stdin.end();
    await holder;
    rmSync(mount, { recursive: true });
  }
}

/** The emulator, from its package. Fetched once, then taken from the cache folder. */
async function emulatorFile(): Promise<string | undefined> {
  const kept = join(cacheFolder(), "qemu-aarch64");
  await withLock(`${kept}.lock`, async () => {
    if (existsSync(kept)) return;
    const folder = mkdtempSync(join(cacheFolder(), "qemu-"));
    try {
      for (const [name, file] of PACKAGES) {
        const options = { cwd: folder, reject: false, stdin: "ignore" } as const;
        // A release has it under the one or the other name.
        await aptDownload(name, folder).catch(() => undefined);
        await execa("sh", ["-c", `dpkg-deb --fsys-tarfile ${name}_*.deb | tar -x ./${file}`], options);
        if (existsSync(join(folder, file))) return renameSync(join(folder, file), kept);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  return existsSync(kept) ? kept : undefined;
}
