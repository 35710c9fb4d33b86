import type { Instruction, ParsedFile, Piece } from "../model.ts";

/**
 * An instruction's own lines so that others can follow: the file's last one may lack its line ending, or end in a continuation that nothing follows.
 */
export function closedLines(file: ParsedFile, { line, endLine }: Instruction): Piece {
  const last = Math.min(endLine, file.lines.length);
  const text = file.lines.slice(line - 1, last).join("");
  const open = new RegExp(`\\${file.escape}[ \\t]*(?:\\r?\\n|$)(?:[ \\t]*(?:#.*)?(?:\\r?\\n|$))*$`);
  const closed = `${text.replace(open, "")}${text.endsWith("\n") && !open.test(text) ? "" : "\n"}`;
  if (closed === text) return { kind: "original", first: line, last };
  const span = { start: { line, column: 0 }, end: { line: last, column: 0 } };
  return { kind: "generated", text: closed, origins: [span] };
}
