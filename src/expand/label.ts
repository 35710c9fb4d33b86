import type { DirectiveCall } from "../model.ts";

/** A directive line as comments and progress show it: one line, single spaces, the keyword in upper case. */
export function label(call: DirectiveCall): string {
  return call.instruction.text.trim().replace(/\s+/g, " ").replace(/^\S+/, call.word);
}
