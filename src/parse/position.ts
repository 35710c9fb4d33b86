import type { Instruction, Position, Span } from "../model.ts";

/** Where the character at `offset` of the instruction's text stands in the file; past the end, where the next one would stand. */
export function position(instruction: Instruction, offset: number): Position {
  let low = 0;
  let high = instruction.runs.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((instruction.runs[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle;
  }
  const run = instruction.runs[low];
  if (!run) return { line: instruction.line, column: 0 };
  return { line: run.line, column: run.column + offset - run.offset };
}

/** Where `start` to `end` (exclusive) of the instruction's text stands in the file. It ends behind its last character, not where the next begins. */
export function span(instruction: Instruction, start: number, end: number): Span {
  const first = position(instruction, start);
  if (end <= start) return { start: first, end: first };
  const last = position(instruction, end - 1);
  return { start: first, end: { line: last.line, column: last.column + 1 } };
}

/** All of an instruction's logical line: from its keyword to its last character, heredoc bodies left out. */
export function wholeSpan(instruction: Instruction): Span {
  return span(instruction, 0, instruction.text.length);
}
