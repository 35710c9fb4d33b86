/** Where messages go: they are coloured only on a terminal. */
export type Terminal = Pick<NodeJS.WriteStream, "write"> & { readonly isTTY?: boolean; readonly columns?: number };

const CODES = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 } as const;

/** Paints a text for a terminal; elsewhere, and when NO_COLOR is set (no-color.org), the text stays as it is. */
export function paint(terminal: Terminal, colour: keyof typeof CODES, text: string): string {
  if (terminal.isTTY !== true || (process.env.NO_COLOR ?? "") !== "") return text;
  return `\x1b[${CODES[colour]}m${text}\x1b[0m`;
}

/** `3.4 s`, `61 s`. */
export function seconds(time: number): string {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} s`;
}

/** Breaks items into lines of at most `width` columns, separated by commas. */
export function wrap(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, item] of items.entries()) {
    const word = index < items.length - 1 ? `${item},` : item;
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}
