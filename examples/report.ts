import type { Engine } from "../test/engine/engine.ts";
import { readImageFiles } from "../test/image-files.ts";
import { isRecord, type PackageRecord, packageRecords } from "../test/package-records.ts";
import type { Step } from "./build-events.ts";
import { bytes, paint, seconds, type Terminal, wrap } from "./terminal.ts";

/** What is to be told of an image. */
export interface ImageReport {
  /** Bytes in all files of the image, and of its base. */
  readonly size: number;
  readonly baseSize: number;
  /** The packages that directives brought. */
  readonly packages: readonly PackageRecord[];
  /** Files and links that were added outside of the program's own folder, and their bytes. */
  readonly graftedFiles: number;
  readonly graftedBytes: number;
}

/** How long things took, in seconds. */
export interface Times {
  readonly graft: number;
  readonly build: number;
  readonly total: number;
}

/** Compares an image with its base. The program lies below `folder`; what else was added is the graft's. */
export async function reportOn(engine: Engine, image: string, base: string, folder: string): Promise<ImageReport> {
  const [files, baseFiles] = await Promise.all([readImageFiles(engine, image, isRecord), readImageFiles(engine, base)]);
  const grafted = [...files.values()].filter(
    ({ path, type }) => type !== "folder" && !baseFiles.has(path) && !`/${path}`.startsWith(`${folder}/`),
  );
  return {
    size: sizeOf(files.values()),
    baseSize: sizeOf(baseFiles.values()),
    packages: packageRecords(files).filter(({ requested }) => requested.length > 0),
    graftedFiles: grafted.length,
    graftedBytes: sizeOf(grafted),
  };
}

/** Seconds in the steps of directives; a step from the cache took none. */
export function graftSeconds(steps: readonly Step[]): number {
  return steps
    .filter(({ name, cached }) => name.includes("DHI-") && !cached)
    .reduce((sum, step) => sum + step.seconds, 0);
}

/** The table that ends `npm start`, ready to print. */
export function reportTable(
  { size, baseSize, packages, graftedFiles, graftedBytes }: ImageReport,
  times: Times,
  result: { readonly path: string; readonly size: number; readonly uid: number },
  terminal: Terminal,
): string {
  const width = Math.max(40, Math.min(terminal.columns ?? 120, 120) - LABEL);
  const words = [...new Set(packages.flatMap(({ requested }) => requested))].join(" ");
  const row = (label: string, ...lines: readonly string[]) =>
    lines.map((line, index) => paint(terminal, "bold", (index === 0 ? label : "").padEnd(LABEL)) + line);
  return [
    ...row("image", `${bytes(size)}, of which the base has ${bytes(baseSize)}`),
    ...row(
      "grafted",
      `${count(packages.length, "package")} for ${words}: ${count(graftedFiles, "file")}, ${bytes(graftedBytes)}`,
    ),
    ...row(
      "packages",
      ...wrap(
        packages.map(({ name, version }) => `${name} ${shortVersion(version)}`),
        width,
      ),
    ),
    ...row("time", `graft ${seconds(times.graft)}, build ${seconds(times.build)}, all ${seconds(times.total)}`),
    ...row("ran as", `uid ${result.uid}`),
    ...row("result", `${result.path} (${bytes(result.size)})`),
    "",
  ].join("\n");
}

const LABEL = 10;

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The upstream part of a Debian version: no epoch, no revision (Debian policy 5.6.12). */
function shortVersion(version: string): string {
  return version
    .replace(/^\d+:/, "")
    .replace(/-[^-]*$/, "")
    .replace(/\+(dfsg|ds|really).*$/, "");
}

function sizeOf(files: Iterable<{ readonly size: number }>): number {
  let sum = 0;
  for (const { size } of files) sum += size;
  return sum;
}
