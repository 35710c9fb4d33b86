const lineFeed = 0x0a;

/**
 * The text of a file: UTF-8 without a byte order mark, what is not UTF-8 as U+FFFD.
 * A line feed never becomes part of such a replacement, so lines of the text and of the bytes are the same lines.
 */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes);
}

/** Lines with their line ending; joined they give the text. The last one may have none. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const next = end === -1 ? text.length : end + 1;
    lines.push(text.slice(start, next));
    start = next;
  }
  return lines;
}

/** The same lines as bytes. A byte order mark stays in the first one; a file that holds nothing else is one line. */
export function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, start);
    const next = end === -1 ? bytes.length : end + 1;
    lines.push(bytes.subarray(start, next));
    start = next;
  }
  return lines;
}
