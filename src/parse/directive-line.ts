import { failure } from "../diagnostic.ts";
import type { DirectiveCall, FlagWord, Instruction, Word } from "../model.ts";
import { splitCommand } from "./command.ts";
import { word } from "./from.ts";
import { span } from "./position.ts";
import { nextWord, type WordRange } from "./words.ts";

/** What the words behind the flags are: words of ours, or a command that is the shell's and stays one piece. */
export type Rest = "words" | "command";

/**
 * Reads a directive line: flags, then words. Quotes and the escape character group text as in BuildKit's own words (words.ts),
 * and stay in `raw`. A bare `--` ends the flags. Throws DhiFlagAfterWord and DhiUnterminatedQuote.
 */
export function directiveCall(
  instruction: Instruction,
  stage: number,
  escapeChar: string,
  rest: Rest = "words",
): DirectiveCall {
  const { text } = instruction;
  const command = splitCommand(text, escapeChar);
  const flags: FlagWord[] = [];
  let at = (nextWord(text, 0, "")?.start ?? 0) + instruction.keyword.length;
  let dashes = false;
  let range = nextWord(text, at, escapeChar);
  while (range && !dashes && text.startsWith("--", range.start)) {
    at = range.end;
    dashes = at - range.start === 2;
    if (!dashes) flags.push(flagWord(instruction, closed(instruction, range)));
    range = nextWord(text, at, escapeChar);
  }
  const call = { instruction, word: instruction.keyword, flags, stage };
  if (rest === "command") return { ...call, words: range ? [word(instruction, range.start, command.restEnd)] : [] };
  const words: Word[] = [];
  for (; range; range = nextWord(text, range.end, escapeChar)) {
    const { start, end } = closed(instruction, range);
    if (!dashes && text.startsWith("--", start)) throw flagAfterWord(instruction, start, end);
    words.push(word(instruction, start, end));
  }
  return { ...call, words };
}

function flagWord(instruction: Instruction, { start, end }: WordRange): FlagWord {
  const raw = instruction.text.slice(start, end);
  const equals = raw.indexOf("=");
  const whole = span(instruction, start, end);
  if (equals === -1) return { name: raw.slice(2), span: whole };
  return { name: raw.slice(2, equals), value: word(instruction, start + equals + 1, end), span: whole };
}

function closed(instruction: Instruction, range: WordRange): WordRange {
  if (range.open === undefined) return range;
  const found = instruction.text.slice(range.start, range.end);
  throw failure(
    "DhiUnterminatedQuote",
    span(instruction, range.start, range.end),
    `the quote ${range.open} in ${found} is never closed`,
    `close it with ${range.open}, or put the escape character before it`,
  );
}

function flagAfterWord(instruction: Instruction, start: number, end: number) {
  const flag = instruction.text.slice(start, end);
  return failure(
    "DhiFlagAfterWord",
    span(instruction, start, end),
    `the flag ${flag} stands after a word of ${instruction.keyword}`,
    `write flags first: ${instruction.keyword} ${flag} ...`,
  );
}
