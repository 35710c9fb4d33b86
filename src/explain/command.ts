import { parseArgs } from "node:util";
import { type Diagnostic, DiagnosticError } from "../diagnostic.ts";
import type { Platform } from "../model.ts";
import { parsePlatform } from "../parse/platform.ts";
import { renderDiagnostics } from "../print/terminal.ts";
import { readFromEngine } from "./from-engine.ts";
import { readFromFile } from "./from-file.ts";
import { imageIn } from "./manifest.ts";
import { ownersOf } from "./owners.ts";
import { explanationText, missingText } from "./path-text.ts";
import { readingProgress } from "./progress.ts";
import { reportOn } from "./report.ts";
import { reportText } from "./report-text.ts";
import { paintFor } from "./style.ts";
import { explainPath } from "./trace.ts";

export const explainHelp = `Usage: dhi-frontend explain --image IMAGE [options] [PATH...]
       dhi-frontend explain RULE      a rule of check, such as DhiShellForm

Tells what directives brought into an image: which word brought which packages, with versions, files and bytes. With paths: which word and package
brought that file, or whether it is the base's or your own. A path leads through the image's links; a name without a slash is looked for everywhere.

  --image IMAGE          an image of the local engine; it is read, not run
  --archive FILE         instead: a file that docker image save, buildx (type=oci, type=docker), podman or skopeo wrote, the folder of an
                         OCI layout, or - for standard input
  --platform OS/ARCH     which one of an image for several platforms (default: this machine's)
  --json                 the same for programs
  -h, --help             this text

Exit codes: 0 told, also that no directive brought anything; 1 the image, the engine or a path is not there; 2 wrong usage.
`;

const told = 0;
const notThere = 1;

/** A command line that can't be meant. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

interface Request {
  readonly place: { readonly image: string } | { readonly archive: string };
  readonly platform: Platform | undefined;
  readonly json: boolean;
  readonly paths: readonly string[];
}

/** Runs `explain` with its words; returns the exit code. Throws a UsageError. */
export async function explainCommand(words: readonly string[], own: Platform): Promise<number> {
  const request = readRequest(words);
  if (request === "help") {
    process.stdout.write(explainHelp);
    return told;
  }
  try {
    return await explain(request, own);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    complain(error.diagnostics);
    return notThere;
  }
}

function readRequest(words: readonly string[]): Request | "help" {
  const { values, positionals } = parse(words);
  if (values.help) return "help";
  const { image, archive, platform, json } = values;
  if (image !== undefined && archive !== undefined)
    throw new UsageError("explain takes --image or --archive, not both");
  const place = image !== undefined ? { image } : archive !== undefined ? { archive } : undefined;
  if (place === undefined) {
    const [first] = positionals;
    throw new UsageError(`explain needs an image: dhi-frontend explain --image ${first ?? "IMAGE"}`);
  }
  if (image === "" || archive === "" || positionals.includes("")) throw new UsageError("explain found an empty word");
  return { place, platform: platform === undefined ? undefined : parsePlatform(platform), json, paths: positionals };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        image: { type: "string" },
        archive: { type: "string" },
        platform: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function explain({ place, platform, json, paths }: Request, own: Platform): Promise<number> {
  const name = "image" in place ? place.image : place.archive === "-" ? "standard input" : place.archive;
  const progress = readingProgress(process.stderr, name);
  const reading =
    "image" in place ? readFromEngine(place.image, progress.tell) : readFromFile(place.archive, progress.tell);
  const archive = await reading.finally(progress.stop);
  const image = imageIn(archive, name, platform, own);
  const owners = ownersOf(image);
  const paint = paintFor(process.stdout);
  if (paths.length === 0) {
    const report = reportOn(image, owners);
    process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report, paint));
    return told;
  }
  const explanations = paths.flatMap((path) => explainPath(image, owners, path));
  const missing = explanations.filter((one) => one.type === "missing");
  if (json) process.stdout.write(`${JSON.stringify({ image: name, paths: explanations }, undefined, 2)}\n`);
  else {
    const there = explanations.filter((one) => one.type !== "missing");
    process.stdout.write(there.map((one) => explanationText(one, paint)).join(""));
    complain(missing.map((one) => ({ code: "DhiExplainPath", severity: "error", ...missingText(name, one) })));
  }
  return missing.length > 0 ? notThere : told;
}

function complain(diagnostics: readonly Diagnostic[]): void {
  const colours = process.stderr.isTTY === true && (process.env.NO_COLOR ?? "") === "";
  process.stderr.write(renderDiagnostics(undefined, diagnostics, colours));
}
