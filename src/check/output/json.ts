import type { FileFindings } from "../file-findings.ts";

/** Findings for programs: an array of `{ rule, severity, file, line, endLine, message, suggestion? }`, lines from 1. */
export function jsonText(files: readonly FileFindings[]): string {
  const all = files.flatMap(({ source, findings }) =>
    findings.map(({ rule, severity, span, message, suggestion }) => ({
      rule,
      severity,
      file: source.name,
      line: span.start.line,
      endLine: span.end.line,
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    })),
  );
  return `${JSON.stringify(all, undefined, 2)}\n`;
}
