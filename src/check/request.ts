import { parseArgs } from "node:util";
import type { Platform } from "../model.ts";
import { parsePlatform } from "../parse/platform.ts";
import { fromCatalog } from "../resolve/from-catalog.ts";
import { fromDocker } from "../resolve/from-docker.ts";
import { parseMirrors } from "../resolve/reference.ts";
import type { CheckOptions } from "./check.ts";
import { ownSettings } from "./skip.ts";
import { dayOf, todayOf } from "./today.ts";

export const checkHelp = `Usage: dhi-frontend check [options] [FILE...]

Checks Dockerfiles for what hardened images have, and have not: shells, package managers, programs, users, tags. FILE is Dockerfile
by default; - reads standard input. \`# check=skip=RuleName\` in a file works as in docker build --check.

  --fix                  change what can be changed safely, and tell the rest; with - print the changed file
  --json                 print an array of { rule, severity, file, line, endLine, message, suggestion }
  --sarif                print SARIF 2.1.0
  --list                 list the rules; dhi-frontend explain RULE tells all about one
  -f, --file FILE        one more file
  --build-arg KEY=VALUE  a build argument, as for docker build; may stand more than once
  --target STAGE         look only at what this stage needs (default: all stages)
  --platform OS/ARCH     the platform to build for (default: this machine's)
  --offline              take the facts about images from the shipped catalogue only
  --today DAY            the day that counts for ends of life, such as 2026-11-22 (default: today)
  -h, --help             this text

In a GitHub workflow the findings are told as annotations, too.
Exit codes: 0 nothing above info, 1 warnings or errors, 2 wrong usage, or a file that can't be read or written.
`;

/** What a command line asks for. */
export interface CheckRequest {
  readonly show: "help" | "list" | "findings";
  readonly form: "pretty" | "json" | "sarif";
  readonly fix: boolean;
  readonly files: readonly string[];
  readonly options: CheckOptions;
}

/** What the command line can't know by itself. */
export interface Surroundings {
  readonly own: Platform;
  /** `KEY=VALUE` words as build arguments. */
  buildArguments(pairs: readonly string[]): Record<string, string>;
}

/** Reads the words of `check`. Throws an Error that says what can't be meant, and DiagnosticErrors of values. */
export function readRequest(words: readonly string[], { own, buildArguments }: Surroundings): CheckRequest {
  const { values, positionals } = readFlags(words);
  if (values.json && values.sarif) throw new Error("check prints --json or --sarif, not both");
  const files = [...values.file, ...positionals];
  if (files.includes("")) throw new Error("check found an empty word where a file should be");
  const buildArgs = buildArguments(values["build-arg"]);
  // What can't be read is wrong usage, not a finding.
  ownSettings(buildArgs);
  const mirrors = parseMirrors(buildArgs.DHI_MIRRORS ?? "");
  const form = values.json ? "json" : values.sarif ? "sarif" : "pretty";
  if (values.fix && files.includes("-") && (form !== "pretty" || files.length > 1)) {
    throw new Error("check --fix - prints the changed file, and nothing else beside it");
  }
  return {
    show: values.help ? "help" : values.list ? "list" : "findings",
    form,
    fix: values.fix,
    files: files.length > 0 ? files : ["Dockerfile"],
    options: {
      buildArgs,
      mirrors,
      platform: values.platform === undefined ? own : parsePlatform(values.platform),
      buildPlatform: own,
      facts: values.offline ? fromCatalog(mirrors) : fromDocker({ mirrors }),
      hardenedOnly: false,
      today: values.today === undefined ? todayOf(buildArgs, new Date()) : dayOf(values.today),
      ...(values.target === undefined ? { scope: "all" } : { scope: "target", target: values.target }),
    },
  };
}

function readFlags(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      file: { type: "string", short: "f", multiple: true, default: [] },
      fix: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      sarif: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      "build-arg": { type: "string", multiple: true, default: [] },
      target: { type: "string" },
      platform: { type: "string" },
      offline: { type: "boolean", default: false },
      today: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}
