import { type Diagnostic, failure } from "../diagnostic.ts";
import type { ImageFacts } from "../model.ts";
import type { Argument, DirectiveLine } from "./directive.ts";

// Package managers read more than names: apt takes `lib.*` for a regular expression and `curl-` removes, apk takes `x~1`, `!x` and `so:x`.
// This is what can be a name in any distribution; which one it is, is known later.
const anyName = /^[A-Za-z0-9][A-Za-z0-9+._-]*$/;
// Debian policy 5.6.1.
const debianName = /^[a-z0-9][a-z0-9+.-]+$/;
// Debian policy 5.6.12, and apk's `1.2.3_rc1-r0`.
const packageVersion = /^(?:[0-9]+:)?[0-9][A-Za-z0-9._+~-]*$/;

/** A package as the user asks for it. */
export interface PackageWord {
  readonly name: string;
  readonly version?: string;
  readonly argument: Argument;
}

/**
 * Reads the words of a line as package names with an optional `=version`.
 * Throws DhiMissingArgument for a line without words and DhiPackageName for a word that is a name nowhere.
 */
export function packageWords(line: DirectiveLine, example: string): PackageWord[] {
  const word = line.call.word;
  if (line.words.length === 0) {
    throw failure(
      "DhiMissingArgument",
      line.span,
      `${word} names no package`,
      `write one or more package names, such as \`${word} ${example}\``,
    );
  }
  return line.words.map((argument) => packageWord(word, argument));
}

/** What is wrong with a word in the distribution of the stage. */
export function packageWordProblems(directive: string, word: PackageWord, base: ImageFacts): Diagnostic[] {
  if (isAlpine(base) || debianName.test(word.name)) return [];
  return [...failure(...notAName(directive, word.argument, word.name)).diagnostics];
}

/** True for images with Alpine's packages. */
export function isAlpine(base: ImageFacts): boolean {
  return base.distro === "alpine" || base.packageManager === "apk";
}

/** The word as it is written on a command line: none of its characters means anything to a shell. */
export function spelled({ name, version }: PackageWord): string {
  return version === undefined ? name : `${name}=${version}`;
}

function packageWord(directive: string, argument: Argument): PackageWord {
  const [name = "", ...rest] = argument.value.split("=");
  const version = rest.length > 0 ? rest.join("=") : undefined;
  if (!anyName.test(name) || name.endsWith("-") || name.endsWith("+") !== isPlusName(name)) {
    throw failure(...notAName(directive, argument, name));
  }
  if (version !== undefined && !packageVersion.test(version)) {
    throw failure(
      "DhiPackageName",
      argument.span,
      `\`${version}\` is not a package version`,
      `write the exact version, such as \`${name}=1.2.3-4\`, or leave it out`,
    );
  }
  return version === undefined ? { name, argument } : { name, version, argument };
}

// apt reads a trailing `+` as "install": only the names that truly end so (`g++`, `libstdc++`) are let through.
function isPlusName(name: string): boolean {
  return name.endsWith("++");
}

function notAName(directive: string, argument: Argument, name: string): Parameters<typeof failure> {
  const problem = `\`${argument.value}\` is not a package name`;
  return ["DhiPackageName", argument.span, problem, nameAdvice(directive, name)];
}

function nameAdvice(directive: string, word: string): string {
  const exact = `\`${directive}\` takes exact names, one word each`;
  const cleaned = word
    .toLowerCase()
    .replace(/[-+]$/, "")
    .replace(/[/:,;~<>].*$/, "");
  const provided = /^(?:so|cmd|pc):/.exec(word)?.[0];
  if (provided !== undefined) return `${exact}: \`${provided}\` means what packages provide; write the package's name`;
  if (/[.][*+?]|[*?[\]()|^$\\]/.test(word))
    return `${exact}, never patterns: write each package, such as \`${directive} libgdiplus\``;
  if (debianName.test(cleaned) && cleaned !== word) return `${exact}: write \`${cleaned}\``;
  return `${exact}: lower-case letters, digits and \`+ . -\`, at least two of them (Debian policy 5.6.1)`;
}
