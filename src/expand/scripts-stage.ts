import type { StepData, StepScripts } from "../directives/directive.ts";
import { scriptsStage } from "../directives/graft-stage.ts";

const terminator = "DHI_EOF";
const marker = "#@ ";

/** What steps run and read, by the name of the file that is mounted. */
type ScriptSteps = Readonly<Record<string, StepScripts | StepData>>;

/**
 * The stage that carries the scripts: one file for each kind of step, mounted by itself, so that a step reruns only when its own
 * scripts change. A quoted heredoc keeps `$`, quotes and backslashes, under either escape character.
 */
export function scriptsText(steps: ScriptSteps): string {
  const copies = Object.entries(scriptFiles(steps)).map(([file, text]) => {
    return `COPY <<'${terminator}' /${file}\n${text}${terminator}\n`;
  });
  return scriptsHead + copies.join("");
}

/** The same stage without its files, for who brings them in another way. */
export const scriptsHead = `# dhi-frontend: the scripts that the generated stages run\n\nFROM scratch AS ${scriptsStage}\n`;

/** The files that the stage holds. */
export function scriptFiles(steps: ScriptSteps): Record<string, string> {
  return Object.fromEntries(
    Object.entries(steps).map(([file, step]) => {
      const text = "text" in step ? step.text : bundled(step);
      if (holds(text, terminator, "\n") || text.includes("\r") || !text.endsWith("\n")) {
        throw new Error(`${file} can't stand in a heredoc`);
      }
      return [file, text];
    }),
  );
}

/** True when a line begins so; native search, as every build looks through a quarter of a megabyte. */
function holds(text: string, start: string, end = ""): boolean {
  return text.startsWith(start + end) || text.includes(`\n${start}${end}`);
}

/** A step's scripts as one shell script, which unpacks them beside each other and runs the first. */
function bundled({ entry, files }: StepScripts): string {
  const parts = Object.entries(files).map(([name, content]) => {
    if (holds(content, marker)) throw new Error(`script ${name} can't stand in a bundle`);
    return `${marker}${name}\n${content}${content.endsWith("\n") ? "" : "\n"}`;
  });
  return `#!/bin/sh
# Unpacks the files below, each after a line with its name, and runs ${entry}.
set -eu
lib=$(mktemp -d)
awk -v lib="$lib" '/^#@ / { file = lib "/" $2; printf "" > file; next } file { print > file }' "$0"
exec sh "$lib/${entry}" "$@"
${parts.join("")}`;
}
