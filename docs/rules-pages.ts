import type { Rule, RuleSample } from "../src/check/rule.ts";

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

function page({ name, severity, summary, docs, looksAt, bad, good }: Rule): string {
  return [
    `# ${name}`,
    "",
    "Generated from the rule by `npm run docs`; do not edit.",
    "",
    `${capital(summary)}. Severity: ${severity}.`,
    "",
    docs,
    "",
    looksAt === "any"
      ? "On the command line it looks at stages on other bases, too."
      : "It looks at stages on hardened bases.",
    "",
    "## Found",
    "",
    ...bad.flatMap(sample),
    "## Fine",
    "",
    ...good.flatMap(sample),
  ].join("\n");
}

function sample({ title, dockerfile, lines = [], fixed }: RuleSample): string[] {
  const where = lines.length === 0 ? "" : ` (line ${lines.join(", ")})`;
  const code = (text: string) => ["```dockerfile", text.trimEnd(), "```", ""];
  return [
    `${title ?? "Example"}${where}:`,
    "",
    ...code(dockerfile),
    ...(fixed === undefined ? [] : ["`check --fix` makes of it:", "", ...code(fixed)]),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
