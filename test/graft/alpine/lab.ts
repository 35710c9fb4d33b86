import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { alpineProofScripts, alpineScripts } from "../../../src/graft/scripts.ts";
import { type ApkPackage, keyName, repository, SigningKey } from "./repository.ts";

/** apk: the stand-in, or a real one that the environment names. */
export const apk = process.env.DHI_REAL_APK ?? join(import.meta.dirname, "apk");

/** Debian's musl has the loader of Alpine's. */
export const musl = "/lib/x86_64-linux-musl/libc.so";
/** All tools of the scripts; the environment may name another build. */
export const busybox = process.env.DHI_BUSYBOX ?? "/bin/busybox";

/** Why these labs can't run on this machine, or false. */
export const skip =
  process.getuid?.() !== 0
    ? "needs root"
    : [musl, busybox, "/usr/bin/musl-gcc"].every((path) => existsSync(path))
      ? false
      : "needs the packages musl-tools and busybox-static";

type Files = NonNullable<ApkPackage["files"]>;

/** What the base is made of. */
export interface Base {
  /** Packages with records in its database. */
  readonly packages?: readonly ApkPackage[];
  /** Files that no package owns. */
  readonly files?: Files;
  /** /lib, /bin and /sbin lead into /usr. */
  readonly merged?: boolean;
  /** Packages of the world file; without it the base has none. */
  readonly world?: readonly string[];
  /** Without a C library. */
  readonly static?: boolean;
}

/** The base's musl, as Alpine's package has it. */
export const muslPackage: ApkPackage = {
  name: "musl",
  version: "1.2.5-r9",
  provides: ["so:libc.musl-x86_64.so.1=1"],
  files: skip
    ? {}
    : {
        "lib/ld-musl-x86_64.so.1": { content: readFileSync(musl), mode: 0o755 },
        "lib/libc.musl-x86_64.so.1": { to: "ld-musl-x86_64.so.1" },
      },
};

const release = "ID=alpine\nVERSION_ID=3.23.1\n";

/** One for all labs, so that the same package has the same bytes in each. */
const key = new SigningKey();

/** A base, a builder with package sources, and places of their own for the scripts, which run under busybox alone. */
export class AlpineLab {
  readonly root: string;
  readonly #tools: string;

