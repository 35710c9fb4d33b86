const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Paints a text, or leaves it as it is where nobody sees colours. */
export type Paint = (colour: keyof typeof CODES, text: string) => string;

/** Colours for a terminal that wants them (no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  const colours = stream.isTTY === true && (process.env.NO_COLOR ?? "") === "";
  return (colour, text) => (colours && text !== "" ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text);
}

/** A text of the image without characters that would move the cursor, break the line or turn the direction. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}

/** `812 B`, `24.1 KB`, `130 MB`: decimal units, as docker prints sizes. */
export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** `1 file`, `2 files`, `1,203 files`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A column of a table: its heading, and on which side its cells stand. */
export interface Column {
  readonly title: string;
  readonly side: "left" | "right";
}

/** Lines of a table, as wide as its cells need, and the cells made visible; the headings come first, painted. */
export function table(columns: readonly Column[], texts: readonly (readonly string[])[], paint: Paint): string[] {
  const rows = texts.map((row) => row.map(visible));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) =>
        columns[at]?.side === "right" ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [paint("dim", line(columns.map(({ title }) => title))), ...rows.map(line)];
}
