import { commandText } from "./command-text.ts";
import { execInvocations, type Invocation, invocationsOf, isWrapper } from "./invocations.ts";
import type { FileView, StageView, State, Step } from "./stage-view.ts";

/** The ENTRYPOINT that is in force in the container. */
export interface Entrypoint {
  /** Its words; undefined when they are unknown, or when a shell gets them. Empty for none. */
  readonly words: readonly string[] | undefined;
  /** The line that sets it; absent when the image did. */
  readonly step?: Step;
}

const finals = new WeakMap<FileView, StageView | undefined>();
const entrypoints = new WeakMap<FileView, Entrypoint>();

/** The stage that is built last: the target, or the last one. */
export function finalStage(file: FileView): StageView | undefined {
  if (!finals.has(file))
    finals.set(
      file,
      file.stages.find(({ final }) => final),
    );
  return finals.get(file);
}

/** What holds when the container starts. */
export function finalState(file: FileView): State | undefined {
  return finalStage(file)?.end;
}

/** The entrypoint of the container, of the file or of the base. */
export function entrypointOf(file: FileView): Entrypoint {
  const known = entrypoints.get(file) ?? findEntrypoint(file);
  entrypoints.set(file, known);
  return known;
}

function findEntrypoint(file: FileView): Entrypoint {
  const final = finalStage(file);
  for (let stage = final; stage; stage = stage.parent) {
    const step = stage.steps.findLast(({ keyword }) => keyword === "ENTRYPOINT");
    if (step) return { words: step.command.rest === "" ? [] : commandText(step)?.exec, step };
  }
  return { words: final?.base?.entrypoint };
}

/** What an instruction calls; words of a CMD are only a program where no entrypoint takes them. */
export function startedBy(step: Step, file: FileView): readonly Invocation[] {
  const invocations = invocationsOf(step);
  if (step.keyword !== "CMD") return invocations;
  const { words } = entrypointOf(file);
  if (words === undefined) return [];
  if (words.length === 0) return invocations;
  const [program = ""] = words;
  const open = isWrapper(program) && execInvocations(words, step.span).length === 1 && words.at(-1) === "--";
  return open ? invocations : [];
}
