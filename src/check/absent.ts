import { mayReach, ownCopies } from "./copied.ts";
import { nameOf } from "./invocations.ts";
import { programAt } from "./programs.ts";
import type { Copy, Known, StageView, State, Step } from "./stage-view.ts";

/**
 * Whether a program is there that never comes by the way, such as a package manager: what a RUN installs leaves it open for others, but not for these.
 * Only a line that names it, or brings a whole system, does.
 */
export function staysAbsent(program: string, step: Step, stage: StageView): Known {
  const now = programAt(step.before, program);
  if (now.there !== undefined) return now;
  const first = programAt(firstState(stage), program);
  return first.there === false && step.index <= openerOf(nameOf(program), stage) ? first : now;
}

/** What holds where the chain of stages begins. */
function firstState(stage: StageView): State {
  return stage.parent ? firstState(stage.parent) : stage.start;
}

/**
 * The step that may bring a package manager to a base without one, by its index; -1 for one of a continued stage, infinity for none. Only lines that name
 * it, or bring a whole system, do: it never comes by the way.
 */
function openerOf(name: string, stage: StageView): number {
  const known = openers.get(stage) ?? new Map<string, number>();
  openers.set(stage, known);
  const opener = known.get(name) ?? findOpener(name, stage);
  known.set(name, opener);
  return opener;
}

const openers = new WeakMap<StageView, Map<string, number>>();

function findOpener(name: string, stage: StageView): number {
  if (stage.parent && openerOf(name, stage.parent) !== Number.POSITIVE_INFINITY) return -1;
  const copies = new Map(ownCopies(stage).map((copy) => [copy.step, copy]));
  const found = stage.steps.find((step) => brings(name, step, copies.get(step)));
  return found ? found.index : Number.POSITIVE_INFINITY;
}

function brings(name: string, { instruction, keyword, call }: Step, copy: Copy | undefined): boolean {
  if (copy) return mayReach(copy, "/usr/x");
  if (keyword !== "RUN" && !call) return keyword === "ONBUILD";
  const bodies = instruction.heredocs.map(({ body }) => body);
  const mentions = new RegExp(`(?<![\\w/.-])${name}(?![\\w.-])`);
  const own = new RegExp(`^\\s*(?:RUN\\s+|\\w+=\\S*\\s+)*${name}\\b`, "i");
  const commands = [instruction.text, ...bodies].flatMap((text) => text.split(/[;&|\n]+/));
  return commands.some((text) => mentions.test(text.replace(own, "")));
}
