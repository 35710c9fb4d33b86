import { failure } from "../diagnostic.ts";
import type { Heredoc, Instruction, ScannedFile, SourceFile, TextRun } from "../model.ts";
import { skipSpace, withoutNewline } from "./characters.ts";
import { splitCommand, triggerOf } from "./command.ts";
import { heredocsOf } from "./heredocs.ts";
import { directivePrefix } from "./keywords.ts";
import { decode, splitBytes, splitLines } from "./lines.ts";
import { parserDirectives } from "./parser-directives.ts";
import { wholeSpan } from "./position.ts";

/** Bytes that a line may have without its LF: the buffer of BuildKit's line reader (Go bufio.MaxScanTokenSize) less one. */
const longestLine = 65_535;

/**
 * Cuts a file into lines and instructions exactly where BuildKit's parser does (frontend/dockerfile/parser/parser.go, Parse).
 * Where that parser gives up (an unterminated heredoc, a line too long, a bad parser directive), `instructions` ends: BuildKit
 * reports it for the unchanged file. Only when a directive of ours stands before that place, so that the file can't be handed
 * on unchanged, this throws.
 */
export function scan(source: SourceFile): ScannedFile {
  const text = decode(source.bytes);
  const lines = splitLines(text);
  if (lines.length === 0 && source.bytes.length > 0) lines.push("");
  const { directives, escape: escapeChar, valid } = parserDirectives(text, lines);
  const end = valid ? readableLines(lines, source.bytes) : 0;
  const instructions: Instruction[] = [];
  let next = 0;
  let open: string | undefined;
  while (next < end && open === undefined) {
    const found = readInstruction(lines, next, end, escapeChar);
    next = found?.next ?? next + 1;
    open = found?.open;
    if (found && open === undefined) instructions.push(found.instruction);
    else if (found && [...instructions, found.instruction].some((one) => isOurs(one, escapeChar))) {
      throw unterminated(found.instruction, open);
    }
  }
  if (open === undefined && valid && end < lines.length && instructions.some((one) => isOurs(one, escapeChar)))
    throw tooLong(end);
  return { source, text, lines, escape: escapeChar, directives, instructions };
}

/** The number of lines before the first that is too long for BuildKit's reader. */
function readableLines(lines: readonly string[], bytes: Uint8Array): number {
  // A UTF-16 unit takes at most three bytes, so short texts need no look at the bytes.
  if (!lines.some((line) => line.length * 3 > longestLine)) return lines.length;
  const tooLong = splitBytes(bytes).findIndex((line) => line.length - (line.at(-1) === 0x0a ? 1 : 0) > longestLine);
  return tooLong === -1 ? lines.length : tooLong;
}

function tooLong(index: number) {
  const start = { line: index + 1, column: 0 };
  return failure(
    "DhiLineTooLong",
    { start, end: start },
    `line ${index + 1} is longer than the ${longestLine} bytes that BuildKit reads`,
    "break it with the escape character, or put the content into a file",
  );
}

/**
 * Reads the instruction that begins at line index `first`, and the bodies of its heredocs; undefined when that line is empty or
 * a comment. `open` is the name of a heredoc that never ends.
 */
function readInstruction(lines: readonly string[], first: number, end: number, escapeChar: string) {
  const { text, runs, next } = readLogicalLine(lines, first, end, escapeChar);
  if (text === undefined) return undefined;
  const { keyword } = splitCommand(text, escapeChar);
  const bodies = readHeredocs(lines, next, end, heredocsOf(text, escapeChar));
  const instruction: Instruction = {
    keyword,
    line: first + 1,
    endLine: bodies.next,
    text,
    runs,
    heredocs: bodies.heredocs,
  };
  return { instruction, next: bodies.next, open: bodies.open };
}

/** Joins a line with the lines that continue it. `text` is undefined when there is no instruction. */
function readLogicalLine(lines: readonly string[], first: number, end: number, escapeChar: string) {
  const runs: TextRun[] = [];
  let text = "";
  const append = (index: number, column: number, part: string) => {
    if (part === "") return;
    runs.push({ offset: text.length, line: index + 1, column });
    text += part;
  };
  const line = withoutNewline(lines[first] ?? "");
  const column = skipSpace(line);
  if (column === line.length || line.charAt(column) === "#") return { text: undefined, runs, next: first + 1 };
  let { part, continues } = withoutContinuation(line.slice(column), escapeChar);
  append(first, column, part);
  let next = first + 1;
  for (; continues && next < end; next++) {
    const raw = lines[next] ?? "";
    const start = skipSpace(raw);
    // Comments and empty lines inside an instruction vanish; white space at the beginning of a continuing line stays.
    if (start === raw.length || raw.charAt(start) === "#") continue;
    ({ part, continues } = withoutContinuation(withoutNewline(raw), escapeChar));
    append(next, 0, part);
  }
  return { text, runs, next };
}

/**
 * Takes the escape character, and blanks behind it, from the end of a line. An escape character before it takes its meaning
 * away, and an escaped one before that does not give it back: `\\` and `\\\` do not continue.
 */
function withoutContinuation(line: string, escapeChar: string): { part: string; continues: boolean } {
  let end = line.length;
  while (end > 0 && (line.charAt(end - 1) === " " || line.charAt(end - 1) === "\t")) end--;
  const continues = line.charAt(end - 1) === escapeChar && line.charAt(end - 2) !== escapeChar;
  return { part: continues ? line.slice(0, end - 1) : line, continues };
}

/** Takes the bodies that follow an instruction, one behind the other. */
function readHeredocs(lines: readonly string[], from: number, end: number, words: ReturnType<typeof heredocsOf>) {
  const heredocs: Heredoc[] = [];
  let next = from;
  for (const word of words) {
    const body = next;
    while (next < end && !terminates(lines[next] ?? "", word.name, word.chomp)) next++;
    if (next === end) return { heredocs, next, open: word.name };
    next++;
    const content = lines.slice(body, next - 1).map((line) => `${withoutNewline(line)}\n`);
    heredocs.push({ ...word, bodyStart: body + 1, bodyEnd: next - 1, body: content.join(""), terminator: next });
  }
  return { heredocs, next, open: undefined };
}

function terminates(line: string, name: string, chomp: boolean): boolean {
  const text = withoutNewline(line);
  let start = 0;
  while (chomp && text.charAt(start) === "\t") start++;
  return text.length - start === name.length && text.endsWith(name);
}

function unterminated(instruction: Instruction, name = "") {
  return failure(
    "DhiUnterminatedHeredoc",
    wholeSpan(instruction),
    `the heredoc <<${name} never ends`,
    `put a line behind its content that holds nothing but ${name}`,
  );
}

function isOurs(instruction: Instruction, escapeChar: string): boolean {
  const command = splitCommand(instruction.text, escapeChar);
  return (triggerOf(instruction.text, command, escapeChar) ?? command).keyword.startsWith(directivePrefix);
}
