import { isSpace, skipSpace } from "./characters.ts";

/** A word of an instruction's text, by offsets. `open` is the quote that nothing closes. */
export interface WordRange {
  readonly start: number;
  readonly end: number;
  readonly open?: string;
}

/**
 * The word that begins at or after `from`, undefined when only white space follows. Quotes and the escape character
 * keep white space in a word; inside single quotes the escape character is a plain one (BuildKit parser/line_parsers.go, parseWords).
 */
export function nextWord(text: string, from: number, escapeChar: string): WordRange | undefined {
  const start = skipSpace(text, from);
  if (start >= text.length) return undefined;
  let quote: string | undefined;
  let at = start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === undefined && isSpace(character)) break;
    if (character === escapeChar && quote !== "'") at++;
    else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === "'" || character === '"')) quote = character;
  }
  const end = Math.min(at, text.length);
  return quote === undefined ? { start, end } : { start, end, open: quote };
}

/** All words from `from` on, as texts with their quotes. */
export function wordsFrom(text: string, from: number, escapeChar: string): string[] {
  const words: string[] = [];
  for (let word = nextWord(text, from, escapeChar); word; word = nextWord(text, word.end, escapeChar)) {
    words.push(text.slice(word.start, word.end));
  }
  return words;
}
