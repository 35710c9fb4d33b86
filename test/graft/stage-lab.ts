import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { type Lab, lab } from "./lab.ts";

/** Why tests that compile programs and change the root folder are skipped, or false. */
export const skip = existsSync("/usr/bin/cc") && process.getuid?.() === 0 ? false : "needs a C compiler and root";

/** A stage made of this machine's C library and loader, which is its own base as yet. */
export async function stage(): Promise<Lab> {
  const made = lab({
    "etc/os-release": 'ID=debian\nVERSION_ID="13"\n',
    "etc/passwd": "app:x:1000:1000::/:/none\n",
    "etc/group": "app:x:1000:\nmore:x:2000:app\n",
  });
  const loader = execFileSync("sh", [
    "-c",
    "readlink -f /lib64/ld-linux*.so.* /lib/ld-linux*.so.* 2>/dev/null | head -n 1",
  ]).toString();
  const libc = execFileSync("sh", ["-c", "ldd /bin/ls | sed -n 's|.*=> \\(.*/libc.so.6\\).*|\\1|p'"]).toString();
  for (const path of [loader.trim(), libc.trim()]) {
    mkdirSync(dirname(join(made.target, path)), { recursive: true });
    copyFileSync(path, join(made.target, path));
  }
  const asked = execFileSync("sh", [
    "-c",
    "readlink -f /bin/ls | xargs readelf -l | sed -n 's|.*interpreter: \\(.*\\)]|\\1|p'",
  ]);
  const name = asked.toString().trim();
  if (!existsSync(join(made.target, name))) {
    mkdirSync(dirname(join(made.target, name)), { recursive: true });
    symlinkSync(loader.trim(), join(made.target, name));
  }
  execFileSync("cp", ["-a", `${made.target}/.`, made.base]);
  return made;
}

/** Compiles C; `flags` are the compiler's, libraries to link to included. */
export async function compile(file: string, source: string, ...flags: string[]): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await execa("cc", ["-x", "c", "-", "-x", "none", "-o", file, ...flags], { input: source });
}

/** A program that does nothing; below two that call into libraries. */
export const plain = "int main(void){return 0;}";

/** A library that is nowhere in the stage, to be linked to. */
export async function elsewhere(made: Lab, soname: string): Promise<string> {
  const file = join(made.root, "elsewhere", soname);
  await compile(file, "int f(void){return 1;}", "-shared", "-fPIC", `-Wl,-soname,${soname}`);
  return file;
}

export const uses = "int f(void); int main(void){return f();}";
export const calls = "int f(void); int g(void){return f();}";

/** Writes a file of the stage. */
export function put(made: Lab, path: string, content: string, mode = 0o644): void {
  made.write("target", { [path]: content });
  chmodSync(join(made.target, path), mode);
}

/** Changes bytes of a file. */
export function patch(file: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
}
