import { parseArgs } from "node:util";
import { type Diagnostic, DiagnosticError } from "../diagnostic.ts";
import type { Platform, Source } from "../model.ts";
import { parsePlatform } from "../parse/platform.ts";
import { renderDiagnostics } from "../print/terminal.ts";
import { readFromDisk } from "../read/from-disk.ts";
import { fromCatalog } from "../resolve/from-catalog.ts";
import { fromDocker } from "../resolve/from-docker.ts";
import { parseMirrors } from "../resolve/reference.ts";
import type { CheckOptions } from "./check.ts";
import { fileFindings } from "./file-findings.ts";
import { type FileFindings, prettyText, summaryText } from "./output/pretty.ts";

export const checkHelp = `Usage: dhi-frontend check [options] [FILE...]

Checks Dockerfiles for what hardened images have, and have not: shells, package managers, programs, users, tags. FILE is Dockerfile
by default; - reads standard input.

  -f, --file FILE        one more file
  --build-arg KEY=VALUE  a build argument, as for docker build; may stand more than once
  --target STAGE         look only at what this stage needs (default: all stages)
  --platform OS/ARCH     the platform to build for (default: this machine's)
  --offline              take the facts about images from the shipped catalogue only
  -h, --help             this text

Exit codes: 0 nothing above info, 1 warnings or errors, 2 wrong usage or a file that can't be read.
`;

const fine = 0;
const found = 1;
const cannot = 2;

/** What the command asks of the program that it is part of. */
export interface CheckHost {
  readonly own: Platform;
  /** `KEY=VALUE` words as build arguments. */
  buildArguments(pairs: readonly string[]): Record<string, string>;
  /** The mistakes in a file's directives. */
  problems(source: Source, options: CheckOptions): Promise<readonly Diagnostic[]>;
  /** Says what is wrong with the command line; returns the exit code. */
  usage(problem: string): number;
}

/** Runs `check` with its words; returns the exit code. */
export async function checkCommand(words: readonly string[], host: CheckHost): Promise<number> {
  let flags: ReturnType<typeof readFlags>;
  try {
    flags = readFlags(words);
  } catch (error) {
    return host.usage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = flags;
  if (values.help) {
    process.stdout.write(checkHelp);
    return fine;
  }
  const named = [...values.file, ...positionals];
  try {
    const options = optionsOf(values, host);
    const files: FileFindings[] = [];
    for (const name of named.length > 0 ? named : ["Dockerfile"]) {
      const source = await readFromDisk(name);
      const problems = await host.problems(source, options);
      files.push({ source, findings: await fileFindings(source, options, problems) });
    }
    const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
    for (const file of files) process.stdout.write(prettyText(file, colours));
    process.stdout.write(summaryText(files));
    return files.some(({ findings }) => findings.some(({ severity }) => severity !== "info")) ? found : fine;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    process.stderr.write(renderDiagnostics(undefined, error.diagnostics, false));
    return cannot;
  }
}

function readFlags(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      file: { type: "string", short: "f", multiple: true, default: [] },
      "build-arg": { type: "string", multiple: true, default: [] },
      target: { type: "string" },
      platform: { type: "string" },
      offline: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}

function optionsOf(values: ReturnType<typeof readFlags>["values"], host: CheckHost): CheckOptions {
  const buildArgs = host.buildArguments(values["build-arg"]);
  const mirrors = parseMirrors(buildArgs.DHI_MIRRORS ?? "");
  return {
    buildArgs,
    mirrors,
    platform: values.platform === undefined ? host.own : parsePlatform(values.platform),
    buildPlatform: host.own,
    facts: values.offline ? fromCatalog(mirrors) : fromDocker({ mirrors }),
    hardenedOnly: false,
    today: new Date().toISOString().slice(0, 10),
    ...(values.target === undefined ? { scope: "all" } : { scope: "target", target: values.target }),
  };
}
