import type { SourceFile } from "../../model.ts";

/** A few lines around those meant, which are marked with `>>>`, as BuildKit prints them (solver/errdefs/source.go). */
export function snippet(file: SourceFile, ranges: readonly (readonly [first: number, last: number])[]): string {
  if (ranges.length === 0) return "";
  const lines = new TextDecoder().decode(file.bytes).split("\n");
  const meant = (line: number) => ranges.some(([first, last]) => first <= line && line <= Math.max(first, last));
  const first = Math.min(...ranges.map(([from]) => from));
  const last = Math.min(lines.length, Math.max(...ranges.flat()));
  if (first < 1 || first > lines.length) return "";
  let [start, end] = [first, last];
  for (let padded = 0; padded < (first === last ? 4 : 2); padded++) {
    if (start > 1) {
      start--;
      padded++;
    }
    if (end !== lines.length) {
      end++;
      padded++;
    }
  }
  const rule = "--------------------\n";
  const shown = lines
    .slice(start - 1, end)
    .map((text, index) => ` ${String(start + index).padStart(3)} | ${meant(start + index) ? ">>>" : "   "} ${text}\n`);
  return `${file.name}:${first}\n${rule}${shown.join("")}${rule}`;
}
