import { type Diagnostic, DiagnosticError } from "../diagnostic.ts";
import type { SourceFile } from "../model.ts";
import { type Checked, type CheckOptions, check } from "./check.ts";
import type { Finding } from "./rule.ts";

const start = { line: 1, column: 0 };

/**
 * All that a person is told of a file: mistakes in directives (`problems`, which the expansion finds) and what the rules find, in the order of the file.
 * Rules have nothing to say of a file whose directives can't be read.
 */
export async function fileFindings(
  source: SourceFile,
  options: CheckOptions,
  problems: readonly Diagnostic[],
): Promise<readonly Finding[]> {
  const mistakes = problems.map(findingOf);
  try {
    const checked = await check(source, options);
    return [...mistakes, ...optionsProblem(checked), ...checked.findings].toSorted(
      (one, other) => one.span.start.line - other.span.start.line,
    );
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return mistakes.length > 0 ? mistakes : error.diagnostics.map(findingOf);
  }
}

function findingOf({ code, severity, span, problem, advice }: Diagnostic): Finding {
  return {
    rule: code,
    severity,
    span: span ?? { start, end: start },
    message: problem,
    ...(advice === undefined ? {} : { suggestion: advice }),
  };
}

function optionsProblem({ settings: { problem, line } }: Checked): Finding[] {
  if (problem === undefined) return [];
  const place = { line: line ?? 1, column: 0 };
  return [
    {
      rule: "DhiCheckOptions",
      severity: "error",
      span: { start: place, end: place },
      message: `the check options can't be read: ${problem}`,
      suggestion: "write `# check=skip=RuleName,OtherRule;error=true`",
    },
  ];
}
