import { reservedPrefix } from "../../directives/graft-stage.ts";
import type { Result } from "../../gateway/messages.ts";
import type { Translation } from "../remap.ts";
import { type AnswerLocation, mapLocation, mapSources, readAnswer, writeAnswer } from "./answer.ts";
import { table } from "./table.ts";

/** The answer to `frontend.targets` (BuildKit frontend/subrequests/targets/targets.go). */
interface TargetList {
  targets?: { name?: string; default?: boolean; base?: string; description?: string; location?: AnswerLocation }[];
  sources?: string[];
}

/** The user's targets in the user's lines; generated stages are no targets. */
export function mapTargets(result: Result, translation: Translation): Result {
  const list = readAnswer<TargetList>(result);
  const bases = new Map((list.targets ?? []).map(({ name, base }) => [name, base]));
  const own = (list.targets ?? []).filter((target) => !target.name?.startsWith(reservedPrefix));
  const targets = own.map((target) => ({
    ...target,
    ...(target.base === undefined ? {} : { base: ownBase(target.base, bases) }),
    ...(target.location ? { location: mapLocation(target.location, translation) } : {}),
  }));
  const rows = targets.map((target) => [shownName(target), target.description ?? ""]);
  const answer = { ...list, targets, sources: mapSources(list.sources, translation) };
  return writeAnswer(result, answer, table([["TARGET", "DESCRIPTION"], ...rows], 1));
}

/** A stage of the user's may continue parts of itself: what it says it is built from is what the first part is. */
function ownBase(base: string, bases: ReadonlyMap<string | undefined, string | undefined>): string {
  const further = base.startsWith(reservedPrefix) ? bases.get(base) : undefined;
  return further === undefined ? base : ownBase(further, bases);
}

function shownName(target: { name?: string; default?: boolean }): string {
  if (!target.default) return target.name ?? "";
  return target.name ? `${target.name} (default)` : "(default)";
}
