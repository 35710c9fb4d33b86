import { decode } from "../parse/lines.ts";
import type { Edit, Finding } from "./rule.ts";

/** A file after its fixes. */
export interface Fixed {
  readonly bytes: Uint8Array;
  /** The findings whose edits were made. */
  readonly made: readonly Finding[];
}

/**
 * Makes the edits of findings. Those of one finding are made together or, where another has already changed the same place, not at all: the next run
 * takes them. A file that is not UTF-8 is left alone.
 */
export function applyFixes(bytes: Uint8Array, findings: readonly Finding[]): Fixed {
  const text = decode(bytes);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\ufeff" : "";
  const utf8 = new TextEncoder();
  if (Buffer.compare(utf8.encode(mark + text), bytes) !== 0) return { bytes, made: [] };
  const starts = lineStarts(text);
  const made: Finding[] = [];
  const edits: Stretch[] = [];
  for (const finding of findings) {
    const wanted = (finding.fix ?? []).map((edit) => stretch(edit, starts));
    const clash = wanted.some((one) => edits.some((other) => one.start < other.end && other.start < one.end));
    if (wanted.length === 0 || clash) continue;
    edits.push(...wanted);
    made.push(finding);
  }
  const changed = edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((whole, { start, end, text: part }) => whole.slice(0, start) + part + whole.slice(end), text);
  return { bytes: made.length === 0 ? bytes : utf8.encode(mark + changed), made };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function stretch({ span, text }: Edit, starts: readonly number[]): Stretch {
  const offset = ({ line, column }: Edit["span"]["start"]) => (starts[line - 1] ?? 0) + column;
  return { start: offset(span.start), end: offset(span.end), text };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
