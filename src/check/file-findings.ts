import { type Diagnostic, DiagnosticError } from "../diagnostic.ts";
import type { ImageFacts, SourceFile } from "../model.ts";
import { type CheckOptions, check } from "./check.ts";
import type { Finding } from "./rule.ts";
import type { CheckSettings } from "./skip.ts";

/** A file with what was found in it. */
export interface FileFindings {
  readonly source: SourceFile;
  readonly findings: readonly Finding[];
  /** What its reader must know of where the facts came from. */
  readonly notes: readonly string[];
}

const start = { line: 1, column: 0 };

/**
 * All that a person is told of a file: mistakes in directives (`problems`, which the expansion finds) and what the rules find, in the order of the file.
 * Rules have nothing to say of a file whose directives can't be read.
 */
export async function fileFindings(
  source: SourceFile,
  options: CheckOptions,
  problems: readonly Diagnostic[],
): Promise<FileFindings> {
  const mistakes = problems.map(findingOf);
  try {
    const { findings, settings, bases } = await check(source, options);
    const all = [...withoutSkipped(mistakes, settings), ...optionsProblem(settings), ...findings];
    const ordered = all.toSorted((one, other) => one.span.start.line - other.span.start.line);
    return { source, findings: ordered, notes: notesOf(bases) };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { source, findings: mistakes.length > 0 ? mistakes : error.diagnostics.map(findingOf), notes: [] };
  }
}

/** Advice about directives can be skipped as findings can; mistakes can't. */
function withoutSkipped(mistakes: readonly Finding[], { skip, skipAll }: CheckSettings): Finding[] {
  return mistakes.filter(({ rule, severity }) => severity === "error" || !(skipAll || skip.has(rule)));
}

/** Where no registry and no engine answered, and why. */
function notesOf(bases: readonly ImageFacts[]): string[] {
  return bases.flatMap(({ hardened, source, reference, notes = [] }) => {
    const why = notes.find((note) => note.startsWith("No registry"));
    return hardened && source === "catalog" && why !== undefined ? [`${reference}: ${why}`] : [];
  });
}

/** What the expansion warns of is advice: the directive works. */
function findingOf({ code, severity, span, problem, advice }: Diagnostic): Finding {
  return {
    rule: code,
    severity: severity === "error" ? "error" : "info",
    span: span ?? { start, end: start },
    message: problem,
    ...(advice === undefined ? {} : { suggestion: advice }),
  };
}

function optionsProblem({ problem, line }: CheckSettings): Finding[] {
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
