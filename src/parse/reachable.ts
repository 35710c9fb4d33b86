import type { ParsedFile, StageReference } from "../model.ts";
import type { StageScopes } from "./scope.ts";
import { referencedStage, type StageNames, stageNamed, stageNames } from "./stages.ts";
import { expandWord } from "./variables.ts";

/**
 * The indexes of the stages that a target needs: those it continues, copies or mounts from, and so on (BuildKit
 * dockerfile2llb/convert.go, allReachableStages). The target is a stage's name; without one it is the last stage. A name that
 * no stage has needs nothing: BuildKit reports it. ONBUILD counts for the stages that continue its stage, not for its own.
 */
export function reachable(parsed: ParsedFile, scopes: StageScopes, target?: string): Set<number> {
  const names = stageNames(parsed);
  const reached = new Set<number>();
  const visit = (stages: readonly (number | undefined)[]): number[] => {
    const found = stages.filter((stage) => stage !== undefined && stage >= 0 && !reached.has(stage)) as number[];
    for (const stage of found) reached.add(stage);
    return found;
  };
  let found = visit([target ? stageNamed(names, target) : parsed.stages.length - 1]);
  while (found.length > 0) {
    found = visit(found.flatMap((stage) => [scopes.froms[stage]?.stage, ...referenced(parsed, scopes, names, stage)]));
  }
  return reached;
}

function referenced(parsed: ParsedFile, scopes: StageScopes, names: StageNames, stage: number): (number | undefined)[] {
  const parent = scopes.froms[stage]?.stage;
  const own = parsed.stages[stage]?.references.filter((reference) => !isTrigger(reference)) ?? [];
  const inherited = parent === undefined ? [] : (parsed.stages[parent]?.references.filter(isTrigger) ?? []);
  return [...own, ...inherited].map((one) =>
    referencedStage(names, parsed.stages.length, one.kind, nameOf(parsed, scopes, stage, one)),
  );
}

function isTrigger(reference: StageReference): boolean {
  return reference.instruction.keyword === "ONBUILD";
}

/** BuildKit takes these names as they are written; only our directives replace variables in them. */
function nameOf(parsed: ParsedFile, scopes: StageScopes, stage: number, reference: StageReference): string {
  if (reference.kind !== "directive" || !reference.value.raw.includes("$")) return reference.name;
  const scope = scopes.at(stage, reference.instruction);
  return expandWord(reference.value.raw, (name) => scope.get(name), parsed.escape).value;
}
