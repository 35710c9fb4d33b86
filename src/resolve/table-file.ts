import { readFileSync } from "node:fs";

/**
 * A JSON file with a head and tables, each row on a line of its own, as images/catalog.mjs writes it. It is read once, and only the rows that are
 * asked for are parsed: a build needs a few of thousands.
 */
export interface TableFile {
  /** The fields before the tables. */
  head(): unknown;
  /** The row of a list at an index; undefined behind its end. */
  at(table: string, index: number): unknown;
  /** The row of an object under a key; undefined when it has none. */
  under(table: string, key: string): unknown;
  /** The keys of an object. */
  keys(table: string): string[];
}

/** A file of tables, read when it is first asked. Throws when it has not the table asked for. */
export function tableFile(path: URL | string): TableFile {
  let read: readonly string[] | undefined;
  const lines = () => {
    read ??= readFileSync(path, "utf8").split("\n");
    return read;
  };
  const starts = new Map<string, number>();
  const start = (table: string) => {
    const known = starts.get(table) ?? lines().findIndex((line) => line === `"${table}":[` || line === `"${table}":{`);
    if (known < 0) throw new Error(`${path} has no table ${table}`);
    starts.set(table, known);
    return known + 1;
  };
  const end = (from: number) => lines().findIndex((line, index) => index >= from && isClosing(line));
  return {
    head: () => JSON.parse((lines()[0] ?? "").replace(/,$/, "}")),
    at(table, index) {
      const line = lines()[start(table) + index];
      return line === undefined || isClosing(line) ? undefined : value(line);
    },
    under(table, key) {
      const prefix = `${JSON.stringify(key)}:`;
      const from = start(table);
      const line = lines().find((one, index) => index >= from && (one.startsWith(prefix) || isClosing(one)));
      return line?.startsWith(prefix) ? value(line.slice(prefix.length)) : undefined;
    },
    keys(table) {
      const from = start(table);
      const rows = lines().slice(from, end(from));
      return rows.map((line) => String(JSON.parse(/^"(?:[^"\\]|\\.)*"/.exec(line)?.[0] ?? '""')));
    },
  };
}

/** The line behind a table's last row; rows begin in other ways. */
function isClosing(line: string): boolean {
  return line.startsWith("]") || line.startsWith("}");
}

function value(line: string): unknown {
  return JSON.parse(line.replace(/,$/, ""));
}
