/** Rows as Go's text/tabwriter lays them out: every column but the last as wide as its widest cell and `gap` more. */
export function table(rows: readonly (readonly string[])[], gap: number): string {
  const widths = rows.reduce<number[]>(
    (known, row) => row.map((cell, column) => Math.max(known[column] ?? 0, [...cell].length + gap)),
    [],
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - [...cell].length),
      )
      .join("");
  return rows.map((row) => `${line(row)}\n`).join("");
}
