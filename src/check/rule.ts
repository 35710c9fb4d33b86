import type { Span } from "../model.ts";
import type { FileView, StageView } from "./stage-view.ts";

/** `error`: the build, or the container's start, fails for sure. `info`: worth knowing, never a reason to fail. */
export type Severity = "error" | "warning" | "info";

/** A change of the user's file: what stands in `span` becomes `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** What a rule has found. */
export interface Problem {
  readonly span: Span;
  /** What is wrong, and what was found: one sentence without a full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly suggestion?: string;
  /** Less than the rule's own, where this case is less sure. */
  readonly severity?: Severity;
  /** Only where the changed file does the same for sure, and breaks no other rule. */
  readonly fix?: readonly Edit[];
}

/** A Dockerfile that stands in the docs and runs as a test. */
export interface RuleSample {
  readonly title?: string;
  readonly dockerfile: string;
  /** Lines of the findings, in order; bad samples have at least one. */
  readonly lines?: readonly number[];
  /** The file after `check --fix`; a bad sample without it has nothing to fix. */
  readonly fixed?: string;
}

/** A check. Everything in it is pure: no I/O, clock, randomness or environment. */
export interface Rule {
  readonly name: `Dhi${string}`;
  readonly severity: Severity;
  /** One line, for `check --list`. */
  readonly summary: string;
  /** Markdown for its page: what, why, what to write. */
  readonly docs: string;
  /** The stages that it is asked about. In builds only stages on hardened bases are looked at, whatever stands here. */
  readonly looksAt: "hardened" | "any";
  /** True for what nearly every build would have to hear: it is told by checks only. */
  readonly notInBuilds?: true;
  readonly bad: readonly RuleSample[];
  readonly good: readonly RuleSample[];
  check(stage: StageView, file: FileView): Iterable<Problem>;
}

/** A problem with the rule that found it. */
export interface Finding extends Problem {
  readonly rule: string;
  readonly severity: Severity;
}
