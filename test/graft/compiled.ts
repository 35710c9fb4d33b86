import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { type Lab, lab } from "./lab.ts";

/** A file below a root, with the folders above it. */
export function put(root: string, path: string, content: Buffer | string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** These tests compile libraries and change the root folder. */
export const skip = existsSync("/usr/bin/cc") && process.getuid?.() === 0 ? false : "needs a C compiler and root";

/** A base made of this machine's C library and loader, with what debian.sh leaves for the proof. */
export async function base(): Promise<Lab> {
  const made = lab({});
  const loader = execFileSync("sh", [
    "-c",
    "readlink -f /lib64/ld-linux*.so.* /lib/ld-linux*.so.* 2>/dev/null | head -n 1",
  ])
    .toString()
    .trim();
  const libc = execFileSync("sh", ["-c", "ldd /bin/ls | sed -n 's|.*=> \\(.*/libc.so.6\\).*|\\1|p'"]).toString().trim();
  for (const path of [loader, libc]) {
    mkdirSync(dirname(join(made.target, path)), { recursive: true });
    copyFileSync(path, join(made.target, path));
  }
  await made.run("target.sh");
  const facts = readFileSync(join(made.work, "facts"), "utf8");
  made.write("graft/proof", {
    facts,
    search: readFileSync(join(made.work, "search"), "utf8"),
    "base.list": readFileSync(join(made.work, "base.list"), "utf8"),
    names: "liby1\nlibz2-3t64\n",
    closure: "",
  });
  return made;
}

/** A library of these lines of C, at a path of the lab. */
export async function compile(made: Lab, path: string, source: string, ...flags: string[]): Promise<void> {
  mkdirSync(dirname(join(made.root, path)), { recursive: true });
  await execa("cc", ["-shared", "-fPIC", "-x", "c", "-", "-x", "none", "-o", join(made.root, path), ...flags], {
    input: source,
  });
}
