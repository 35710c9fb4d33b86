import type { StepData, StepScripts } from "../directives/directive.ts";
import { scriptsStage } from "../directives/graft-stage.ts";

const terminator = "DHI_EOF";
const marker = "#@ ";

/**
 * The stage that carries the scripts: one file for each kind of step, mounted by itself, so that a step reruns only when its own
 * scripts change. A quoted heredoc keeps `$`, quotes and backslashes, under either escape character.
 */
export function scriptsText(steps: Readonly<Record<string, StepScripts | StepData>>): string {
  const copies = Object.entries(steps).map(([file, scripts]) => {
    return `COPY <<'${terminator}' /${file}\n${"text" in scripts ? plain(file, scripts.text) : bundled(scripts)}${terminator}\n`;
  });
  return `# dhi-frontend: the scripts that the generated stages run\n\nFROM scratch AS ${scriptsStage}\n${copies.join("")}`;
}

/** A file that is mounted as it is. */
function plain(name: string, text: string): string {
  if (/^DHI_EOF$|\r/m.test(text) || !text.endsWith("\n")) throw new Error(`${name} can't stand in a heredoc`);
  return text;
}

/** A step's scripts as one shell script, which unpacks them beside each other and runs the first. */
function bundled({ entry, files }: StepScripts): string {
  const parts = Object.entries(files).map(([name, content]) => {
    const lines = content.split("\n");
    const hidden = lines.some((line) => line === terminator || line.startsWith(marker) || line.endsWith("\r"));
    if (hidden) throw new Error(`script ${name} can't stand in a bundle`);
    return `${marker}${name}\n${content}${lines.at(-1) === "" ? "" : "\n"}`;
  });
  return `#!/bin/sh
# Unpacks the files below, each after a line with its name, and runs ${entry}.
set -eu
lib=$(mktemp -d)
awk -v lib="$lib" '/^#@ / { file = lib "/" $2; printf "" > file; next } file { print > file }' "$0"
exec sh "$lib/${entry}" "$@"
${parts.join("")}`;
}
