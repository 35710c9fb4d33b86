import type { Report } from "../src/explain/report.ts";
import { bytes, count } from "../src/explain/style.ts";
import type { Step } from "./build-events.ts";
import { paint, seconds, type Terminal, wrap } from "./terminal.ts";

/** How long things took, in seconds. */
export interface Times {
  readonly graft: number;
  readonly build: number;
  readonly total: number;
}

/** What came of running an image. */
export interface Outcome {
  readonly uid: number;
  /** What a service answered: the request and what came of it. */
  readonly answers: readonly {
    readonly request: string;
    readonly status: number;
    readonly type: string;
    readonly size: number;
  }[];
  /** What was saved. */
  readonly results: readonly { readonly path: string; readonly size: number }[];
}

/** Seconds in the steps of directives; a step from the cache took none. */
export function graftSeconds(steps: readonly Step[]): number {
  return steps
    .filter(({ name, cached }) => name.includes("DHI-") && !cached)
    .reduce((sum, step) => sum + step.seconds, 0);
}

/** The table that ends `npm start`, ready to print. */
export function reportTable(
  { bytes: size, base, packages, grafted, requested }: Report,
  times: Times,
  { uid, answers, results }: Outcome,
  terminal: Terminal,
): string {
  const width = Math.max(40, Math.min(terminal.columns ?? 120, 120) - LABEL);
  const words = [...new Set(requested.map(({ word }) => word))].join(" ");
  const row = (label: string, ...lines: readonly string[]) =>
    lines.map((line, index) => paint(terminal, "bold", (index === 0 ? label : "").padEnd(LABEL)) + line);
  return [
    ...row("image", `${bytes(size)}, of which the base has ${bytes(base.bytes)}`),
    ...row(
      "grafted",
      `${count(grafted.packages, "package")} for ${words}: ${count(grafted.files, "file")}, ${bytes(grafted.bytes)}`,
    ),
    ...row(
      "packages",
      ...wrap(
        packages.map(({ name, version }) => `${name} ${shortVersion(version)}`),
        width,
      ),
    ),
    ...row("time", `graft ${seconds(times.graft)}, build ${seconds(times.build)}, all ${seconds(times.total)}`),
    ...row("ran as", `uid ${uid}`),
    ...row("answers", ...answerLines(answers)),
    ...row("result", ...results.map(({ path, size }) => `${path} (${bytes(size)})`)),
    "",
  ].join("\n");
}

function answerLines(answers: Outcome["answers"]): string[] {
  const width = Math.max(...answers.map(({ request }) => request.length));
  return answers.map(
    ({ request, status, type, size }) => `${request.padEnd(width)}  ${status} ${type} (${bytes(size)})`,
  );
}

const LABEL = 10;

/** The upstream part of a Debian version: no epoch, no revision (Debian policy 5.6.12). */
function shortVersion(version: string): string {
  return version
    .replace(/^\d+:/, "")
    .replace(/-[^-]*$/, "")
    .replace(/\+(dfsg|ds|really).*$/, "");
}
