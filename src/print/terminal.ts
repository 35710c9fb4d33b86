import { type Diagnostic, sentence } from "../diagnostic.ts";
import type { Printed, SourceFile } from "../model.ts";

/** What can be shown at a place of a file: diagnostics, and findings that are no more than news. */
export type Message = Omit<Diagnostic, "severity"> & { readonly severity: Diagnostic["severity"] | "info" };

const colourOf = { error: 31, warning: 33, info: 36 } as const;

/** Lines shown before and after those that a message is about. */
const context = 2;

/**
 * Diagnostics as text: `FILE:LINE: error: problem` and the user's lines, those meant marked with `>>>` as BuildKit does, then the advice.
 * `colours` puts terminal colours in.
 */
export function renderDiagnostics(
  source: SourceFile | undefined,
  diagnostics: readonly Message[],
  colours: boolean,
): string {
  const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = source ? new TextDecoder().decode(source.bytes).split(/\r?\n/) : [];
  return diagnostics
    .map((diagnostic) => {
      const severity = paint(colourOf[diagnostic.severity], diagnostic.severity);
      if (!source || !diagnostic.span) return `${severity}: ${sentence(diagnostic)} [${diagnostic.code}]\n`;
      const place = `${source.name}:${diagnostic.span.start.line}`;
      const advice = diagnostic.advice === undefined ? "" : `  ${diagnostic.advice}\n`;
      return `${paint(1, place)}: ${severity}: ${diagnostic.problem} [${diagnostic.code}]\n${snippet(lines, diagnostic)}${advice}`;
    })
    .join("");
}

function snippet(lines: readonly string[], diagnostic: Message): string {
  if (!diagnostic.span) return "";
  const { start, end } = diagnostic.span;
  const first = Math.max(1, start.line - context);
  const last = Math.min(lines.length, end.line + context);
  return lines
    .slice(first - 1, last)
    .map((line, index) => {
      const number = first + index;
      const mark = number >= start.line && number <= end.line ? ">>>" : "   ";
      return `${String(number).padStart(5)} | ${mark} ${line}`.trimEnd();
    })
    .join("\n")
    .concat("\n");
}

/** The printed file, each line after the user's line that it comes from: ` 7` as written, `+7` generated for line 7. */
export function renderMap(printed: Printed): string {
  const lines = printed.text.split("\n");
  return printed.map
    .map((origin, index) => {
      const numbers = [...new Set(origin.spans.map((span) => span.start.line))].join(",");
      return `${`${origin.generated ? "+" : ""}${numbers}`.padStart(6)} | ${lines[index] ?? ""}`.trimEnd();
    })
    .join("\n")
    .concat("\n");
}
