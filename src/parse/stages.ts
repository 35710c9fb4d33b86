import type { ParsedFile, Stage, StageReference } from "../model.ts";
import { lowerCase } from "./characters.ts";
import { expandWord } from "./variables.ts";

/** What the words of a FROM come to. */
export interface ResolvedFrom {
  readonly image: string;
  readonly platform?: string;
  /** Index of the stage that it continues. */
  readonly stage?: number;
  /** True for the empty base. */
  readonly scratch: boolean;
  /** Why its variables can't be replaced; BuildKit reports that. */
  readonly problem?: string;
}

/** Stage names, each with the last stage that has it. */
export type StageNames = ReadonlyMap<string, number>;

/** The names of the stages before index `end`; of all stages without it. */
export function stageNames(parsed: ParsedFile, end = parsed.stages.length): StageNames {
  return new Map(parsed.stages.slice(0, end).flatMap(({ name, index }) => (name === undefined ? [] : [[name, index]])));
}

/**
 * Evaluates a FROM with the variables before the first FROM. An earlier stage's name wins over an image's, the nearest one above
 * when several have it. It must be written in lower case here (BuildKit dockerfile2llb/convert.go, addState).
 */
export function resolveFrom(parsed: ParsedFile, index: number, meta: ReadonlyMap<string, string>): ResolvedFrom {
  const stage = parsed.stages[index];
  return stage ? evaluate(stage, parsed.escape, meta, stageNames(parsed, index)) : { image: "", scratch: false };
}

/** Evaluates every FROM of a file. */
export function resolveFroms(parsed: ParsedFile, meta: ReadonlyMap<string, string>): ResolvedFrom[] {
  const earlier = new Map<string, number>();
  return parsed.stages.map((stage) => {
    const resolved = evaluate(stage, parsed.escape, meta, earlier);
    if (stage.name !== undefined) earlier.set(stage.name, stage.index);
    return resolved;
  });
}

function evaluate(
  stage: Stage,
  escapeChar: string,
  meta: ReadonlyMap<string, string>,
  earlier: StageNames,
): ResolvedFrom {
  const lookup = (name: string) => meta.get(name);
  const image = expandWord(stage.image.raw, lookup, escapeChar);
  const platform = stage.platform && expandWord(stage.platform.raw, lookup, escapeChar);
  const problem = image.problem ?? platform?.problem;
  const base = earlier.get(image.value);
  return {
    image: image.value,
    ...(platform && platform.value !== "" ? { platform: platform.value } : {}),
    ...(base === undefined ? {} : { stage: base }),
    scratch: base === undefined && image.value === "scratch",
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The index of the stage with that name, in any case (BuildKit dockerfile2llb/convert.go, findStateByName). */
export function stageNamed(names: StageNames, name: string): number | undefined {
  return names.get(lowerCase(name));
}

/**
 * The stage that `--from` names, undefined when it names an image; `names` are those of the whole file. A number is an index in
 * COPY and in our directives; a mount takes it for an image's name. `name` is the reference's, after variables where it may hold them.
 */
export function referencedStage(
  names: StageNames,
  stages: number,
  kind: StageReference["kind"],
  name: string,
): number | undefined {
  if (kind === "mount" || !/^[+-]?[0-9]+$/.test(name)) return stageNamed(names, name);
  const index = Number(name);
  return index >= 0 && index < stages ? index : undefined;
}
