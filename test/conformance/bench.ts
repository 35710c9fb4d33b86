import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Test } from "tap";
import { type Engine, engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "../frontend-image.ts";
import { type Layout, readLayout } from "./oci-layout.ts";

/** The line that makes a build ours, and one of the same length in its place that does not. */
export const OURS = `# syntax=${FRONTEND}\n`;
const NOT_OURS = OURS.replace("syntax=", "stock: ");

/** The smallest useful base for directives, and one with a shell. */
export const HARDENED = "dhi.io/debian-base:trixie";
export const WITH_SHELL = "debian:trixie-slim";

/** Files of a build context, and a way to build Dockerfiles with them. */
export interface Bench {
  readonly engine: Engine;
  readonly folder: string;
  /** What every build needs to find its images. */
  readonly options: readonly string[];
  /** Writes a Dockerfile and gives the words of the command line that build it. */
  words(text: string, args?: readonly string[]): string[];
  /** Builds, well or not. */
  run(text: string, args?: readonly string[]): Promise<{ failed: boolean; output: string }>;
  /** Builds into an image layout; throws with the build's output when that fails. */
  image(text: string, args?: readonly string[]): Promise<Layout>;
  /** What the build of a file with directives hands to BuildKit, without the line that makes it ours. */
  expanded(text: string, args?: readonly string[]): Promise<string>;
  /** A new empty folder that goes when the test ends. */
  fresh(): string;
}

/** The same file as the stock frontend takes it: every line where it was. */
export function stock(text: string): string {
  return text.replace(OURS, NOT_OURS);
}

/** Prepares builds with our image on an engine; the files go when the test ends. */
export async function bench(
  t: Pick<Test, "teardown">,
  files: Readonly<Record<string, string>>,
  used?: Engine,
): Promise<Bench> {
  const on = used ?? (await engine());
  const lent = await standIns(on, [HARDENED, `${HARDENED}-dev`, WITH_SHELL]);
  const frontend = await frontendImage(on);
  return benchOn(t, files, on, [...lent.buildContextArgs, ...frontend.buildContextArgs]);
}

/** The same on an engine that has the images already. */
export function benchOn(
  t: Pick<Test, "teardown">,
  files: Readonly<Record<string, string>>,
  used: Engine,
  options: readonly string[] = [],
): Bench {
  const root = mkdtempSync(join(tmpdir(), "dhi-conformance-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "context");
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const fresh = () => mkdtempSync(join(root, "n-"));
  const words = (text: string, args: readonly string[] = []) => {
    const dockerfile = join(fresh(), "Dockerfile");
    writeFileSync(dockerfile, text);
    // What our own rules say is no part of what is compared here.
    return ["buildx", "build", "--file", dockerfile, "--build-arg=DHI_CHECK=skip=all", ...options, ...args, folder];
  };
  const run = async (text: string, args: readonly string[] = []) => {
    const output = args.some((arg) => /^(--output|--call|--check|--load)/.test(arg)) ? [] : ["--output=type=cacheonly"];
    const command = words(text, ["--progress=plain", ...output, ...args]);
    const result = await used.docker(command, { reject: false, all: true, stdin: "ignore" });
    return { failed: result.failed, output: String(result.all) };
  };
  return {
    engine: used,
    folder,
    options,
    words,
    run,
    fresh,
    async image(text, args = []) {
      const layout = join(fresh(), "image");
      const built = await run(text, [`--output=type=oci,tar=false,dest=${layout}`, ...args]);
      if (built.failed) throw new Error(built.output);
      return readLayout(layout);
    },
    async expanded(text, args = []) {
      const result = await used.docker(words(text, ["--call=frontend.dhi.expand", ...args]), { stdin: "ignore" });
      return stock(`${result.stdout}\n`);
    },
  };
}
