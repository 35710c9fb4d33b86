import type { GeneratedLines, GeneratedStage } from "../directives/directive.ts";
import type { DirectiveCall, GeneratedText, Instruction, ParsedFile, Piece, Span, Stage } from "../model.ts";
import { label } from "./label.ts";

/** What an implied check is called, where no line of the user asked for it. */
const impliedLabel = "DHI-VERIFY";

/** Who asked for generated lines: what progress calls them, and where the user finds their cause. */
export interface Cause {
  readonly label: string;
  readonly origins: readonly Span[];
}

/** The calls, or the stage itself for what no call asked for. */
export function causeOf(calls: readonly DirectiveCall[], stage: Stage): Cause {
  if (calls.length === 0) return { label: impliedLabel, origins: [linesOf(stage.from)] };
  return { label: calls.map(label).join(", "), origins: calls.map((call) => linesOf(call.instruction)) };
}

/** Lines of ours, with what progress shows for them. */
export function generated({ text, step, shared }: GeneratedLines, cause: Cause): GeneratedText {
  const words = shared ?? (step === undefined ? cause.label : `${cause.label}: ${step}`);
  return { kind: "generated", text, origins: cause.origins, label: words };
}

/** Lines of the user's in another form or place. */
export function moved(text: string, ...instructions: readonly Pick<Instruction, "line" | "endLine">[]): GeneratedText {
  return { kind: "generated", text, origins: instructions.map(linesOf) };
}

/** A generated stage for one of the user's, below a comment that says who asked for it. */
export function stagePieces(generatedStage: GeneratedStage, stage: Stage): Piece[] {
  const { calls, lines, note } = generatedStage;
  const cause = causeOf(calls, stage);
  const asked = calls.map((call) => `# ${label(call)} (line ${call.instruction.line}): ${note}\n`).join("");
  const comment = asked === "" ? `# ${impliedLabel}: ${note}\n` : asked;
  // The empty line keeps the comment from being taken for the stage's description (check InvalidDefinitionDescription).
  return lines.map(({ text, ...rest }, index) =>
    generated({ ...rest, text: index === 0 ? `${comment}\n${text}` : text }, cause),
  );
}

/** An instruction's whole lines, heredoc bodies included. */
export function linesOf(instruction: Pick<Instruction, "line" | "endLine">): Span {
  return { start: { line: instruction.line, column: 0 }, end: { line: instruction.endLine, column: 0 } };
}

/**
 * The lines to insert before, by the line of each FROM. Comments right above a FROM describe that stage (`outline` shows them), so
 * generated stages go above the comments, but not above parser directives.
 */
export function insertionLines(file: ParsedFile): Map<number, number> {
  const lines = new Map<number, number>();
  let previous = Math.max(0, ...file.directives.map((directive) => directive.line));
  for (const instruction of file.instructions) {
    let line = instruction.line;
    if (instruction.keyword === "FROM") {
      while (line - 1 > previous && /^\s*#/.test(file.lines[line - 2] ?? "")) line--;
      lines.set(instruction.line, line);
    }
    previous = instruction.endLine;
  }
  return lines;
}
