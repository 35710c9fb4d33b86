import { failure } from "../diagnostic.ts";
import type { Expansion, Family, FollowingLines, ParsedCall, StageView } from "../directives/directive.ts";
import { reservedPrefix } from "../directives/graft-stage.ts";
import type { Expanded, Instruction, ParsedFile, Piece, Stage } from "../model.ts";
import { closedLines } from "./behind.ts";
import { casing } from "./casing.ts";
import { canCut, cutStage } from "./cut-stage.ts";
import { applyEdits, Edits } from "./edits.ts";
import { label } from "./label.ts";
import { generatedFor, shownNames } from "./names.ts";
import { causeOf, generated, insertionLines, linesOf, moved, stagePieces } from "./pieces.ts";
import { shiftNumericReferences } from "./references.ts";
import { scriptFiles, scriptsHead, scriptsText } from "./scripts-stage.ts";
import { withVariables } from "./stage-start.ts";

/** Whether the text holds the scripts, or leaves them to who hands them to BuildKit beside it. */
export type ScriptsPlace = "inside" | "apart";

/** All calls of one family in one stage, ready to expand. */
export interface CallGroup {
  readonly family: Family<unknown>;
  readonly calls: readonly ParsedCall<unknown>[];
}

/** What is to be expanded in a stage. */
export interface StagePlan {
  readonly view: Omit<StageView, "ancestorGrafts">;
  /** The stages that it continues: what was grafted there is there already. */
  readonly ancestors: readonly number[];
  readonly groups: readonly CallGroup[];
}

/**
 * Turns the user's file and the plans of its stages (by stage index) into the expanded file.
 * A directive in a stage without a plan (one that the target does not need) becomes a comment.
 */
export function expand(
  file: ParsedFile,
  plans: ReadonlyMap<number, StagePlan>,
  scripts: ScriptsPlace = "inside",
): Expanded {
  if (file.calls.length === 0) {
    return {
      pieces: [{ kind: "original", first: 1, last: file.lines.length }],
      stageNames: new Map(),
      generatedFor: new Map(),
    };
  }
  refuseReservedNames(file);
  const expansions = new Map<number, Expansion>();
  for (const [index, plan] of [...plans].sort(([a], [b]) => a - b)) {
    const ancestorGrafts = plan.ancestors.flatMap((ancestor) => expansions.get(ancestor)?.grafts ?? []);
    const inherited = plan.ancestors.flatMap((ancestor) => expansions.get(ancestor)?.replacements ?? []);
    const { check, ...expansion } = expandStage({ ...plan.view, ancestorGrafts }, plan.groups, inherited);
    expansions.set(index, check && canCut(file, file.stages[index]) ? { ...expansion, check } : expansion);
  }
  const edits = new Edits();
  const shifts = newIndexes(file, expansions);
  const replacements = new Map<Instruction, readonly Piece[]>();
  for (const [instruction, text] of shiftNumericReferences(file, shifts)) {
    replacements.set(instruction, [moved(text, instruction)]);
  }
  for (const call of file.calls) {
    const stage = file.stages[call.stage];
    if (!stage) continue;
    const lines = expansions.get(call.stage)?.replacements.get(call) ?? [
      { text: `# ${label(call)}: the target does not need this stage\n` },
    ];
    replacements.set(
      call.instruction,
      lines.map((line) => generated(line, causeOf([call], stage))),
    );
  }
  for (const [index, { behind }] of expansions) {
    const stage = file.stages[index];
    if (stage && behind) followLines(file, stage, behind, replacements);
  }
  const steps = Object.assign({}, ...[...expansions.values()].map((expansion) => expansion.scripts));
  insertStages(file, expansions, edits, replacements, scripts === "inside" ? scriptsText(steps) : scriptsHead);
  for (const [instruction, pieces] of replacements) edits.replace(instruction, pieces);
  const cased = casing(file);
  const pieces = applyEdits(edits, file.lines.length).map((piece) =>
    piece.kind === "generated" && piece.label !== undefined ? { ...piece, text: cased(piece.text) } : piece,
  );
  return {
    pieces,
    stageNames: shownNames(file, expansions, shifts),
    generatedFor: generatedFor(file, expansions),
    ...lastStage(file, expansions),
    ...(scripts === "apart" && Object.keys(steps).length > 0 ? { scripts: scriptFiles(steps) } : {}),
  };
}

