import { failure } from "../diagnostic.ts";
import type { Argument, DirectiveLine } from "./directive.ts";
import { filePattern, snapshotTime } from "./flag-values.ts";
import { type FlagRule, readFlags } from "./flags.ts";
import { type PackageWord, packageWords } from "./package-words.ts";

/** What one line of DHI-NATIVE or DHI-TOOL asks for. */
export interface PackageLine {
  readonly packages: readonly PackageWord[];
  readonly recommends: boolean;
  readonly allowShell: boolean;
  /** Patterns for files that come though the rules leave them out. */
  readonly with: readonly Argument[];
  /** Patterns for files that stay out though the rules bring them. */
  readonly without: readonly Argument[];
  /** The builder: a stage or an image. */
  readonly from?: Argument;
  /** The archive's state to take; the value is normalised. */
  readonly snapshot?: Argument;
}

const common: Readonly<Record<string, FlagRule>> = {
  recommends: {},
  with: { value: "/usr/share/icons/*", many: true },
  without: { value: "*/locale/*", many: true },
  from: { value: "debian:trixie-slim" },
  snapshot: { value: "2026-08-01" },
};
const tool: Readonly<Record<string, FlagRule>> = { ...common, "allow-shell": {} };

/** The flags as they stand in `usage`. */
export const commonUsage =
  "[--recommends] [--with=<glob>]... [--without=<glob>]... [--from=<builder>] [--snapshot=<time>]";

/** Reads a line of DHI-NATIVE. Throws what readFlags, packageWords and the values' readers throw. */
export function nativeLine(line: DirectiveLine): PackageLine {
  return packageLine(line, "libgdiplus", common, {
    "allow-shell": "DHI-NATIVE brings no programs; DHI-TOOL does, and knows --allow-shell",
  });
}

/** Reads a line of DHI-TOOL. Throws what readFlags, packageWords and the values' readers throw. */
export function toolLine(line: DirectiveLine): PackageLine {
  return packageLine(line, "curl", tool, {});
}

function packageLine(
  line: DirectiveLine,
  example: string,
  rules: Readonly<Record<string, FlagRule>>,
  elsewhere: Readonly<Record<string, string>>,
): PackageLine {
  const flags = readFlags(line, rules, elsewhere);
  const [from, snapshot] = [flags.value("from"), flags.value("snapshot")];
  const patterns = (name: string) =>
    flags.values(name).map((argument) => ({ ...argument, value: filePattern(argument) }));
  const [including, excluding] = [patterns("with"), patterns("without")];
  const both = excluding.find(({ value }) => including.some((other) => other.value === value));
  if (both) {
    throw failure(
      "DhiConflictingFlags",
      both.span,
      `--with and --without name the same files, ${both.value}`,
      "leave one of them out",
    );
  }
  return {
    packages: packageWords(line, example),
    recommends: flags.has("recommends"),
    allowShell: flags.has("allow-shell"),
    with: including,
    without: excluding,
    ...(from && { from }),
    ...(snapshot && { snapshot: { ...snapshot, value: snapshotTime(snapshot) } }),
  };
}
