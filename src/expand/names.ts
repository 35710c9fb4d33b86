import type { Expansion } from "../directives/directive.ts";
import { reservedPrefix, scriptsStage } from "../directives/graft-stage.ts";
import type { ParsedFile, ShownStage } from "../model.ts";

/**
 * A part of a stage name for each user stage, deterministic and unique: its own name, else `stage-N`
 * (as BuildKit shows an unnamed stage). A name that stands twice gets its index.
 */
export function slugs(names: readonly (string | undefined)[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const wanted = (name ?? `stage-${index}`).toLowerCase().replace(/[^a-z0-9_.-]+/g, "-");
    let slug = wanted;
    for (let n = index; taken.has(slug); n++) slug = `${wanted}-${n}`;
    taken.add(slug);
    return slug;
  });
}

/**
 * What progress shows for the stages of the expanded file, as a stock build of the user's would: names, `stage-N` by the user's count,
 * and none for the only stage (BuildKit frontend/dockerfile/dockerfile2llb/convert.go). Generated stages show the stage they are for.
 */
export function shownNames(
  file: ParsedFile,
  expansions: ReadonlyMap<number, Expansion>,
  shifts: readonly number[],
): Map<string, ShownStage> {
  const ours = reservedPrefix.replace(/-+$/, "");
  const shown = new Map<string, ShownStage>([[scriptsStage, { name: ours, counted: false }]]);
  for (const { index, name } of file.stages) {
    const own = file.stages.length === 1 ? "" : (name ?? `stage-${index}`);
    const { check, cuts } = expansions.get(index) ?? {};
    const added = { name: own === "" ? ours : own, counted: false };
    shown.set(name ?? `stage-${shifts[index]}`, check ? added : { name: own, counted: true });
    for (const generated of generatedNames(expansions.get(index))) shown.set(generated, added);
    if (check && !cuts) shown.set(check.body, { name: own, counted: true });
  }
  return shown;
}

/** The named stage that each generated stage is for, so that what is asked of the one reaches the other (`--no-cache-filter`). */
export function generatedFor(file: ParsedFile, expansions: ReadonlyMap<number, Expansion>): Map<string, string> {
  return new Map(
    file.stages.flatMap(({ index, name }) =>
      name === undefined ? [] : generatedNames(expansions.get(index)).map((one) => [one, name] as const),
    ),
  );
}

function generatedNames({ stages, cuts, check }: Partial<Expansion> = {}): string[] {
  const between = [...(cuts?.values() ?? [])].flatMap((cut) => [cut.part, ...cut.stages.map((stage) => stage.name)]);
  return [...(stages ?? []).map((stage) => stage.name), ...between, ...(check ? [check.body, check.stage.name] : [])];
}
