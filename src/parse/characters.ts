/** Character rules of Go, which BuildKit's parser is written in; JavaScript's differ in a few code points. */

const wideSpace = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** True for what Go's unicode.IsSpace calls white space: with U+0085, without U+FEFF. */
export function isSpace(char: string): boolean {
  return char < "\u0080" ? isAsciiSpace(char) : wideSpace.test(char);
}

/** True for the ASCII white space that separates flags (BuildKit parser/split_command.go looks at bytes). */
export function isAsciiSpace(char: string): boolean {
  return char === " " || (char >= "\t" && char <= "\r");
}

/** Offset of the first character at or after `from` that is not white space; the length when there is none. */
export function skipSpace(text: string, from = 0): number {
  let at = from;
  while (at < text.length && isSpace(text.charAt(at))) at++;
  return at;
}

/** Offset behind the last character that is not white space. */
export function trimmedEnd(text: string): number {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end--;
  return end;
}

/** Lower case as Go's strings.ToLower makes it, where JavaScript would make two characters of one. */
export function lowerCase(text: string): string {
  return text.replaceAll("\u0130", "i").toLowerCase();
}

/** The line without its line ending: every CR and LF at its end. */
export function withoutNewline(line: string): string {
  let end = line.length;
  while (end > 0 && (line.charAt(end - 1) === "\n" || line.charAt(end - 1) === "\r")) end--;
  return line.slice(0, end);
}
