import type { Instruction, Piece } from "../model.ts";

/** Changes to the user's lines, gathered in any order. */
export class Edits {
  readonly #insertions = new Map<number, readonly Piece[]>();
  readonly #replacements = new Map<number, { readonly last: number; readonly pieces: readonly Piece[] }>();

  /** Puts pieces before a line (from 1), behind those that are to stand there already. */
  insert(line: number, pieces: readonly Piece[]): void {
    this.#insertions.set(line, [...(this.#insertions.get(line) ?? []), ...pieces]);
  }

  /** Puts pieces in the place of an instruction's lines. */
  replace(instruction: Instruction, pieces: readonly Piece[]): void {
    this.#replacements.set(instruction.line, { last: instruction.endLine, pieces });
  }

  /** The changed lines in order, each with what comes before it and what replaces it. */
  *inOrder(): Generator<{
    line: number;
    before: readonly Piece[];
    replacement?: { last: number; pieces: readonly Piece[] };
  }> {
    const lines = [...new Set([...this.#insertions.keys(), ...this.#replacements.keys()])].sort((a, b) => a - b);
    for (const line of lines) {
      const replacement = this.#replacements.get(line);
      yield { line, before: this.#insertions.get(line) ?? [], ...(replacement ? { replacement } : {}) };
    }
  }
}

/** The whole file of `lineCount` lines as pieces: original lines with the edits between them. */
export function applyEdits(edits: Edits, lineCount: number): Piece[] {
  const pieces: Piece[] = [];
  let next = 1;
  const copyUpTo = (line: number) => {
    if (line > next) pieces.push({ kind: "original", first: next, last: line - 1 });
    next = Math.max(next, line);
  };
  for (const { line, before, replacement } of edits.inOrder()) {
    copyUpTo(line);
    pieces.push(...before, ...(replacement?.pieces ?? []));
    if (replacement) next = replacement.last + 1;
  }
  copyUpTo(lineCount + 1);
  return pieces;
}
