import type { Diagnostic } from "../diagnostic.ts";
import type { ParsedCall } from "./directive.ts";
import type { PackageLine } from "./package-line.ts";

const unserved: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  recommends: [
    "--recommends means nothing on Alpine: its packages recommend no others",
    "name the packages that you want, too",
  ],
  snapshot: [
    "--snapshot can't be kept on Alpine: it has no archive of its past packages",
    "pin single packages with name=version, or leave it out",
  ],
};

/** The flags of a line that Alpine's packages know no meaning for. */
export function alpineFlags({ line }: ParsedCall<PackageLine>): Diagnostic[] {
  return line.flags.flatMap(({ name, span }): Diagnostic[] => {
    const [problem, advice] = unserved[name] ?? [];
    return problem === undefined || advice === undefined
      ? []
      : [{ code: "DhiFlagOnAlpine", severity: "error", span, problem, advice }];
  });
}