  constructor(base: Base = {}) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "dhi-alpine-")));
    for (const folder of ["target", "have", "out", "graft", "dhi", "access", "etc/apk/keys", "bin", "repository"]) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    const places = ["target", "have", "out", "access", "etc"].map((name) => `${name}=${this.root}/${name}\n`);
    const scripts = { ...alpineScripts, ...alpineProofScripts };
    this.write("dhi", { ...scripts, "places.sh": `${places.join("")}work=${this.root}/graft\n` });
    this.write("etc", {
      "os-release": "ID=alpine\nVERSION_ID=3.23.0\n",
      "apk/repositories": `${this.root}/repository\n`,
      [`apk/keys/${keyName}`]: key.pem,
    });
    this.#tools = join(this.root, "bin");
    for (const applet of execFileSync(busybox, ["--list"], { encoding: "utf8" }).split("\n")) {
      if (applet !== "" && !["dpkg", "dpkg-deb", "busybox"].includes(applet))
        symlinkSync(busybox, join(this.#tools, applet));
    }
    writeFileSync(join(this.#tools, "apk"), `#!/bin/sh\nexec ${process.env.DHI_REAL_APK ? "" : "sh "}${apk} "$@"\n`);
    chmodSync(join(this.#tools, "apk"), 0o755);
    this.#base(base);
  }

  #base({ packages = [], files = {}, merged = false, world, static: bare = false }: Base): void {
    const target = join(this.root, "target");
    if (merged) {
      for (const folder of ["lib", "bin", "sbin"]) {
        mkdirSync(join(target, "usr", folder), { recursive: true });
        symlinkSync(`usr/${folder}`, join(target, folder));
      }
    }
    const all = bare ? packages : [muslPackage, ...packages];
    for (const one of all) this.write("target", one.files ?? {});
    this.write("target", {
      "etc/os-release": release,
      "etc/passwd": "root:x:0:0:root:/root:/sbin/nologin\n",
      ...files,
    });
    this.write("target", { "lib/apk/db/installed": all.map((one) => databaseRecord(one)).join("") });
    if (world) this.write("target", { "etc/apk/world": world.map((word) => `${word}\n`).join("") });
  }

  /** Writes files below a folder of the lab. */
  write(folder: string, files: Files): void {
    for (const [path, described] of Object.entries(files)) {
      const whole = described !== null && typeof described === "object" && "content" in described;
      const { content, mode } = whole
        ? (described as { content: string; mode?: number })
        : { content: described as string | Buffer | null | { to: string }, mode: undefined };
      const file = join(this.root, folder, path);
      mkdirSync(content === null ? file : dirname(file), { recursive: true });
      if (content !== null && typeof content === "object" && "to" in content) symlinkSync(content.to, file);
      else if (content !== null) writeFileSync(file, content);
      if (mode !== undefined) chmodSync(file, mode);
    }
  }

  /** Fills the builder's package source. */
  offer(packages: readonly ApkPackage[], architecture = "x86_64", folder = "repository"): void {
    repository(join(this.root, folder), packages, key, architecture);
  }

  /** Gives the tools of a builder that has GNU's instead of busybox's. */
  withGnuTools(): this {
    for (const tool of [
      "awk",
      "chmod",
      "chown",
      "cut",
      "find",
      "grep",
      "head",
      "od",
      "sed",
      "sort",
      "stat",
      "touch",
      "tr",
      "xargs",
    ]) {
      rmSync(join(this.#tools, tool));
      symlinkSync(join("/usr/bin", tool), join(this.#tools, tool));
    }
    return this;
  }

  /** Runs a script of the build step and returns what it said; a failure is no error here. */
  async run(script: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const result = await execa(busybox, ["sh", join(this.root, "dhi", script), ...args], {
      reject: false,
      extendEnv: false,
      env: { PATH: this.#tools, TARGETARCH: "amd64", ...environment },
    });
    return { code: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
  }

  /** Runs the graft step with these lines after `--release 3.23`. */
  graft(...args: readonly string[]) {
    return this.run("alpine.sh", ["--release", "3.23", ...args]);
  }

  /** Runs the proof of what the graft step left. */
  proof(...args: readonly string[]) {
    return this.run("alpine-proof.sh", args);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Every file and link below a folder, folders left out. */
  list(folder: string): string[] {
    const at = join(this.root, folder);
    if (!existsSync(at)) return [];
    return readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(at.length + 1))
      .sort();
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A package's record as apk writes it. */
export function databaseRecord({ name, version = "1.0-r0", depends, provides, files = {} }: ApkPackage): string {
  const folders = new Map<string, string[]>();
  for (const path of Object.keys(files).sort()) {
    const folder = dirname(path) === "." ? "" : dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), path.slice(folder.length === 0 ? 0 : folder.length + 1)]);
  }
  const lines = [
    `C:Q1${Buffer.alloc(20, name).toString("base64")}`,
    `P:${name}`,
    `V:${version}`,
    "A:x86_64",
    "S:1",
    "I:1",
    `T:test package ${name}`,
    "U:https://example.org",
    "L:MIT",
    `o:${name}`,
    ...(depends?.length ? [`D:${depends.join(" ")}`] : []),
    ...(provides?.length ? [`p:${provides.join(" ")}`] : []),
    ...[...folders].flatMap(([folder, names]) => [
      `F:${folder}`,
      ...names.flatMap((file) => [`R:${file}`, "a:0:0:755"]),
    ]),
    "",
    "",
  ];
  return lines.join("\n");
}
