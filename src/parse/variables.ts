import { failure } from "../diagnostic.ts";
import type { Word } from "../model.ts";
import { LexError, lex } from "./shell-lexer.ts";

/** Gives a variable's value, undefined when it has none. */
export type Lookup = (name: string) => string | undefined;

/** A word as BuildKit would use it. With a `problem` it has no value: BuildKit would refuse it for that reason. */
export interface Expansion {
  readonly value: string;
  /** Variables in it that have no value, and so became nothing. */
  readonly unset: ReadonlySet<string>;
  readonly problem?: string;
}

/** Replaces variables and removes quotes and escapes (BuildKit frontend/dockerfile/shell/lex.go, ProcessWord). Never throws. */
export function expandWord(raw: string, lookup: Lookup, escapeChar: string): Expansion {
  if (/^[\w.:/@,+=-]*$/.test(raw)) return { value: raw, unset: new Set() };
  try {
    const { value, unset } = lex(raw, { escape: escapeChar, lookup });
    return { value, unset };
  } catch (error) {
    if (!(error instanceof LexError)) throw error;
    return { value: "", unset: new Set(), problem: error.message };
  }
}

/** The value of a word of the user's file. Throws DhiVariable, with its place, when it can't be replaced. */
export function wordValue(word: Word, lookup: Lookup, escapeChar: string): string {
  const { value, problem } = expandWord(word.raw, lookup, escapeChar);
  if (problem === undefined) return value;
  throw failure("DhiVariable", word.span, `${word.raw} can't be replaced by its value: ${problem}`);
}
