import type { Finding } from "../../check/rule.ts";
import type { Result } from "../../gateway/messages.ts";
import type { SourceFile } from "../../model.ts";
import { descriptionOf, detailOf } from "../findings.ts";
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
  user: SourceFile,
): Result {
  if (findings.length === 0) return result;
  const lint = readAnswer<LintResults>(result);
  const own = lint.warnings ?? [];
  const warnings = [...own, ...findings.map(warningOf)];
  const buildError = buildErrorWith(lint.buildError, broken);
  const loud = own.length > 0 || findings.some(({ severity }) => severity !== "info");
  setStatus(result, loud || buildError !== undefined);
  return writeAnswer(result, { ...lint, warnings, ...(buildError ? { buildError } : {}) }, lintText(warnings, user));
}

function warningOf(finding: Finding): LintWarning {
  const { start, end } = finding.span;
  return {
    ruleName: finding.rule,
    description: descriptionOf(finding),
    detail: detailOf(finding),
    location: { ranges: [{ start: { line: start.line }, end: { line: end.line } }] },
  };
}

function buildErrorWith(error: LintResults["buildError"], broken: readonly string[]): LintResults["buildError"] {
  if (broken.length === 0 || (error && !isViolation(error.message))) return error;
  const message = error ? `${error.message}, ${broken.join(", ")}` : violations + broken.join(", ");
  return { location: {}, ...error, message };
}
