import { closest } from "fastest-levenshtein";
import type { Rule } from "../rule.ts";
import { architecturePath } from "./architecture-path.ts";
import { developmentFinal } from "./development-final.ts";
import { endOfLife } from "./end-of-life.ts";
import { entrypoint } from "./entrypoint.ts";
import { foreignAddons } from "./foreign-addons.ts";
import { foreignLibraries } from "./foreign-libraries.ts";
import { foreignVenv } from "./foreign-venv.ts";
import { frameworkCopy } from "./framework-copy.ts";
import { looseLibraries } from "./loose-libraries.ts";
import { missingPackageManager } from "./missing-package-manager.ts";
import { missingProgram } from "./missing-program.ts";
import { movedPath } from "./moved-path.ts";
import { mutableTag } from "./mutable-tag.ts";
import { privilegedPort } from "./privileged-port.ts";
import { rootUser } from "./root-user.ts";
import { shellForm } from "./shell-form.ts";
import { shellScript } from "./shell-script.ts";
import { stockImage } from "./stock-image.ts";
import { unknownTag } from "./unknown-tag.ts";
import { unknownUser } from "./unknown-user.ts";
import { unsetVariable } from "./unset-variable.ts";
import { unwritableFolder } from "./unwritable-folder.ts";

/** The table of rules, by name: one line a rule. */
export const rules: readonly Rule[] = [
  architecturePath,
  developmentFinal,
  endOfLife,
  entrypoint,
  foreignAddons,
  foreignLibraries,
  foreignVenv,
  frameworkCopy,
  looseLibraries,
  missingPackageManager,
  missingProgram,
  movedPath,
  mutableTag,
  privilegedPort,
  rootUser,
  shellForm,
  shellScript,
  stockImage,
  unknownTag,
  unknownUser,
  unsetVariable,
  unwritableFolder,
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
