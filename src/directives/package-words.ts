import { failure } from "../diagnostic.ts";
import type { Argument, DirectiveLine } from "./directive.ts";

// Debian policy 5.6.1 (names) and 5.6.12 (versions). apt reads anything else as syntax: `lib.*` is a regular expression, `curl-` removes.
const packageName = /^[a-z0-9][a-z0-9+.-]+$/;
const packageVersion = /^(?:[0-9]+:)?[0-9][A-Za-z0-9.+~-]*$/;

/** A package as the user asks for it. */
export interface PackageWord {
  readonly name: string;
  readonly version?: string;
  readonly argument: Argument;
}

/**
 * Reads the words of a line as Debian package names with an optional `=version`.
 * Throws DhiMissingArgument for a line without words and DhiPackageName for a word that is not a plain name.
 */
export function packageWords(line: DirectiveLine): PackageWord[] {
  const word = line.call.word;
  if (line.words.length === 0) {
    throw failure(
      "DhiMissingArgument",
      line.span,
      `${word} names no package`,
      `write one or more package names, such as \`${word} libgdiplus\``,
    );
  }
  return line.words.map((argument) => packageWord(word, argument));
}

function packageWord(directive: string, argument: Argument): PackageWord {
  const [name = "", ...rest] = argument.value.split("=");
  const version = rest.length > 0 ? rest.join("=") : undefined;
  if (!packageName.test(name) || name.endsWith("-") || name.endsWith("+") !== isPlusName(name)) {
    throw failure(
      "DhiPackageName",
      argument.span,
      `\`${argument.value}\` is not a package name`,
      nameAdvice(directive, name),
    );
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

function nameAdvice(directive: string, word: string): string {
  const exact = `\`${directive}\` takes exact names, one word each`;
  const cleaned = word
    .toLowerCase()
    .replace(/[-+]$/, "")
    .replace(/[/:,;].*$/, "");
  if (/[.][*+?]|[*?[\]()|^$\\]/.test(word))
    return `${exact}, never patterns: write each package, such as \`${directive} libgdiplus\``;
  if (packageName.test(cleaned) && cleaned !== word) return `${exact}: write \`${cleaned}\``;
  return `${exact}: lower-case letters, digits and \`+ . -\`, at least two of them (Debian policy 5.6.1)`;
}
