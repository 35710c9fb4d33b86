import type { GeneratedStage, StageCut } from "../directives/directive.ts";
import type { DirectiveCall, GeneratedText, Instruction, ParsedFile, Piece, Stage } from "../model.ts";
import { splitCommand } from "../parse/command.ts";

/** A stage with the places where it is cut, and what takes the place of its instructions so far. */
export interface CutInput {
  readonly file: ParsedFile;
  readonly stage: Stage;
  readonly cuts: ReadonlyMap<DirectiveCall, StageCut>;
  readonly replacements: ReadonlyMap<Instruction, readonly Piece[]>;
  /** The line of the first comment right above FROM, or of FROM. */
  readonly firstComment: number;
  readonly stagePieces: (stage: GeneratedStage) => Piece[];
}

/**
 * Cuts a stage at some of its calls: what stands above becomes a generated stage, what stands below continues it and keeps the name. ONBUILD
 * moves to the last part, because its triggers would fire where a part begins, and so does CMD when an ENTRYPOINT follows there, which takes
 * back a CMD that it finds in the stage it continues (BuildKit dockerfile2llb/convert.go, dispatchEntrypoint). Comments right above FROM describe
 * the stage (`outline` shows them): they are repeated above the last part. Returns what takes the place of the instructions that change.
 */
export function cutStage(input: CutInput): Map<Instruction, readonly Piece[]> {
  const { file, stage, cuts, firstComment, stagePieces } = input;
  const words = fromText(file, stage);
  const result = new Map<Instruction, readonly Piece[]>();
  const last = [...cuts.keys()].at(-1);
  const [first] = cuts.values();
  // A FROM that BuildKit refuses: it is to say so itself.
  if (!words || !last || !first) return result;
  const comments = file.lines.slice(firstComment - 1, stage.from.line - 1).map((text, index) => {
    const line = firstComment + index;
    return moved(text, { line, endLine: line });
  });
  const gap = comments.length > 0 ? "\n" : "";
  result.set(stage.from, [moved(`${gap}${words.keyword} ${words.source} ${words.as} ${first.part}\n`, stage.from)]);
  const above = stage.instructions.filter(({ line }) => line < last.instruction.line);
  const below = stage.instructions.filter(({ line }) => line > last.instruction.line);
  const late = above.filter(
    ({ keyword }) =>
      keyword === "ONBUILD" || (keyword === "CMD" && below.some((other) => other.keyword === "ENTRYPOINT")),
  );
  for (const instruction of late) result.set(instruction, []);
  const order = [...cuts];
  for (const [index, [call, cut]] of order.entries()) {
    const next = order[index + 1]?.[1].part;
    const name = next === undefined ? words.name : ` ${words.as} ${next}`;
    const from = moved(`${words.keyword} ${cut.part}${name}\n`, stage.from);
    const held = next === undefined ? late.flatMap((one) => input.replacements.get(one) ?? textOf(file, one)) : [];
    result.set(call.instruction, [
      moved("\n", call.instruction),
      ...cut.stages.flatMap(stagePieces),
      moved("\n", call.instruction),
      ...(next === undefined ? comments : []),
      from,
      ...held,
      ...(input.replacements.get(call.instruction) ?? []),
    ]);
  }
  return result;
}

/** The words of a FROM that BuildKit takes: `FROM [--platform=x] image [AS name]` (instructions/parse.go, parseFrom). */
function fromText(file: ParsedFile, { from, image, platform, name }: Stage) {
  const { flags, rest } = splitCommand(from.text, file.escape);
  const [, as, written] = /^\S+(?:\s+(as)\s+(\S+))?$/i.exec(rest) ?? [];
  if (image.raw === "" || rest.split(/\s+/).length !== (written === undefined ? 1 : 3)) return undefined;
  if ((written !== undefined) !== (name !== undefined)) return undefined;
  if (flags.some((flag) => flag.name !== "platform" || !flag.value)) return undefined;
  const keyword = /^\s*(\S+)/.exec(from.text)?.[1] ?? "FROM";
  const asWord = as ?? (keyword === keyword.toLowerCase() ? "as" : "AS");
  return {
    keyword,
    source: platform ? `--platform=${platform.raw} ${image.raw}` : image.raw,
    as: asWord,
    name: written === undefined ? "" : ` ${asWord} ${written}`,
  };
}

function textOf(file: ParsedFile, instruction: Instruction): Piece {
  return { kind: "original", first: instruction.line, last: Math.min(instruction.endLine, file.lines.length) };
}

/** Lines of the user's in another form or place. */
function moved(text: string, { line, endLine }: Pick<Instruction, "line" | "endLine">): GeneratedText {
  const span = { start: { line, column: 0 }, end: { line: endLine, column: 0 } };
  return { kind: "generated", text: text.endsWith("\n") ? text : `${text}\n`, origins: [span] };
}
