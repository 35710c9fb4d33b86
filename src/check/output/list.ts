import type { Rule } from "../rule.ts";

/** The rules, a line each: name, severity, what it finds. */
export function listText(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ name }) => name.length));
  return rules
    .map(({ name, severity, summary }) => `${name.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`)
    .join("");
}

/** The same for programs: an array of `{ rule, severity, summary }`. */
export function listJson(rules: readonly Rule[]): string {
  return `${JSON.stringify(
    rules.map(({ name, severity, summary }) => ({ rule: name, severity, summary })),
    undefined,
    2,
  )}\n`;
}
