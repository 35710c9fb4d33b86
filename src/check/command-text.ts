import { skipSpace } from "../parse/characters.ts";
import { isJsonForm } from "../parse/command.ts";
import type { Step } from "./stage-view.ts";

/** The command of a RUN, CMD, ENTRYPOINT, SHELL or `HEALTHCHECK CMD`, in offsets of the instruction's text. */
export interface CommandText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The words of the exec form; absent for the shell form. */
  readonly exec?: readonly string[];
}

/** Takes a step apart; undefined for `HEALTHCHECK NONE`, a bare instruction, and instructions that have no command. */
export function commandText(step: Step): CommandText | undefined {
  const { command, keyword } = step;
  if (!["RUN", "CMD", "ENTRYPOINT", "SHELL", "HEALTHCHECK"].includes(keyword)) return undefined;
  let start = command.restStart;
  if (keyword === "HEALTHCHECK") {
    const match = /^cmd(?=\s)/i.exec(command.rest);
    if (!match) return undefined;
    start = skipSpace(step.instruction.text, start + match[0].length);
  }
  const text = step.instruction.text.slice(start, command.restEnd);
  if (text === "") return undefined;
  const exec = isJsonForm(text) ? (JSON.parse(text) as string[]) : undefined;
  return { text, start, end: command.restEnd, ...(exec ? { exec } : {}) };
}
