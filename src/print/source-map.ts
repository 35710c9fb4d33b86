import type { LineOrigin, Span } from "../model.ts";

/**
 * The user's spans behind lines `first..last` (from 1, inclusive) of the printed file, each once, in order;
 * neighbouring original lines become one span.
 *
 * Example: the printed file is 40 lines of scripts and stages for line 3, then lines 1-2 and 4-9 of the user.
 * `userSpans(map, 12, 12)` is line 3; `userSpans(map, 43, 45)` is lines 4-6.
 */
export function userSpans(map: readonly LineOrigin[], first: number, last: number): Span[] {
  return joined(map.slice(Math.max(0, first - 1), Math.max(first, last)).flatMap((origin) => origin.spans));
}

/** True for a line of ours. One of the user's that only had to change, which no directive's words are shown for, is the user's. */
export function isOurs(origin: LineOrigin | undefined): boolean {
  return origin?.generated === true && origin.label !== undefined;
}

/** Spans of whole lines without those that another holds. */
export function distinct(spans: readonly Span[]): Span[] {
  return spans.filter(
    (span, index) => !spans.some((one, other) => holds(one, span) && (!holds(span, one) || other < index)),
  );
}

function holds(outer: Span, inner: Span): boolean {
  return inner.start.line >= outer.start.line && inner.end.line <= outer.end.line;
}

/** Spans of whole lines, each line once: one that continues the span before it makes that longer. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    if (result.some((one) => holds(one, span))) continue;
    const previous = result.at(-1);
    if (previous && previous.end.line + 1 === span.start.line) {
      result[result.length - 1] = { start: previous.start, end: span.end };
    } else {
      result.push(span);
    }
  }
  return result;
}
