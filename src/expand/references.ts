import type { Instruction, ParsedFile, Word } from "../model.ts";

/** A number in a `--from` and what it must become. */
interface Shift {
  readonly word: Word;
  readonly text: string;
}

/**
 * Generated stages shift the numbers of the user's stages, so `COPY --from=0` would silently name another one.
 * Gives the new text of every instruction that holds such a number, with `shifts[i]` the new index of stage i.
 * Numbers that name no stage stay as they are: BuildKit reports them. A mount takes a number for an image's name.
 */
export function shiftNumericReferences(file: ParsedFile, shifts: readonly number[]): Map<Instruction, string> {
  const byInstruction = new Map<Instruction, Shift[]>();
  for (const { instruction, kind, value, name } of file.stages.flatMap((stage) => stage.references)) {
    if (kind !== "copy" || !/^[+-]?[0-9]+$/.test(name)) continue;
    const shifted = shifts[Number(name)];
    if (shifted === undefined || shifted === Number(name)) continue;
    const shift = { word: value, text: value.raw.replace(/[+-]?[0-9]+/, String(shifted)) };
    byInstruction.set(instruction, [...(byInstruction.get(instruction) ?? []), shift]);
  }
  return new Map([...byInstruction].map(([instruction, words]) => [instruction, rewritten(file, instruction, words)]));
}

function rewritten(file: ParsedFile, instruction: Instruction, shifts: readonly Shift[]): string {
  const lines = file.lines.slice(instruction.line - 1, instruction.endLine);
  const lastFirst = [...shifts].sort((a, b) => before(b.word, a.word));
  for (const { word, text } of lastFirst) {
    const { line, column } = word.span.start;
    const old = lines[line - instruction.line] ?? "";
    lines[line - instruction.line] = `${old.slice(0, column)}${text}${old.slice(column + word.raw.length)}`;
  }
  return lines.join("");
}

function before(a: Word, b: Word): number {
  return a.span.start.line - b.span.start.line || a.span.start.column - b.span.start.column;
}
