import t, { type Test } from "tap";
import { applyFixes } from "../src/check/fix.ts";
import type { Finding, RuleSample } from "../src/check/rule.ts";
import { rules } from "../src/check/rules/index.ts";
import { findingsOf } from "./check-text.ts";

// Every rule's samples: what they say is what the rule finds, and what its fix makes of the file.

function linesOf(findings: readonly Finding[], rule: string): number[] {
  return findings.filter((one) => one.rule === rule).map(({ span }) => span.start.line);
}

function told(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, span, message }) => `${rule} ${span.start.line}: ${message}`);
}

function fixedText(dockerfile: string, findings: readonly Finding[], rule: string): string {
  const own = findings.filter((one) => one.rule === rule);
  return new TextDecoder().decode(applyFixes(new TextEncoder().encode(dockerfile), own).bytes);
}

for (const rule of rules) {
  t.test(rule.name, async (t) => {
    t.ok(rule.bad.length > 0 && rule.good.length > 0, "has a bad and a good sample");
    for (const sample of rule.bad) await t.test(`bad: ${sample.title ?? "sample"}`, (t) => bad(t, rule.name, sample));
    for (const sample of rule.good) {
      await t.test(`good: ${sample.title ?? "sample"}`, async (t) => {
        const findings = await findingsOf(sample.dockerfile);
        const loud = findings.filter((one) => one.rule === rule.name || one.severity !== "info");
        t.strictSame(told(loud), [], "nothing of this rule, nothing above info of any");
      });
    }
  });
}

async function bad(t: Test, rule: string, { dockerfile, lines = [], fixed }: RuleSample): Promise<void> {
  const findings = await findingsOf(dockerfile);
  t.ok(lines.length > 0, "says its lines");
  t.strictSame(linesOf(findings, rule), lines, told(findings).join("\n"));
  const after = fixedText(dockerfile, findings, rule);
  t.equal(after, fixed ?? dockerfile, "its fixes");
  if (fixed === undefined) return;
  t.equal(fixedText(fixed, await findingsOf(fixed), rule), fixed, "fixing twice is fixing once");
}
