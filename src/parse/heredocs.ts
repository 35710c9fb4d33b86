import type { Heredoc } from "../model.ts";
import { isJsonForm, splitCommand, triggerOf } from "./command.ts";
import { takesHeredocs } from "./keywords.ts";
import { LexError, lex } from "./shell-lexer.ts";

/** What an instruction says about a heredoc that follows it. */
export type HeredocWord = Pick<Heredoc, "name" | "expand" | "chomp" | "fileDescriptor">;

/**
 * The heredocs that an instruction's text announces, in order (BuildKit parser/parser.go, canContainHeredoc and heredocsFromLine).
 * A text that the shell lexer refuses announces none. BuildKit reads it with the backslash as escape character, whatever the file says.
 */
export function heredocsOf(text: string, escapeChar: string): HeredocWord[] {
  if (!text.includes("<<")) return [];
  const command = splitCommand(text, escapeChar);
  const { keyword, rest } = triggerOf(text, command, escapeChar) ?? command;
  if (!takesHeredocs(keyword) || isJsonForm(rest)) return [];
  try {
    const { words } = lex(text, { escape: "\\", keepQuotes: true, keepEscapes: true, keepUnset: true });
    return words.flatMap((word) => heredocOf(word) ?? []);
  } catch (error) {
    if (error instanceof LexError) return [];
    throw error;
  }
}

/** Reads `<<EOF`, `3<<-"EOF"`, `<< EOF`. The name is literal text for the body to end with. */
function heredocOf(word: string): HeredocWord | undefined {
  const match = /^([0-9]*)<<(-?)/.exec(word);
  if (!match) return undefined;
  const rest = withoutSpace(word.slice(match[0].length));
  if (rest === "" || rest.includes("<")) return undefined;
  const plain = lex(rest, { escape: "\\", keepUnset: true }).words;
  const quoted = lex(rest, { escape: "\\", keepQuotes: true, keepUnset: true }).words;
  const [name] = plain;
  if (name === undefined || plain.length !== 1) return undefined;
  return {
    name,
    expand: countQuotes(name) === countQuotes(quoted[0] ?? ""),
    chomp: match[2] === "-",
    fileDescriptor: Number(match[1]),
  };
}

function withoutSpace(text: string): string {
  let start = 0;
  while ("\t\n\f\r ".includes(text.charAt(start)) && start < text.length) start++;
  return text.slice(start);
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, "").length;
}