/** Families take turns in the order of their first lines; what an earlier one brings is there for the next. */
/** `inherited` is what the calls of the stages that it continues became. */
function expandStage(
  view: StageView,
  groups: readonly CallGroup[],
  inherited: readonly Expansion["replacements"][],
): Expansion {
  const parts: Expansion[] = [];
  // What speaks of the finished stage comes last: it counts on what the others set.
  for (const { family, calls } of [...groups].sort(
    (a, b) => Number(a.family.implied ?? 0) - Number(b.family.implied ?? 0),
  )) {
    const ancestorGrafts = [...view.ancestorGrafts, ...parts.flatMap((part) => part.grafts)];
    const lines = [...inherited, ...parts.map((part) => part.replacements)].flatMap((one) => [...one.values()].flat());
    const start = withVariables(view.start, lines, view.escape);
    parts.push(family.expand({ ...view, ancestorGrafts, start }, calls));
  }
  const check = parts.find((part) => part.check)?.check;
  const stages = parts.flatMap((part) => part.stages);
  const cuts = parts.flatMap((part) => [...(part.cuts ?? [])]);
  return {
    // Several families may need the base's stage: the first to name it gets it.
    stages: stages.filter(({ name }, index) => stages.findIndex((one) => one.name === name) === index),
    replacements: new Map(parts.flatMap((part) => [...part.replacements])),
    grafts: parts.flatMap((part) => part.grafts),
    scripts: Object.assign({}, ...parts.map((part) => part.scripts)),
    ...(cuts.length > 0 ? { cuts: new Map(cuts) } : {}),
    ...(check ? { check } : {}),
    behind: new Map(parts.flatMap((part) => [...(part.behind ?? [])])),
  };
}

/**
 * Puts each stage's generated stages before it, the scripts before the first of them, and what a check needs behind it; instructions that
 * a cut changes get their new lines in `replacements`.
 */
function insertStages(
  file: ParsedFile,
  expansions: ReadonlyMap<number, Expansion>,
  edits: Edits,
  replacements: Map<Instruction, readonly Piece[]>,
  scriptsStage: string,
): void {
  const above = insertionLines(file);
  const lineOf = (stage: Stage | undefined) =>
    stage ? (above.get(stage.from.line) ?? stage.from.line) : file.lines.length + 1;
  let begun = false;
  for (const stage of file.stages) {
    const { stages = [], cuts = new Map(), check } = expansions.get(stage.index) ?? {};
    const [first] = stages;
    if (first) {
      const scripts = begun ? [] : [generated({ text: scriptsStage, shared: "scripts" }, causeOf(first.calls, stage))];
      begun = true;
      const pieces = stages.flatMap((one) => stagePieces(one, stage));
      edits.insert(lineOf(stage), [...scripts, ...pieces, moved("\n", first.calls[0]?.instruction ?? stage.from)]);
    }
    const parts = cutStage({
      file,
      stage,
      cuts,
      replacements,
      firstComment: lineOf(stage),
      ...(check ? { check } : {}),
    });
    for (const [instruction, pieces] of parts.replacements) replacements.set(instruction, pieces);
    const next = file.stages[stage.index + 1];
    if (parts.behind.length > 0)
      edits.insert(lineOf(next), next ? [...parts.behind, moved("\n", stage.from)] : parts.behind);
  }
}

/** The new number of each user stage, under its own name. */
function newIndexes(file: ParsedFile, expansions: ReadonlyMap<number, Expansion>): number[] {
  let added = 0;
  return file.stages.map(({ index }) => {
    const { stages = [], cuts, check } = expansions.get(index) ?? {};
    // The first generated stages bring the scripts' stage.
    if (added === 0 && stages.length > 0) added = 1;
    added += stages.length;
    for (const cut of cuts?.values() ?? []) added += 1 + cut.stages.length;
    // A check brings itself and the part that it looks at.
    if (check) added += 2;
    return index + added;
  });
}

function refuseReservedNames(file: ParsedFile): void {
  for (const stage of file.stages) {
    if (!stage.name?.startsWith(reservedPrefix)) continue;
    throw failure(
      "DhiReservedName",
      linesOf(stage.from),
      `the stage name ${stage.name} begins with ${reservedPrefix}, which is kept for generated stages`,
      "choose another name",
    );
  }
}

function lastStage({ stages }: ParsedFile, expansions: ReadonlyMap<number, Expansion>): Pick<Expanded, "lastStage"> {
  const last = stages.at(-1);
  if (!last) return {};
  const name = last.name ?? expansions.get(last.index)?.check?.body;
  return { lastStage: name === undefined ? { from: last.from } : { name, from: last.from } };
}

/** Adds what follows instructions to what takes their place. */
function followLines(
  file: ParsedFile,
  stage: Stage,
  behind: ReadonlyMap<Instruction, FollowingLines>,
  replacements: Map<Instruction, readonly Piece[]>,
): void {
  for (const [instruction, { call, lines }] of behind) {
    const own = replacements.get(instruction) ?? [closedLines(file, instruction)];
    replacements.set(instruction, [...own, ...lines.map((line) => generated(line, causeOf([call], stage)))]);
  }
}
