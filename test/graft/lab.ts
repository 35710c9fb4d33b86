import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { graftScripts, proofScripts, verifyScripts } from "../../src/graft/scripts.ts";

/** What stands at a path: a file's text, a folder (null), or a link (`{ to }`). */
export type Tree = Readonly<Record<string, string | null | { readonly to: string }>>;

/** A folder in which single scripts run as in a build step, with a base, packages and places of its own. */
export interface Lab {
  readonly root: string;
  readonly target: string;
  readonly base: string;
  readonly out: string;
  readonly work: string;
  /** Runs a script with its arguments and returns what it said; a failure is no error here. */
  run(
    script: string,
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
  /** Files of a work folder as lines of fields. */
  table(name: string): string[][];
  write(folder: string, tree: Tree): void;
  close(): void;
}

/** Makes a lab whose base holds these files. `packages` replaces the table of special knowledge. */
export function lab(base: Tree, packages?: string): Lab {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "dhi-graft-")));
  const at = {
    target: join(root, "target"),
    base: join(root, "base"),
    have: join(root, "have"),
    out: join(root, "out"),
    work: join(root, "graft"),
    index: join(root, "apt"),
    cache: join(root, "cache"),
    access: join(root, "access"),
    etc: join(root, "etc"),
  };
  for (const folder of [at.target, at.have, at.out, at.work, at.access, at.etc]) mkdirSync(folder);
  const scripts = join(root, "dhi");
  mkdirSync(scripts);
  const places = Object.entries(at).map(([name, path]) => `${name}=${path}\n`);
  const more = `empty=${join(root, "empty")}\nsonames=${join(root, "sonames.txt")}\n`;
  writeFileSync(join(root, "sonames.txt"), "");
  const files = { ...verifyScripts, ...graftScripts, ...proofScripts, "places.sh": places.join("") + more };
  if (packages !== undefined) Object.assign(files, { "packages.txt": packages });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(scripts, name), content);
  writeTree(at.target, base);
  return {
    root,
    target: at.target,
    base: at.base,
    out: at.out,
    work: at.work,
    run: async (script, ...args) => {
      const result = await execa("sh", [join(scripts, script), ...args], { reject: false, env: { LC_ALL: "C" } });
      return { code: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
    },
    table: (name) => {
      const lines = readFileSync(join(at.work, name), "utf8").split("\n").filter(Boolean);
      return lines.map((line) => line.split("\t"));
    },
    write: (folder, tree) => writeTree(join(root, folder), tree),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

function writeTree(root: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    const file = join(root, path);
    mkdirSync(content === null ? file : dirname(file), { recursive: true });
    if (typeof content === "string") writeFileSync(file, content);
    else if (content !== null) symlinkSync(content.to, file);
  }
}

/** A package as it is unpacked: its files, and the fields of its control file. */
export interface Unpacked {
  readonly files: Tree;
  readonly version?: string;
  readonly source?: string;
  readonly state?: string;
  /** Its maintainer script. */
  readonly postinst?: string;
  /** Numbers of the lines that reach it; the first unless said. */
  readonly lines?: string;
  /** Its Depends field. */
  readonly depends?: string;
  /** Files in its list of checksums that are not unpacked: documentation, manuals, translations. */
  readonly packed?: readonly string[];
}

/** The fact sheet of the command line, as lines.sh writes it: a directive with its flags and words for each line. */
export function lines(...of: readonly (readonly [string, ...(readonly [string, string])[]])[]): string {
  return of
    .flatMap(([directive, ...facts], i) => facts.map(([what, value]) => `${i + 1}\t${directive}\t${what}\t${value}\n`))
    .join("");
}

/** Puts packages into the lab as if they were downloaded and unpacked, wanted by one word each of these lines (one DHI-NATIVE line unless said). */
export function unpack(
  lab: Lab,
  packages: Readonly<Record<string, Unpacked>>,
  asked = lines(["DHI-NATIVE", ...Object.keys(packages).map((name) => ["word", name] as const)]),
): void {
  const needed: string[] = [];
  for (const [
    name,
    {
      files,
      version = "1-1",
      source = name,
      state = "keep",
      lines: reach = "1",
      depends = "libc6",
      packed = [],
      postinst,
    },
  ] of Object.entries(packages)) {
    lab.write(`graft/tree/${name}`, files);
    const control = `Package: ${name}\nSource: ${source}\nVersion: ${version}\nArchitecture: all\nDepends: ${depends}\nDescription: test\n more\n`;
    lab.write(`graft/control/${name}`, {
      control,
      md5sums: sums(files, packed),
      ...(postinst === undefined ? {} : { postinst }),
    });
    needed.push([name, version, "all", source, state, name, reach].join("\t"));
  }
  const words = Object.keys(packages).map((name) => `${name}\t${name}\t\t1`);
  lab.write("graft", {
    notes: "",
    needed: `${needed.sort().join("\n")}\n`,
    words: `${words.join("\n")}\n`,
    lines: asked,
  });
}

function sums(files: Tree, packed: readonly string[]): string {
  const paths = Object.entries(files).filter(
    ([path, content]) => typeof content === "string" && !path.startsWith("etc/"),
  );
  return [...paths.map(([path]) => path), ...packed].map((path) => `${"0".repeat(32)}  ${path}\n`).join("");
}

/** Runs the steps from the base's facts to the finished result; throws what the first that fails says. */
export async function graft(lab: Lab): Promise<void> {
  for (const script of ["target.sh", "select.sh", "place.sh", "maintain.sh", "records.sh", "dress.sh"]) {
    const { code, stderr } = await lab.run(script);
    if (code !== 0) throw new Error(stderr);
  }
}

/** What is at a path below a folder: `file`, `folder`, `-> target`, or undefined. Links in the parents are not the question here. */
export function kind(root: string, path: string): string | undefined {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return stat.isDirectory() ? "folder" : stat.isSymbolicLink() ? "link" : "file";
}
