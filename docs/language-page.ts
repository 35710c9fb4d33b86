import type { Directive } from "../src/directives/directive.ts";

/** The language page, made from the table of directives. */
export function languagePage(directives: readonly Directive<unknown>[]): string {
  return [
    "# The language",
    "",
    "Generated from the directives by `npm run docs`; do not edit.",
    "",
    "A directive is one line of a stage: flags first, then words. Case does not matter; continuations, comments inside them, `# escape=`, CRLF and a byte order",
    "mark work as in any instruction. Variables, with or without braces and defaults, get the values that BuildKit would give them there. A word without quotes whose value",
    "holds spaces becomes several words. Before the first FROM and inside ONBUILD a directive is an error, and so is an unknown word that begins with `DHI-`.",
    "Stage names that begin with `dhi--` are kept for generated stages.",
    "",
    ...directives.flatMap(section),
  ].join("\n");
}

function section(directive: Directive<unknown>): string[] {
  return [
    `## ${directive.name}`,
    "",
    `\`${directive.usage}\` ${directive.summary}.`,
    "",
    directive.docs,
    "",
    ...directive.samples.flatMap((sample) => [
      sample.error === undefined ? `${sample.title}:` : `${sample.title} is the error \`${sample.error}\`:`,
      "",
      "```dockerfile",
      sample.dockerfile.trimEnd(),
      "```",
      "",
    ]),
  ];
}
