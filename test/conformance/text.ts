import { stripVTControlCharacters } from "node:util";
import { FRONTEND } from "../frontend-image.ts";

/** The line that tests write to ask for our frontend. */
export const SYNTAX = `# syntax=${FRONTEND}`;

/** A line that makes a graft, cheap and the same in all tests, so that the build cache has it after the first. */
export const DIRECTIVE = "DHI-NATIVE libgif7";

const directiveLine = /^DHI-/m;

/** True when a line of the file is a directive. */
export function hasDirective(text: string): boolean {
  return directiveLine.test(text);
}

/** The file for the stock frontend: a comment in the place of our syntax line, so that line numbers stay. */
export function withoutSyntax(text: string): string {
  return text.replace(SYNTAX, "#");
}

/** The file as the stock frontend can read it without any expansion: directives are comments, line numbers stay. */
export function withoutDirectives(text: string): string {
  return withoutSyntax(text).replace(/^DHI-/gm, "# DHI-");
}

const pointer = /^.*:\d+\n-+\n(?: +\d+ \| {5}.*\n)* +\d+ \| >>> #\n(?: +\d+ \| {5}.*\n)*-+\n/m;

/** What was said without the lines around the syntax line: BuildKit points there when an error of the frontend that it names tells no place. */
export function withoutPointer(said: string): string {
  return said.replace(pointer, "");
}

/** What a build or a request says to its user, without what differs between any two runs: progress, times, names of folders and images. */
export function said(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .filter((line) => !/^#\d+ |^\s*$|^View build details/.test(line))
    .map((line) =>
      line
        .replace(/^\d+\.\d{3} /, "")
        .replace(/\bref \w+::\w+/, "ref")
        .replace(/^\/\S*\/(?=Dockerfile:\d+$)/, "")
        .replace(/(?<=found for rules: ).*/, (rules) => rules.split(", ").sort().join(", "))
        .trimEnd(),
    );
  // BuildKit sends warnings in no order, and standard error comes where it will.
  const warnings = lines.filter((line) => warning.test(line)).sort();
  const errors = lines.filter((line) => /^ERROR: /.test(line));
  const rest = lines.filter((line) => !warning.test(line) && !/^ERROR: /.test(line));
  return withoutDirectives([...warnings, ...rest, ...errors].join("\n"))
    .replace(new RegExp(`( \\| (?:>>>|   ) )${SYNTAX}`, "g"), "$1#")
    .replace(/( \| (?:>>>| {3}) )DHI-/g, "$1# DHI-");
}

const warning = /^ - [A-Z]\w+: /;

/** The same without the numbers of steps (`[final 2/4]`), of which a directive has some of its own. */
export function saidWithoutCounts(output: string): string {
  return said(output).replace(/^( > \[.*?) *\d+\/\d+\]/gm, "$1]");
}
