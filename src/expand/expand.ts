import { failure } from "../diagnostic.ts";
import type { Expansion, Family, GeneratedStage, ParsedCall, StageView } from "../directives/directive.ts";
import { reservedPrefix } from "../directives/graft-stage.ts";
import type { DirectiveCall, Expanded, Instruction, ParsedFile, Piece, Span } from "../model.ts";
import { casing } from "./casing.ts";
import { cutStage } from "./cut-stage.ts";
import { applyEdits, Edits } from "./edits.ts";
import { label } from "./label.ts";
import { generatedFor, shownNames } from "./names.ts";
import { shiftNumericReferences } from "./references.ts";
import { scriptsText } from "./scripts-stage.ts";

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
export function expand(file: ParsedFile, plans: ReadonlyMap<number, StagePlan>): Expanded {
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
    expansions.set(index, expandStage({ ...plan.view, ancestorGrafts }, plan.groups));
  }
  const edits = new Edits();
  const shifts = insertStages(file, expansions, edits);
  const shifted = shiftNumericReferences(file, shifts);
  const replacements = new Map<Instruction, readonly Piece[]>();
  for (const [instruction, text] of shifted) {
    replacements.set(instruction, [{ kind: "generated", text, origins: [linesOf(instruction)] }]);
  }
  for (const call of file.calls) {
    const lines = expansions.get(call.stage)?.replacements.get(call) ?? [
      { text: `# ${label(call)}: the target does not need this stage\n` },
    ];
    replacements.set(
      call.instruction,
      lines.map((line) => generated(line.text, [call], line.step)),
    );
  }
  const comments = insertionLines(file);
  for (const [index, { cuts }] of expansions) {
    const stage = file.stages[index];
    if (!stage || !cuts) continue;
    const firstComment = comments.get(stage.from.line) ?? stage.from.line;
    for (const [instruction, pieces] of cutStage({ file, stage, cuts, replacements, firstComment, stagePieces })) {
      replacements.set(instruction, pieces);
    }
  }
  for (const [instruction, pieces] of replacements) edits.replace(instruction, pieces);
  const cased = casing(file);
  const pieces = applyEdits(edits, file.lines.length).map((piece) =>
    piece.kind === "generated" && piece.label !== undefined ? { ...piece, text: cased(piece.text) } : piece,
  );
  return {
    pieces,
    stageNames: shownNames(file, expansions, shifts),
    generatedFor: generatedFor(file, expansions),
    ...lastStage(file),
  };
}

function expandStage(view: StageView, groups: readonly CallGroup[]): Expansion {
  const parts = groups.map((group) => group.family.expand(view, group.calls));
  const stages = parts.flatMap((part) => part.stages);
  const cuts = parts.flatMap((part) => [...(part.cuts ?? [])]);
  return {
    // Several families may need the base's stage: the first to name it gets it.
    stages: stages.filter(({ name }, index) => stages.findIndex((one) => one.name === name) === index),
    replacements: new Map(parts.flatMap((part) => [...part.replacements])),
    grafts: parts.flatMap((part) => part.grafts),
    scripts: Object.assign({}, ...parts.map((part) => part.scripts)),
    ...(cuts.length > 0 ? { cuts: new Map(cuts) } : {}),
  };
}

/** Puts each stage's generated stages before it, the scripts before the first of them. Returns the new index of each user stage. */
function insertStages(file: ParsedFile, expansions: ReadonlyMap<number, Expansion>, edits: Edits): number[] {
  const scripts = Object.assign({}, ...[...expansions.values()].map((expansion) => expansion.scripts));
  const above = insertionLines(file);
  let inserted = 0;
  return file.stages.map((stage) => {
    const stages = expansions.get(stage.index)?.stages ?? [];
    const [first] = stages;
    if (first) {
      const pieces = stages.flatMap(stagePieces);
      if (inserted === 0 && Object.keys(scripts).length > 0) {
        pieces.unshift(generated(scriptsText(scripts), first.calls, "scripts"));
        inserted++;
      }
      inserted += stages.length;
      pieces.push({ kind: "generated", text: "\n", origins: [linesOf(first.calls[0]?.instruction ?? stage.from)] });
      edits.insert(above.get(stage.from.line) ?? stage.from.line, pieces);
    }
    for (const cut of expansions.get(stage.index)?.cuts?.values() ?? []) inserted += 1 + cut.stages.length;
    return stage.index + inserted;
  });
}

function stagePieces(stage: GeneratedStage): Piece[] {
  const asked = stage.calls.map((call) => `# ${label(call)} (line ${call.instruction.line}): ${stage.note}\n`).join("");
  // The empty line keeps the comment from being taken for the stage's description (check InvalidDefinitionDescription).
  return stage.lines.map((line, index) =>
    generated(index === 0 ? `${asked}\n${line.text}` : line.text, stage.calls, line.step),
  );
}

function generated(text: string, calls: readonly DirectiveCall[], step: string | undefined): Piece {
  const words = calls.map(label).join(", ");
  return {
    kind: "generated",
    text,
    origins: calls.map((call) => linesOf(call.instruction)),
    label: step === undefined ? words : `${words}: ${step}`,
  };
}

/** An instruction's whole lines, heredoc bodies included. */
function linesOf(instruction: { readonly line: number; readonly endLine: number }): Span {
  return { start: { line: instruction.line, column: 0 }, end: { line: instruction.endLine, column: 0 } };
}

/**
 * The lines to insert before, by the line of each FROM. Comments right above a FROM describe that stage (`outline` shows them), so
 * generated stages go above the comments, but not above parser directives.
 */
function insertionLines(file: ParsedFile): Map<number, number> {
  const lines = new Map<number, number>();
  let previous = Math.max(0, ...file.directives.map((directive) => directive.line));
  for (const instruction of file.instructions) {
    let line = instruction.line;
    if (instruction.keyword === "FROM") {
      while (line - 1 > previous && /^\s*#/.test(file.lines[line - 2] ?? "")) line--;
      lines.set(instruction.line, line);
    }
    previous = instruction.endLine;
  }
  return lines;
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

function lastStage({ stages }: ParsedFile): Pick<Expanded, "lastStage"> {
  const last = stages.at(-1);
  if (!last) return {};
  return { lastStage: last.name === undefined ? { from: last.from } : { name: last.name, from: last.from } };
}
