import type { Rule, RuleSample } from "./rule.ts";

/** A rule's page in markdown, from its title to its samples. */
export function rulePage({ name, severity, summary, docs, looksAt, notInBuilds, bad, good }: Rule): string {
  return [
    `# ${name}`,
    "",
    `${capital(summary)}. Severity: ${severity}.`,
    "",
    docs,
    "",
    looksAt === "any"
      ? "On the command line it looks at stages on other bases, too."
      : "It looks at stages on hardened bases.",
    ...(notInBuilds ? ["Builds don't tell it, for nearly each would; checks do."] : []),
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
