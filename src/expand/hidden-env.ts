import type { ImageFacts, Instruction, ParsedFile } from "../model.ts";
import { argAssignments, envAssignments } from "../parse/assignments.ts";
import type { Scope, StageScopes } from "../parse/scope.ts";

/** What a line needs that continues its stage in another one. */
export interface HiddenEnv {
  /** Call it with each instruction of the stage, in order. */
  after(instruction: Instruction): void;
  /** The ARG instructions to repeat, each value as it is now. */
  lines(scope: Scope): string;
}

/**
 * Follows the ARGs of a stage that hide an ENV of the same name. A stage that continues another sets what ENV left in the image once more
 * (BuildKit dockerfile2llb/convert.go, initializing a dispatchState), so such an ARG has to be said again there. Others are inherited.
 */
export function hiddenEnv(
  file: ParsedFile,
  scopes: StageScopes,
  stage: number,
  factsOf: (stage: number) => ImageFacts | undefined,
): HiddenEnv {
  const parent = scopes.froms[stage]?.stage;
  const inherited = parent === undefined ? (factsOf(stage)?.env ?? []).map(nameOf) : scopes.environment(parent).keys();
  const env = new Set(["PATH", ...inherited]);
  const hiding = new Set<string>();
  return {
    after({ text }) {
      for (const { name } of argAssignments(text, file.escape) ?? []) if (env.has(name)) hiding.add(name);
      for (const { name } of envAssignments(text, file.escape) ?? []) {
        env.add(name);
        hiding.delete(name);
      }
    },
    lines: (scope) =>
      [...hiding]
        .filter((name) => scope.has(name) && !/\p{Cc}/u.test(scope.get(name) ?? ""))
        .map((name) => `ARG ${name}=${quoted(scope.get(name) ?? "", file.escape)}\n`)
        .join(""),
  };
}

function nameOf(entry: string): string {
  return entry.split("=", 1)[0] ?? "";
}

/** In quotes, because a blank at the end, behind an escape character, would continue the line. */
function quoted(value: string, escapeChar: string): string {
  if (/^[\w.,:@%+=/-]*$/.test(value)) return value;
  return `"${value.replace(/["$\\`]/g, (character) => (/["$]/.test(character) || character === escapeChar ? `${escapeChar}${character}` : character))}"`;
}
