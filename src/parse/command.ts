import { isAsciiSpace, skipSpace, trimmedEnd } from "./characters.ts";
import { keywordOf } from "./keywords.ts";

/** A flag as BuildKit reads it: quotes and escape characters are gone from `value`, and `offsets` tells where each of its characters stands. */
export interface Flag {
  readonly name: string;
  /** Undefined when the flag has no `=`. */
  readonly value?: string;
  readonly offsets: readonly number[];
}

/** An instruction's text taken apart: `KEYWORD --flags rest`. */
export interface Command {
  readonly keyword: string;
  readonly flags: readonly Flag[];
  /** What follows the flags, from `restStart` to `restEnd`, without white space around it. */
  readonly rest: string;
  readonly restStart: number;
  readonly restEnd: number;
}

/**
 * Takes an instruction, or what follows ONBUILD, apart: first word, flags, rest (BuildKit parser/split_command.go).
 * Offsets count in `text`; `from` is where the instruction begins in it.
 */
export function splitCommand(text: string, escapeChar: string, from = 0): Command {
  const start = skipSpace(text, from);
  const end = Math.max(start, trimmedEnd(text));
  let keywordEnd = start;
  while (keywordEnd < end && !separates(text.charAt(keywordEnd))) keywordEnd++;
  let args = keywordEnd;
  while (args < end && separates(text.charAt(args))) args++;
  const { flags, after } = readFlags(text, args, end, escapeChar);
  const restStart = Math.min(skipSpace(text, after), end);
  const rest = text.slice(restStart, end);
  return { keyword: keywordOf(text.slice(start, keywordEnd)), flags, rest, restStart, restEnd: end };
}

/** The instruction behind ONBUILD, in offsets of the same text; undefined for any other instruction and for a bare ONBUILD. */
export function triggerOf(text: string, command: Command, escapeChar: string): Command | undefined {
  return command.keyword === "ONBUILD" && command.rest !== ""
    ? splitCommand(text, escapeChar, command.restStart)
    : undefined;
}

/** True when what follows the flags is a JSON array of strings: the exec form (BuildKit parser/line_parsers.go, parseJSON). */
export function isJsonForm(rest: string): boolean {
  if (!rest.startsWith("[")) return false;
  try {
    const value: unknown = JSON.parse(rest);
    return Array.isArray(value) && value.every((item) => typeof item === "string");
  } catch {
    return false;
  }
}

/** White space that BuildKit splits an instruction at: only these five. */
function separates(character: string): boolean {
  return character !== "\n" && isAsciiSpace(character);
}

function readFlags(text: string, from: number, end: number, escapeChar: string): { flags: Flag[]; after: number } {
  const flags: Flag[] = [];
  let at = from;
  for (;;) {
    while (at < end && isAsciiSpace(text.charAt(at))) at++;
    if (!text.startsWith("--", at) || at + 1 >= end) return { flags, after: at };
    const { characters, offsets, after } = readFlag(text, at, end, escapeChar);
    at = after;
    if (characters === "--") return { flags, after: at };
    const equals = characters.indexOf("=");
    if (equals === -1) flags.push({ name: characters.slice(2), offsets: [] });
    else
      flags.push({
        name: characters.slice(2, equals),
        value: characters.slice(equals + 1),
        offsets: offsets.slice(equals + 1),
      });
  }
}

/** Reads one flag. Unlike in words, the escape character works in single quotes too. */
function readFlag(text: string, from: number, end: number, escapeChar: string) {
  const offsets: number[] = [];
  let characters = "";
  let quote: string | undefined;
  let at = from;
  for (; at < end; at++) {
    let character = text.charAt(at);
    if (quote === undefined && endsFlag(character)) break;
    if (character === quote) {
      quote = undefined;
      continue;
    }
    if (quote === undefined && (character === "'" || character === '"')) {
      quote = character;
      continue;
    }
    if (character === escapeChar) {
      if (++at >= end) break;
      character = text.charAt(at);
    }
    characters += character;
    offsets.push(at);
  }
  return { characters, offsets, after: Math.min(at + 1, end) };
}

/** BuildKit looks at bytes here: the last one of a no-break space, or of U+0085, ends a flag as a space would. */
function endsFlag(character: string): boolean {
  return isAsciiSpace(character) || character === "\u00a0" || character === "\u0085";
}
