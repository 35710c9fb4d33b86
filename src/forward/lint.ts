import { type DiagnosticError, failure } from "../diagnostic.ts";
import { reservedPrefix } from "../directives/graft-stage.ts";
import type { Range, Result } from "../gateway/messages.ts";
import type { Printed } from "../model.ts";
import { isOurs, userSpans } from "../print/source-map.ts";
import { type InnerRequest, type Replacement, solvePrinted } from "./inner.ts";
import type { Translation } from "./remap.ts";
import { ownViolations } from "./violations.ts";

/** The answer to `requestid=frontend.lint` (BuildKit frontend/subrequests/lint/lint.go). */
export interface LintReport {
  readonly warnings?: readonly LintWarning[] | null;
  readonly sources?: readonly { readonly filename: string; readonly data: string }[];
  /** Why a build must fail: a mistake, or broken rules under `# check=error=true`. */
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

/** A folder of nothing is no LLB. */
const nothing = { empty: "" };

/**
 * What lint says of the printed file. Nothing where BuildKit has no lint (before 0.14) or the file is wrong: the build itself says how.
 * Lint without a target looks at every stage, and asks for the images of those that a build would never reach; so the last stage, which
 * a build takes then, is named as the target.
 */
export async function lint(request: InnerRequest, replacement: Replacement): Promise<LintReport> {
  const { printed, target } = request.options.target
    ? { printed: replacement.printed, target: request.options.target }
    : withNamedLastStage(replacement.printed);
  try {
    const changes = { requestid: "frontend.lint", ...(target === undefined ? {} : { target }) };
    // It looks at no file of a stage, so the scripts are spared.
    const brief = printed.scripts ? { ...printed, scripts: nothing } : printed;
    return report(await solvePrinted(request, { ...replacement, printed: brief }, changes));
  } catch {
    return {};
  }
}

// Lint works for the build platform, so it may meet errors that the build has not. These two are of the checks, which the build itself has
// off (linter/linter.go, Error and ParseLintOptions).
const ofChecks = /^(?:lint violation found for rules|failed to parse check options):/;

/** The error of a file whose checks must hold, at the user's lines; undefined when they do. */
export function checkFailure(report: LintReport, { printed }: Translation): DiagnosticError | undefined {
  const { buildError } = report;
  if (!buildError || !ofChecks.test(buildError.message)) return undefined;
  const message = ownViolations(buildError.message, new Set(ownWarnings(report, printed).map((one) => one.ruleName)));
  if (message === undefined) return undefined;
  const ranges = buildError.location?.ranges ?? [];
  const spans = ranges.flatMap((range) => userSpans(printed.map, range.start.line, range.end.line));
  return failure("DhiCheck", spans[0], message);
}

/** The warnings that concern the user's lines, or no line; those about generated lines alone are ours to mend, not theirs. */
export function ownWarnings({ warnings }: LintReport, { map }: Printed): LintWarning[] {
  return (warnings ?? []).filter(({ location }) => {
    const ranges = location?.ranges ?? [];
    return ranges.length === 0 || ranges.some((range) => !isOurs(map[range.start.line - 1]));
  });
}

function report(result: Result): LintReport {
  const json = result.metadata["result.json"];
  return json ? (JSON.parse(new TextDecoder().decode(json)) as LintReport) : {};
}

/** The same text, line for line, with a name for its last stage, which lint can take as its target. */
function withNamedLastStage(printed: Printed): { printed: Printed; target?: string } {
  const { lastStage, map, text } = printed;
  if (!lastStage) return { printed };
  if (lastStage.name !== undefined) return { printed, target: lastStage.name };
  const { from } = lastStage;
  const at = map.findIndex((origin) => !origin.generated && origin.spans[0]?.start.line === from.endLine);
  const lines = text.split("\n");
  const line = lines[at];
  if (line === undefined) return { printed };
  const target = `${reservedPrefix}last`;
  const as = /^\s*from\b/.test(from.text) ? "as" : "AS";
  lines[at] = line.replace(/[ \t]*(\r?)$/, ` ${as} ${target}$1`);
  const named = lines.join("\n");
  return { printed: { ...printed, text: named, bytes: new TextEncoder().encode(named) }, target };
}
