import type { StageCheck, StageCut } from "../directives/directive.ts";
import type { DirectiveCall, Instruction, ParsedFile, Piece, Stage } from "../model.ts";
import { splitCommand } from "../parse/command.ts";
import { causeOf, generated, moved, stagePieces } from "./pieces.ts";

/** A stage with the places where it is cut, and what takes the place of its instructions so far. */
export interface CutInput {
  readonly file: ParsedFile;
  readonly stage: Stage;
  /** Cuts at calls, in order. */
  readonly cuts: ReadonlyMap<DirectiveCall, StageCut>;
  /** The cut behind the last line. */
  readonly check?: StageCheck;
  readonly replacements: ReadonlyMap<Instruction, readonly Piece[]>;
  /** The line of the first comment right above FROM, or of FROM. */
  readonly firstComment: number;
}

/** What takes the place of instructions, and what follows the stage's last line. */
export interface CutResult {
  readonly replacements: ReadonlyMap<Instruction, readonly Piece[]>;
  readonly behind: readonly Piece[];
}

/**
 * Cuts a stage at some of its calls, and behind its last line where a check follows: what stands above a cut becomes a generated stage, what
 * stands below continues it, and the last part keeps the name. ONBUILD moves to the last part, because its triggers would fire where a part
 * begins, and CMD moves below the cuts when an ENTRYPOINT follows there, which takes back a CMD that it finds in the stage it continues (BuildKit
 * dockerfile2llb/convert.go, dispatchEntrypoint). Comments right above FROM describe the stage (`outline` shows them): they are repeated above
 * the last part.
 */
export function cutStage(input: CutInput): CutResult {
  const { file, stage, cuts, check, replacements, firstComment } = input;
  const words = fromText(file, stage);
  const result = new Map<Instruction, readonly Piece[]>();
  const order = [...cuts];
  const parts = [...order.map(([, { part }]) => part), ...(check ? [check.body] : [])];
  const [first] = parts;
  if (!words || first === undefined) return { replacements: result, behind: [] };
  const named = (index: number) => (parts[index] === undefined ? words.name : ` ${words.as} ${parts[index]}`);
  const comments = file.lines.slice(firstComment - 1, stage.from.line - 1).map((text, index) => {
    const line = firstComment + index;
    return moved(ended(text), { line, endLine: line });
  });
  const now = (one: Instruction) => replacements.get(one) ?? [textOf(file, one)];
  // An empty comment ends a stage's description, an empty line does not (BuildKit frontend/dockerfile/parser/parser.go, Parse).
  const gap = comments.length > 0 ? "#\n" : "";
  result.set(stage.from, [moved(`${gap}${words.keyword} ${words.source}${named(0)}\n`, stage.from)]);
  const { triggers, commands } = lateInstructions(stage, order.at(-1)?.[0], check !== undefined);
  for (const instruction of [...triggers, ...commands]) result.set(instruction, []);
  for (const [index, [call, cut]] of order.entries()) {
    const atEnd = index === order.length - 1;
    result.set(call.instruction, [
      moved("\n", call.instruction),
      ...cut.stages.flatMap((one) => stagePieces(one, stage)),
      moved("\n", call.instruction),
      ...(atEnd && !check ? comments : []),
      moved(`${words.keyword} ${cut.part}${named(index + 1)}\n`, stage.from),
      ...(atEnd ? [...(check ? [] : triggers), ...commands].flatMap(now) : []),
      ...(replacements.get(call.instruction) ?? []),
    ]);
  }
  if (!check) return { replacements: result, behind: [] };
  const last = stage.instructions.at(-1);
  if (last && !result.has(last))
    result.set(
      last,
      now(last).map((piece) => closed(file, piece, last)),
    );
  const behind = [
    moved("\n", stage.from),
    ...stagePieces(check.stage, stage),
    moved("\n", stage.from),
    ...comments,
    moved(`${words.keyword} ${check.body}${words.name}\n`, stage.from),
    ...triggers.flatMap((one) => now(one).map((piece) => closed(file, piece, one))),
    generated(check.gate, causeOf(check.stage.calls, stage)),
  ];
  return { replacements: result, behind };
}

/** False for a FROM that BuildKit refuses: it is to say so itself. */
export function canCut(file: ParsedFile, stage: Stage | undefined): boolean {
  return stage !== undefined && fromText(file, stage) !== undefined;
}

/** The instructions that must not stay above a cut. */
function lateInstructions({ instructions }: Stage, last: DirectiveCall | undefined, checked: boolean) {
  const line = last?.instruction.line ?? 0;
  const above = instructions.filter((one) => one.line < line);
  const entrypoint = instructions.some((one) => one.line > line && one.keyword === "ENTRYPOINT");
  return {
    triggers: (checked ? instructions : above).filter(({ keyword }) => keyword === "ONBUILD"),
    commands: entrypoint ? above.filter(({ keyword }) => keyword === "CMD") : [],
  };
}

/** The words of a FROM that BuildKit takes: `FROM [--platform=x] image [AS name]` (instructions/parse.go, parseFrom). */
function fromText(file: ParsedFile, { from, image, platform, name }: Stage) {
  const { flags, rest } = splitCommand(from.text, file.escape);
  const [, as, written] = /^\S+(?:\s+(as)\s+(\S+))?$/i.exec(rest) ?? [];
  if (image.raw === "" || rest.split(/\s+/).length !== (written === undefined ? 1 : 3)) return undefined;
  if ((written !== undefined) !== (name !== undefined)) return undefined;
  if (flags.some((flag) => flag.name !== "platform" || !flag.value)) return undefined;
  const keyword = /^\s*(\S+)/.exec(from.text)?.[1] ?? "FROM";
  return {
    keyword,
    source: platform ? `--platform=${platform.raw} ${image.raw}` : image.raw,
    // Lint compares the case of the two words: the user's own pair is only where the user's name is.
    as: keyword === keyword.toLowerCase() ? "as" : "AS",
    name: written === undefined ? "" : ` ${as} ${written}`,
  };
}

function textOf(file: ParsedFile, instruction: Instruction): Piece {
  return { kind: "original", first: instruction.line, last: Math.min(instruction.endLine, file.lines.length) };
}

/** A piece that lines of ours can follow: the file's last instruction may end in a continuation that nothing follows. */
function closed(file: ParsedFile, piece: Piece, instruction: Instruction): Piece {
  const text = piece.kind === "original" ? file.lines.slice(piece.first - 1, piece.last).join("") : piece.text;
  const open = new RegExp(`\\${file.escape}[ \\t]*(?:\\r?\\n|$)(?:[ \\t]*(?:#.*)?(?:\\r?\\n|$))*$`);
  return open.test(text) ? moved(text.replace(open, "\n"), instruction) : piece;
}

function ended(line: string): string {
  return `${line.replace(/[\r\n]+$/, "")}\n`;
}
