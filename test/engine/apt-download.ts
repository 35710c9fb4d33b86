import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "./cache-folder.ts";
import { withLock } from "./lock.ts";

/**
 * Downloads the .deb file of a package of this machine's release into a folder, with apt's own checks. A machine that has no package lists yet, or old
 * ones, gets new lists first. Rejects when the package is not to be had.
 */
export async function aptDownload(name: string, folder: string): Promise<void> {
  const apt = (...words: string[]) =>
    // Otherwise apt downloads as a user of its own, who may not write there.
    execa("apt-get", ["-qq", "-o", "APT::Sandbox::User=root", ...words], { cwd: folder, stdin: "ignore" });
  await withLock(join(cacheFolder(), "apt.lock"), async () => {
    const there = await apt("download", name).then(
      () => true,
      () => false,
    );
    if (there) return;
    await apt("update");
    await apt("download", name);
  });
}
