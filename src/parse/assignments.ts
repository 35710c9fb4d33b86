import { splitCommand } from "./command.ts";
import { nextWord, wordsFrom } from "./words.ts";

/** `name=value` of an ARG or ENV, raw; an ARG may have no value. */
export interface Assignment {
  readonly name: string;
  readonly value?: string;
}

/** The names and defaults of `ARG a b=c` (BuildKit parser/line_parsers.go, parseNameOrNameVal); undefined for another instruction. */
export function argAssignments(text: string, escapeChar: string): Assignment[] | undefined {
  const command = splitCommand(text, escapeChar);
  if (command.keyword !== "ARG") return undefined;
  return wordsFrom(command.rest, 0, escapeChar).map(assignment);
}

/**
 * The pairs of `ENV a=b c=d` and of the old form `ENV a b c` (BuildKit parser/line_parsers.go, parseNameVal).
 * Undefined for another instruction; empty when BuildKit refuses the line.
 */
export function envAssignments(text: string, escapeChar: string): Required<Assignment>[] | undefined {
  const { keyword, rest } = splitCommand(text, escapeChar);
  if (keyword !== "ENV") return undefined;
  const first = nextWord(rest, 0, escapeChar);
  if (!first) return [];
  if (!rest.slice(first.start, first.end).includes("=")) {
    const [name = "", value] = splitOnce(rest);
    return value === undefined ? [] : [{ name, value }];
  }
  const pairs = wordsFrom(rest, 0, escapeChar).map(assignment);
  return pairs.every((pair): pair is Required<Assignment> => pair.value !== undefined) ? pairs : [];
}

function assignment(word: string): Assignment {
  const equals = word.indexOf("=");
  return equals === -1 ? { name: word } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}

/** The old form knows no quotes: the name ends at the first white space. */
function splitOnce(rest: string): string[] {
  const match = /[\t\v\f\r ]+/.exec(rest);
  return match ? [rest.slice(0, match.index), rest.slice(match.index + match[0].length)] : [rest];
}
