import { closest } from "fastest-levenshtein";
import type { Rule } from "../rule.ts";
import { developmentFinal } from "./development-final.ts";
import { endOfLife } from "./end-of-life.ts";
import { frameworkCopy } from "./framework-copy.ts";
import { missingPackageManager } from "./missing-package-manager.ts";
import { missingProgram } from "./missing-program.ts";
import { shellForm } from "./shell-form.ts";
import { unknownTag } from "./unknown-tag.ts";

/** The table of rules, by name: one line a rule. */
export const rules: readonly Rule[] = [
  developmentFinal,
  endOfLife,
  frameworkCopy,
  missingPackageManager,
  missingProgram,
  shellForm,
  unknownTag,
];

/** The rule of that name, in any case; without one the name that is nearest. */
export function ruleNamed(name: string): { readonly rule: Rule } | { readonly nearest: string } {
  const rule = rules.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return rule
    ? { rule }
    : {
        nearest: closest(
          name,
          rules.map((one) => one.name),
        ),
      };
}
