import type { Rule } from "../src/check/rule.ts";
import { rulePage } from "../src/check/rule-page.ts";

/** The pages about rules, made from their table: names and texts. */
export function rulesPages(rules: readonly Rule[]): ReadonlyMap<string, string> {
  return new Map([["README.md", overview(rules)], ...rules.map((rule) => [`${rule.name}.md`, page(rule)] as const)]);
}

function overview(rules: readonly Rule[]): string {
  const rows = rules.map(({ name, severity, summary }) => [`[${name}](${name}.md)`, severity, summary]);
  return [
    "# Rules",
    "",
    "Generated from the rules by `npm run docs`; do not edit.",
    "",
    "An `error` fails the build, or the start of the container, for sure. An `info` never fails anything.",
    "",
    ...table([["rule", "severity", "what it finds"], ...rows]),
    "",
  ].join("\n");
}

/** As Prettier and Biome lay tables out. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)];
}

function page(rule: Rule): string {
  const [title = "", ...rest] = rulePage(rule).split("\n");
  return [title, "", "Generated from the rule by `npm run docs`; do not edit.", ...rest].join("\n");
}
