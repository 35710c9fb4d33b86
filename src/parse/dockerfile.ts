import { type Diagnostic, DiagnosticError } from "../diagnostic.ts";
import type { DirectiveCall, Instruction, ParsedFile, ScannedFile, Stage } from "../model.ts";
import { splitCommand, triggerOf } from "./command.ts";
import { directiveCall } from "./directive-line.ts";
import { fromWords } from "./from.ts";
import { directivePrefix, takesCommand } from "./keywords.ts";
import { wholeSpan } from "./position.ts";
import { referencesOf } from "./references.ts";

/**
 * Sorts a file's instructions into stages and finds the directive lines. A word with our prefix that `isDirective` does not know
 * is recorded too, with the rest of its line as one piece: its own error says more than one about its words.
 * Throws what is wrong with directive lines themselves (DhiBeforeFrom, DhiInOnbuild and those of directive-line.ts), all at once.
 * Every other mistake in a Dockerfile is left for BuildKit to report.
 */
export function parse(scanned: ScannedFile, isDirective: (keyword: string) => boolean): ParsedFile {
  const { escape: escapeChar } = scanned;
  const metaArgs: Instruction[] = [];
  const stages: (Stage & {
    readonly instructions: Instruction[];
    readonly references: Stage["references"][number][];
  })[] = [];
  const calls: DirectiveCall[] = [];
  const problems: Diagnostic[] = [];
  for (const instruction of scanned.instructions) {
    const { keyword } = instruction;
    if (keyword === "FROM") {
      stages.push({
        index: stages.length,
        from: instruction,
        ...fromWords(instruction, escapeChar),
        instructions: [],
        references: [],
      });
      continue;
    }
    const stage = stages.at(-1);
    stage?.instructions.push(instruction);
    stage?.references.push(...referencesOf(instruction, escapeChar));
    if (keyword === "ARG" && !stage) metaArgs.push(instruction);
    if (keyword === "ONBUILD") problems.push(...onbuildProblems(instruction, escapeChar));
    if (!keyword.startsWith(directivePrefix)) continue;
    if (!stage) problems.push(beforeFrom(instruction));
    else collect(problems, () => calls.push(call(instruction, stage.index, escapeChar, isDirective(keyword))));
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
  return { ...scanned, metaArgs, stages, calls };
}

function call(instruction: Instruction, stage: number, escapeChar: string, known: boolean): DirectiveCall {
  return directiveCall(
    instruction,
    stage,
    escapeChar,
    known && !takesCommand(instruction.keyword) ? "words" : "command",
  );
}

function collect(problems: Diagnostic[], read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    problems.push(...error.diagnostics);
  }
}

function beforeFrom(instruction: Instruction): Diagnostic {
  return {
    code: "DhiBeforeFrom",
    severity: "error",
    span: wholeSpan(instruction),
    problem: `${instruction.keyword} stands before the first FROM, where there is no stage for it`,
    advice: "move it below the FROM of the stage that it is for",
  };
}

function onbuildProblems(instruction: Instruction, escapeChar: string): Diagnostic[] {
  const trigger = triggerOf(instruction.text, splitCommand(instruction.text, escapeChar), escapeChar);
  if (!trigger?.keyword.startsWith(directivePrefix)) return [];
  return [
    {
      code: "DhiInOnbuild",
      severity: "error",
      span: wholeSpan(instruction),
      problem: `${trigger.keyword} stands in ONBUILD, where another Dockerfile would have to run it`,
      advice: `write ${trigger.keyword} without ONBUILD, in the stages that build FROM this one`,
    },
  ];
}
