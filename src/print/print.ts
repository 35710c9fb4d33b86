import type { Expanded, LineOrigin, Printed, ScannedFile } from "../model.ts";

const byteOrderMark = [0xef, 0xbb, 0xbf];
const lf = 0x0a;

/**
 * Writes the pieces. Original lines pass as the bytes they were (also where these are not UTF-8); every output line gets its origin.
 * A byte order mark stays at the very beginning, whatever stands there now.
 */
export function print(file: ScannedFile, { pieces, ...stages }: Expanded): Printed {
  const lines = splitLines(withoutMark(file.source.bytes));
  const chunks: Uint8Array[] = hasMark(file.source.bytes) ? [Uint8Array.from(byteOrderMark)] : [];
  const map: LineOrigin[] = [];
  let unchanged = true;
  // The user's last line may have no end, and something of ours may follow.
  const endLine = (index: number) => {
    if (index < pieces.length - 1) chunks.push(Uint8Array.of(lf));
  };
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "original") {
      for (let line = piece.first; line <= piece.last; line++) {
        const bytes = lines[line - 1] ?? new Uint8Array();
        chunks.push(bytes);
        if (bytes.at(-1) !== lf) endLine(index);
        map.push({ spans: [{ start: { line, column: 0 }, end: { line, column: 0 } }], generated: false });
      }
      continue;
    }
    unchanged = false;
    const bytes = new TextEncoder().encode(piece.text);
    chunks.push(bytes);
    if (bytes.length > 0 && bytes.at(-1) !== lf) endLine(index);
    const origin: LineOrigin = {
      spans: piece.origins,
      generated: true,
      ...(piece.label === undefined ? {} : { label: piece.label }),
    };
    for (const _ of splitLines(bytes)) map.push(origin);
  }
  const bytes = Buffer.concat(chunks);
  return { bytes, text: new TextDecoder().decode(bytes), map, ...stages, unchanged };
}

function hasMark(bytes: Uint8Array): boolean {
  return byteOrderMark.every((byte, index) => bytes[index] === byte);
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return hasMark(bytes) ? bytes.subarray(byteOrderMark.length) : bytes;
}

/** Cuts after every LF; a last line without one counts, an empty rest does not. */
function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lf); end >= 0; end = bytes.indexOf(lf, start)) {
    lines.push(bytes.subarray(start, end + 1));
    start = end + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}
