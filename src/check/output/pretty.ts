import type { SourceFile } from "../../model.ts";
import { type Message, renderDiagnostics } from "../../print/terminal.ts";
import type { FileFindings } from "../file-findings.ts";
import type { Finding } from "../rule.ts";

/** Findings as text: `FILE:LINE: severity: message [Rule]`, the user's lines, and what to write instead. */
export function prettyText({ source, findings }: FileFindings, colours: boolean): string {
  return renderDiagnostics(source, findings.map(messageOf), colours);
}

/** The last line: how many problems, and how many of them `--fix` mends. */
export function summaryText(files: readonly FileFindings[]): string {
  const findings = files.flatMap((file) => file.findings);
  const checked = count(files.length, "file");
  if (findings.length === 0) return `${checked} checked, nothing found\n`;
  const severities = (["error", "warning", "info"] as const).flatMap((severity) => {
    const number = findings.filter((one) => one.severity === severity).length;
    return number === 0 ? [] : [severity === "info" ? `${number} info` : count(number, severity)];
  });
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const hint = fixable === 0 ? "" : `; --fix mends ${fixable}`;
  return `${checked} checked: ${severities.join(", ")}${hint}\n`;
}

/** What was changed in a file, a line each, by the lines as they were. */
export function fixedText({ name }: SourceFile, made: readonly Finding[]): string {
  return made
    .map(
      ({ rule, span, suggestion, message }) => `${name}:${span.start.line}: fixed ${rule}: ${suggestion ?? message}\n`,
    )
    .join("");
}

function messageOf({ rule, severity, span, message, suggestion }: Finding): Message {
  return { code: rule, severity, span, problem: message, ...(suggestion === undefined ? {} : { advice: suggestion }) };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
