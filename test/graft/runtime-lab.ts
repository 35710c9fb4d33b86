import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { runtimeProofScripts, runtimeScripts } from "../../src/graft/scripts.ts";
import { base } from "./compiled.ts";
import type { Lab, Tree } from "./lab.ts";

const release = 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n';

/** What a step said, and whether it went well. */
interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A lab with a donor beside the base, both of Debian 13; the base is this machine's C library and loader. */
export interface RuntimeLab {
  readonly lab: Lab;
  /** Writes files of the donor, or, with `base`, of the base. */
  write(tree: Tree, where?: "donor" | "base"): void;
  /** A program of these lines of C at a path of the donor. */
  program(path: string, source: string, ...flags: readonly string[]): Promise<void>;
  /** A library of the donor: `flags` may name its SONAME and libraries that it needs. */
  library(path: string, ...flags: readonly string[]): Promise<void>;
  /** The step that takes the runtime, then the one that proves it. A failure is no error here. */
  take(runtime: string, word: string, ...flags: readonly string[]): Promise<Said>;
  prove(runtime: string, word: string): Promise<Said>;
  /** All paths of the result, sorted: files and links. */
  result(): string[];
}

/** Makes the lab; the caller closes `lab`. */
export async function runtimeLab(): Promise<RuntimeLab> {
  const lab = await base();
  const donor = join(lab.root, "donor");
  const dhi = join(lab.root, "dhi");
  mkdirSync(donor);
  appendFileSync(join(dhi, "places.sh"), `donor=${donor}\n`);
  for (const [name, content] of Object.entries({ ...runtimeScripts, ...runtimeProofScripts })) {
    if (name !== "places.sh") writeFileSync(join(dhi, name), content);
  }
  for (const root of [donor, lab.target, lab.root]) {
    mkdirSync(join(root, "etc"), { recursive: true });
    writeFileSync(join(root, "etc/os-release"), release);
  }
  // The donor has the base's C library.
  for (const name of readdirSync(lab.target)) {
    if (name !== "etc") await execa("cp", ["-a", join(lab.target, name), donor]);
  }
  const loader = /^loader\t(.*)$/m.exec(readFileSync(join(lab.work, "facts"), "utf8"))?.[1] ?? "";
  const compile = async (path: string, source: string, flags: readonly string[]) => {
    mkdirSync(dirname(join(donor, path)), { recursive: true });
    await execa("cc", ["-x", "c", "-", "-x", "none", "-o", join(donor, path), ...flags], { input: source });
  };
  return {
    lab,
    write: (tree, where = "donor") => lab.write(where === "donor" ? "donor" : "target", tree),
    program: (path, source, ...flags) => compile(path, source, [`-Wl,--dynamic-linker=/${loader}`, ...flags]),
    library: (path, ...flags) => compile(path, "int one(void) { return 1; }", ["-shared", "-fPIC", ...flags]),
    take: (runtime, word, ...flags) => lab.run("runtime.sh", "--release", "13", ...flags, "--runtime", runtime, word),
    prove: (runtime, word) => lab.run("runtime-proof.sh", "--runtime", runtime, word),
    result: () =>
      readdirSync(lab.out, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(lab.out.length + 1))
        .sort(),
  };
}

/** The record of a package in the donor, and its list of files. */
export function recorded(name: string, files: readonly string[], more = ""): Tree {
  return {
    [`var/lib/dpkg/status.d/${name}`]: `Package: ${name}\nVersion: 3-1\nArchitecture: all\n${more}Description: test\n`,
    [`var/lib/dpkg/status.d/${name}.md5sums`]: files.map((file) => `${"0".repeat(32)}  ${file}\n`).join(""),
  };
}

/** The text of a file of the result. */
export function text({ lab }: RuntimeLab, path: string): string {
  return readFileSync(join(lab.out, path), "utf8");
}
