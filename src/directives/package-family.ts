import type { Diagnostic } from "../diagnostic.ts";
import { alpineFlags } from "./alpine-flags.ts";
import type { Family, StageView } from "./directive.ts";
import { checkGraft } from "./graft-check.ts";
import { expandGraft, graftBuilder } from "./graft-expansion.ts";
import { checkInstall, expandInstall } from "./in-place.ts";
import type { PackageLine } from "./package-line.ts";
import { isAlpine, packageWordProblems } from "./package-words.ts";

/**
 * DHI-NATIVE and DHI-TOOL. Where the stage has a package manager and a shell, each line becomes its plain install; elsewhere all lines become one
 * closure, made in a builder stage and copied at the first of them.
 */
export const packageFamily: Family<PackageLine> = {
  builder: graftBuilder,
  check: (stage, calls) => {
    const names = calls.flatMap(({ line, args }): Diagnostic[] =>
      args.packages.flatMap((word) => packageWordProblems(line.call.word, word, stage.base)),
    );
    const flags = isAlpine(stage.base) ? calls.flatMap(alpineFlags) : [];
    return [...names, ...flags, ...(installs(stage) ? checkInstall(stage, calls) : checkGraft(stage, calls))];
  },
  expand: (stage, calls) => (installs(stage) ? expandInstall(stage, calls) : expandGraft(stage, calls)),
};

function installs({ base }: StageView): boolean {
  return base.shell === true && (base.packageManager === "apt" || base.packageManager === "apk");
}
