#!/usr/bin/env node
import { parseArgs } from "node:util";
import { type CheckHost, checkCommand } from "./check/command.ts";
import { explainRule, isRuleWord } from "./check/explain-rule.ts";
import { compile } from "./compile.ts";
import { type Diagnostic, DiagnosticError } from "./diagnostic.ts";
import { explainCommand, UsageError } from "./explain/command.ts";
import type { Source } from "./model.ts";
import { parsePlatform } from "./parse/platform.ts";
import { renderDiagnostics, renderMap } from "./print/terminal.ts";
import { readFromDisk } from "./read/from-disk.ts";
import { fromCatalog } from "./resolve/from-catalog.ts";
import { fromDocker } from "./resolve/from-docker.ts";
import { parseMirrors } from "./resolve/reference.ts";

const help = `Usage: dhi-frontend expand [options]
       dhi-frontend check [options] [FILE...]
       dhi-frontend explain --image IMAGE [options] [PATH...]
       dhi-frontend explain RULE

check: tells what would fail, or is not wise, on hardened images (dhi-frontend check --help).
explain: tells all about a rule of check; with --image what directives brought into an image that is built (dhi-frontend explain --help).
expand: as below.

Prints the Dockerfile that the builder gets: directives expanded to plain instructions, all else as it stands.

  -f, --file FILE        the Dockerfile; - reads standard input (default: Dockerfile)
  --build-arg KEY=VALUE  a build argument, as for docker build; may stand more than once
  --target STAGE         expand only what this stage needs (default: all stages)
  --platform OS/ARCH     the platform to build for (default: this machine's)
  --map                  print each line with the user's line that it comes from
  --offline              take the facts about images from the shipped catalogue only
  -h, --help             this text

The result goes to standard output, messages to standard error as FILE:LINE. Exit codes: 0 done, 1 the file has errors, 2 wrong usage.
`;

const done = 0;
const fileHasErrors = 1;
const wrongUsage = 2;

/** Runs a command line (without node and script) and returns its exit code. */
async function run(words: readonly string[]): Promise<number> {
  const [command, ...rest] = words;
  if (command === undefined || command === "-h" || command === "--help" || command === "help") {
    (command === undefined ? process.stderr : process.stdout).write(help);
    return command === undefined ? wrongUsage : done;
  }
  if (command === "expand") return expandCommand(rest);
  if (command === "check") return checkCommand(rest, checkHost);
  if (command === "explain") return explain(rest);
  return usage(`unknown command ${command}`);
}

/** A rule, or what an image holds. */
function explain(words: readonly string[]): Promise<number> | number {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0 || !isRuleWord(word)) return explainCommand(words, ownPlatform());
  const told = explainRule(word);
  if ("problem" in told) return usage(told.problem);
  process.stdout.write(told.text);
  return done;
}

function usage(problem: string): number {
  process.stderr.write(`dhi-frontend: ${problem}\nTry: dhi-frontend --help\n`);
  return wrongUsage;
}

function readFlags(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      file: { type: "string", short: "f", default: "Dockerfile" },
      "build-arg": { type: "string", multiple: true, default: [] },
      target: { type: "string" },
      platform: { type: "string" },
      map: { type: "boolean", default: false },
      offline: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}

async function expandCommand(words: readonly string[]): Promise<number> {
  let flags: ReturnType<typeof readFlags>;
  try {
    flags = readFlags(words);
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = flags;
  if (values.help) {
    process.stdout.write(help);
    return done;
  }
  if (positionals.length > 0) return usage(`expand takes no word, but found ${positionals[0]}; name the file with -f`);
  const platform = values.platform === undefined ? ownPlatform() : parsePlatform(values.platform);
  let source: Source | undefined;
  try {
    source = await readFromDisk(values.file);
    const buildArgs = buildArguments(values["build-arg"]);
    const mirrors = parseMirrors(buildArgs.DHI_MIRRORS ?? "");
    const compiled = await compile(source, {
      buildArgs,
      platform,
      buildPlatform: ownPlatform(),
      facts: values.offline ? fromCatalog(mirrors) : fromDocker({ mirrors }),
      ...(values.target === undefined ? { scope: "all" } : { scope: "target", target: values.target }),
    });
    tell(source, compiled.warnings);
    process.stdout.write(values.map ? renderMap(compiled) : compiled.bytes);
    return done;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    tell(source, error.diagnostics);
    return fileHasErrors;
  }
}

const checkHost: CheckHost = {
  own: ownPlatform(),
  buildArguments,
  usage,
  /** What the expansion has to say, but for notes on images, which rules are for, and distros that only a build can read from its base. */
  async problems(source, options) {
    const said = await compile(source, options).then(
      ({ warnings }) => warnings,
      (error: unknown) => {
        if (error instanceof DiagnosticError) return error.diagnostics;
        throw error;
      },
    );
    return said.filter(({ code }) => code !== "DhiImageNote" && code !== "DhiUnknownBase");
  },
};

function tell(source: Source | undefined, diagnostics: readonly Diagnostic[]): void {
  process.stderr.write(renderDiagnostics(source, diagnostics, process.stderr.isTTY === true && !process.env.NO_COLOR));
}

/** `KEY=VALUE`; a bare `KEY` takes its value from the environment, as docker build does. */
function buildArguments(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const equals = pair.indexOf("=");
      if (equals >= 0) return [[pair.slice(0, equals), pair.slice(equals + 1)]];
      const value = process.env[pair];
      return value === undefined ? [] : [[pair, value]];
    }),
  );
}

function ownPlatform() {
  const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
  return { os: "linux", architecture: architectures[process.arch] ?? process.arch };
}

// A reader that has seen enough (`expand | head`) is no mistake.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

void run(process.argv.slice(2))
  .catch((error: unknown) => {
    if (error instanceof UsageError) return usage(error.message);
    throw error;
  })
  .then((code) => {
    process.exitCode = code;
  });
