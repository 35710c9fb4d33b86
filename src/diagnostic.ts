import type { Span } from "./model.ts";

/** Something to tell the user about their file. */
export interface Diagnostic {
  /** A name, not a number: `DhiUnknownDirective`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** Where; absent only when it concerns no line (a file that can't be read). */
  readonly span?: Span;
  /** What is wrong, and what was found. */
  readonly problem: string;
  /** What to write instead. */
  readonly advice?: string;
}

/** The one error type of the pipeline: it carries diagnostics to the edge that prints or encodes them. */
export class DiagnosticError extends Error {
  override readonly name = "DiagnosticError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(sentence).join("\n"));
    this.diagnostics = diagnostics;
  }
}

/** An error diagnostic as a throwable. */
export function failure(code: string, span: Span | undefined, problem: string, advice?: string): DiagnosticError {
  return new DiagnosticError([
    { code, severity: "error", problem, ...(span ? { span } : {}), ...(advice === undefined ? {} : { advice }) },
  ]);
}

/** Problem and advice as one text: `problem; advice`. */
export function sentence(diagnostic: Pick<Diagnostic, "problem" | "advice">): string {
  return diagnostic.advice === undefined ? diagnostic.problem : `${diagnostic.problem}; ${diagnostic.advice}`;
}

/** The same error with a place for the diagnostics that have none. */
export function located(error: DiagnosticError, span: Span): DiagnosticError {
  return new DiagnosticError(error.diagnostics.map((diagnostic) => ({ span, ...diagnostic })));
}

/** Does something with each item; throws the diagnostics of all that failed together, so that one run tells every mistake. */
export function forAll<Item, Result>(items: readonly Item[], action: (item: Item) => Result): Result[] {
  const problems: Diagnostic[] = [];
  const results = items.flatMap((item) => {
    try {
      return [action(item)];
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      problems.push(...error.diagnostics);
      return [];
    }
  });
  if (problems.length > 0) throw new DiagnosticError(problems);
  return results;
}
