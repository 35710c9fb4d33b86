import type { Finding } from "../../check/rule.ts";
import type { Result } from "../../gateway/messages.ts";
import { type CheckedFile, descriptionOf, detailOf, pageOf } from "../findings.ts";
import { isViolation, violations } from "../violations.ts";
import { readAnswer, writeAnswer } from "./answer.ts";
import { type LintResults, type LintWarning, lintText, setStatus } from "./lint.ts";

/** What `docker build --check` asks for. */
export const lintRequest = "frontend.lint";

/** The answer of the Dockerfile frontend with our findings behind its own; `broken` are the rules that fail a build. */
export function withFindings(
  result: Result,
  findings: readonly Finding[],
  broken: readonly string[],
  { source, rulesUrl }: Pick<CheckedFile, "source" | "rulesUrl">,
): Result {
  if (findings.length === 0) return result;
  const lint = readAnswer<LintResults>(result);
  const own = lint.warnings ?? [];
  const warnings = [...own, ...findings.map((finding) => warningOf(finding, rulesUrl))];
  const buildError = buildErrorWith(lint.buildError, broken);
  const loud = own.length > 0 || findings.some(({ severity }) => severity !== "info");
  setStatus(result, loud || buildError !== undefined);
  return writeAnswer(result, { ...lint, warnings, ...(buildError ? { buildError } : {}) }, lintText(warnings, source));
}

function warningOf(finding: Finding, rulesUrl: string): LintWarning {
  const { start, end } = finding.span;
  const url = pageOf(finding, rulesUrl);
  return {
    ruleName: finding.rule,
    description: descriptionOf(finding),
    detail: detailOf(finding),
    ...(url === "" ? {} : { url }),
    location: { ranges: [{ start: { line: start.line }, end: { line: end.line } }] },
  };
}

function buildErrorWith(error: LintResults["buildError"], broken: readonly string[]): LintResults["buildError"] {
  if (broken.length === 0 || (error && !isViolation(error.message))) return error;
  const message = error ? `${error.message}, ${broken.join(", ")}` : violations + broken.join(", ");
  return { location: {}, ...error, message };
}
