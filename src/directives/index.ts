import { closest } from "fastest-levenshtein";
import { failure } from "../diagnostic.ts";
import type { Span } from "../model.ts";
import { cert } from "./cert.ts";
import { cooldown } from "./cooldown.ts";
import type { Directive } from "./directive.ts";
import { framework } from "./framework.ts";
import { native } from "./native.ts";
import { run } from "./run.ts";
import { runtime } from "./runtime.ts";
import { tool } from "./tool.ts";
import { verify } from "./verify.ts";

/** The table of the language: one line a directive. */
export const directives: readonly Directive<unknown>[] = [
  cert as Directive<unknown>,
  cooldown as Directive<unknown>,
  framework as Directive<unknown>,
  native as Directive<unknown>,
  run as Directive<unknown>,
  runtime as Directive<unknown>,
  tool as Directive<unknown>,
  verify as Directive<unknown>,
];

const byName = new Map(directives.map((directive) => [directive.name, directive]));

/** True when the (upper case) keyword is one of ours. */
export function isDirective(keyword: string): boolean {
  return byName.has(keyword);
}

/** The directive of that (upper case) name; an unknown `DHI-` word is an error with the nearest known one. */
export function directiveNamed(keyword: string, span: Span): Directive<unknown> {
  const found = byName.get(keyword);
  if (found) return found;
  const names = [...byName.keys()];
  throw failure(
    "DhiUnknownDirective",
    span,
    `unknown directive ${keyword}`,
    `did you mean ${closest(keyword, names)}? (known: ${names.join(", ")})`,
  );
}
