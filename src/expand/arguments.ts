import type { Argument, DirectiveLine, Flag } from "../directives/directive.ts";
import type { DirectiveCall, Word } from "../model.ts";
import { takesCommand } from "../parse/keywords.ts";
import { wholeSpan } from "../parse/position.ts";
import { type Lookup, wordValue } from "../parse/variables.ts";
import { label } from "./label.ts";

/** True when the call's words hold no variable: it can be read before anything is known of its stage. */
export function isConstant(call: DirectiveCall): boolean {
  const words = [...call.words, ...call.flags.flatMap((flag) => flag.value ?? [])];
  return words.every((word) => !word.raw.includes("$"));
}

/** A call with the values that its words have there. Throws DhiVariable for a word that has none. */
export function directiveLine(call: DirectiveCall, lookup: Lookup, escapeChar: string): DirectiveLine {
  const flags = call.flags.map((flag): Flag => {
    const { name, span, value } = flag;
    return value
      ? { name, span, value: { value: wordValue(value, lookup, escapeChar), span: value.span } }
      : { name, span };
  });
  // Variables in a command are for the shell that runs it.
  const command = takesCommand(call.word) ? call.words.map(({ raw, span }) => ({ value: raw, span })) : undefined;
  const words = command ?? call.words.flatMap((word) => argumentsOf(word, lookup, escapeChar));
  return { call, flags, words, span: wholeSpan(call.instruction), label: label(call) };
}

/** A word without quotes is split after its variables are replaced, so that one ARG can hold a list. */
function argumentsOf(word: Word, lookup: Lookup, escapeChar: string): Argument[] {
  const value = wordValue(word, lookup, escapeChar);
  const quoted = /["']/.test(word.raw);
  if (quoted || !word.raw.includes("$")) return [{ value, span: word.span }];
  return value.split(/\s+/).flatMap((part) => (part === "" ? [] : [{ value: part, span: word.span }]));
}
