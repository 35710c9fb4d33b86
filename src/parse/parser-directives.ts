import type { ParserDirective } from "../model.ts";
import { skipSpace, withoutNewline } from "./characters.ts";

/** What the head of the file says. `valid` is false when BuildKit will refuse it: a duplicate, or another escape character. */
export interface ParserDirectives {
  readonly directives: readonly ParserDirective[];
  readonly escape: "\\" | "`";
  readonly valid: boolean;
}

const known: ReadonlySet<string> = new Set(["syntax", "escape", "check"]);

/**
 * Reads the parser directives, each by the rules of the code in BuildKit that acts on it. `escape` is read by the parser: lines
 * may be indented, a shebang ends them (parser/parser.go). `syntax` and `check` are looked up beforehand: no indentation, a
 * shebang line is skipped, and `syntax` may also be written with `//` or be a key of a JSON file (parser/directives.go).
 */
export function parserDirectives(text: string, lines: readonly string[]): ParserDirectives {
  const parsed = head(lines, "#", (line) => line.slice(skipSpace(line)));
  const shebang = lines[0]?.startsWith("#!") ? 1 : 0;
  const detected = head(lines, "#", (line) => line, shebang).directives;
  const syntax = named(detected, "syntax") ?? slashSyntax(lines, shebang) ?? jsonSyntax(text, lines, shebang);
  const escaping = named(parsed.directives, "escape");
  const found = [syntax, escaping, named(detected, "check")].filter((directive) => directive !== undefined);
  return {
    directives: found.sort((a, b) => a.line - b.line),
    escape: escaping?.value === "`" ? "`" : "\\",
    valid: parsed.valid && (escaping === undefined || escaping.value === "`" || escaping.value === "\\"),
  };
}

function head(lines: readonly string[], comment: string, prepare: (line: string) => string, skip = 0) {
  const directives: ParserDirective[] = [];
  for (let index = skip; index < lines.length; index++) {
    const line = prepare(withoutNewline(lines[index] ?? ""));
    const directive = line.startsWith(comment) ? directiveOf(line.slice(comment.length)) : undefined;
    if (!directive) break;
    if (named(directives, directive.name)) return { directives, valid: false };
    directives.push({ ...directive, line: index + 1 });
  }
  return { directives, valid: true };
}

/** Reads `name = value`. A value of nothing but white space is its last character, as BuildKit's regular expression has it. */
function directiveOf(comment: string): { name: string; value: string } | undefined {
  const match = /^([a-z][a-z0-9]*)[\t\n\f\r ]*=/i.exec(comment.slice(skipSpace(comment)));
  const name = match?.[1]?.toLowerCase();
  if (!match || name === undefined || !known.has(name)) return undefined;
  const rest = comment.slice(skipSpace(comment) + match[0].length);
  const blank = /[\t\n\f\r ]/;
  let start = 0;
  let end = rest.length;
  while (start < end - 1 && blank.test(rest.charAt(start))) start++;
  while (end > start + 1 && blank.test(rest.charAt(end - 1))) end--;
  return end > start ? { name, value: rest.slice(start, end) } : undefined;
}

function slashSyntax(lines: readonly string[], skip: number): ParserDirective | undefined {
  return named(head(lines, "//", (line) => line, skip).directives, "syntax");
}

function jsonSyntax(text: string, lines: readonly string[], skip: number): ParserDirective | undefined {
  const json = skip === 0 ? text : text.slice(lines[0]?.length ?? 0);
  if (!json.trimStart().startsWith("{")) return undefined;
  try {
    const value: unknown = (JSON.parse(json) as { readonly syntax?: unknown }).syntax;
    return typeof value === "string" ? { name: "syntax", value, line: skip + 1 } : undefined;
  } catch {
    return undefined;
  }
}

function named(directives: readonly ParserDirective[], name: string): ParserDirective | undefined {
  return directives.find((directive) => directive.name === name);
}
