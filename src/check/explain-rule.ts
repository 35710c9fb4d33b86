import { rulePage } from "./rule-page.ts";
import { ruleNamed } from "./rules/index.ts";

/** True for a word that can only be meant as a rule's name: no image is called so. */
export function isRuleWord(word: string): boolean {
  return /^Dhi[A-Z][A-Za-z]*$/.test(word);
}

/** A rule's page, or the name that was probably meant. */
export function explainRule(name: string): { readonly text: string } | { readonly problem: string } {
  const found = ruleNamed(name);
  if ("rule" in found) return { text: rulePage(found.rule) };
  return { problem: `there is no rule ${name}; did you mean ${found.nearest}? (dhi-frontend check --list)` };
}
