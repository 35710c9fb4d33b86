import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";

/** The shell and tools that a step's scripts run with: this machine's, or a busybox alone, as in a builder image of Alpine. */
export type Tools = "debian" | "busybox";

const busybox = process.env.DHI_BUSYBOX ?? "/bin/busybox";

/** Why a step can't run with these tools on this machine, or false. */
export function skip(tools: Tools): string | false {
  if (process.getuid?.() !== 0) return "needs root";
  return tools === "debian" || existsSync(busybox) ? false : "needs the package busybox-static";
}

/** A step's scripts with places of their own: each name of places.sh is a folder below `root`. */
export interface StepLab {
  readonly root: string;
  at(...path: readonly string[]): string;
  /** Writes files; the first folder is a place. */
  write(files: Readonly<Record<string, string | Buffer>>): void;
  /** Runs a script of the step; a failure is no error here. */
  run(script: string, ...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  close(): void;
}

/** Makes a lab for these scripts. `more` are programs beside busybox's own. */
export function stepLab(
  scripts: Readonly<Record<string, string>>,
  tools: Tools,
  more: readonly string[] = [],
): StepLab {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "dhi-step-")));
  const places = [...(scripts["places.sh"] ?? "").matchAll(/^(\w+)=/gm)].map(([, name]) => name ?? "");
  for (const place of [...places, "dhi", "bin"]) mkdirSync(join(root, place));
  for (const [name, content] of Object.entries(scripts)) writeFileSync(join(root, "dhi", name), content);
  writeFileSync(join(root, "dhi/places.sh"), places.map((place) => `${place}=${root}/${place}\n`).join(""));
  if (tools === "busybox") {
    const applets = execFileSync(busybox, ["--list"], { encoding: "utf8" }).split("\n").filter(Boolean);
    for (const applet of applets.filter((name) => !["dpkg", "dpkg-deb", ...more].includes(name))) {
      symlinkSync(busybox, join(root, "bin", applet));
    }
    for (const program of more) symlinkSync(join("/usr/bin", program), join(root, "bin", program));
  }
  const [command, ...first] = tools === "busybox" ? [busybox, "sh"] : ["sh"];
  const path = tools === "busybox" ? join(root, "bin") : process.env.PATH;
  return {
    root,
    at: (...path) => join(root, ...path),
    write: (files) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
    },
    run: async (script, ...args) => {
      const result = await execa(command ?? "sh", [...first, join(root, "dhi", script), ...args], {
        reject: false,
        extendEnv: false,
        env: { PATH: path },
        cwd: root,
      });
      return { code: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}
