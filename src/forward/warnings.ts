import { type DiagnosticError, failure } from "../diagnostic.ts";
import type { Gateway } from "../gateway/client.ts";
import { head } from "../gateway/definition.ts";
import type { Range, Result } from "../gateway/messages.ts";
import { userSpans } from "../print/source-map.ts";
import { mapRanges, type Translation } from "./remap.ts";

/** The answer to `requestid=frontend.lint` (BuildKit frontend/subrequests/lint/lint.go). */
export interface LintReport {
  readonly warnings?: readonly LintWarning[];
  readonly sources?: readonly { readonly filename: string; readonly data: string }[];
  /** Why the build must fail: a mistake, or broken rules under `# check=error=true`. */
  readonly buildError?: { readonly message: string; readonly location?: { readonly ranges?: readonly Range[] } };
}

/** One broken rule. */
export interface LintWarning {
  readonly ruleName: string;
  readonly description?: string;
  readonly url?: string;
  readonly detail?: string;
  readonly location?: { readonly sourceIndex?: number; readonly ranges?: readonly Range[] };
}

/** The error of a file whose checks must hold, at the user's lines. */
export function checkFailure(error: NonNullable<LintReport["buildError"]>, { printed }: Translation): DiagnosticError {
  const spans = (error.location?.ranges ?? []).flatMap((range) =>
    userSpans(printed.map, range.start.line, range.end.line),
  );
  return failure("DhiCheck", spans[0], error.message);
}

/** Reads the report out of a lint result. */
export function lintReport(result: Result): LintReport {
  const json = result.metadata["result.json"];
  return json ? (JSON.parse(new TextDecoder().decode(json)) as LintReport) : {};
}

/** Sends the warnings that concern the user's lines; those about generated lines alone are ours to mend, not theirs. */
export async function sendWarnings(gateway: Gateway, report: LintReport, translation: Translation): Promise<void> {
  const { user, definition, printed } = translation;
  for (const warning of report.warnings ?? []) {
    const ranges = (warning.location?.ranges ?? []).filter((range) => !printed.map[range.start.line - 1]?.generated);
    if (ranges.length === 0 && (warning.location?.ranges ?? []).length > 0) continue;
    const mapped = mapRanges(ranges, printed.map);
    const line = mapped[0] ? ` (line ${mapped[0].start.line})` : "";
    await gateway.warn({
      digest: head(definition),
      short: `${warning.ruleName}: ${warning.detail ?? ""}${line}`,
      detail: warning.description ? [warning.description] : [],
      url: warning.url ?? "",
      info: { filename: user.name, data: user.bytes, definition, language: "Dockerfile" },
      ranges: mapped,
    });
  }
}
