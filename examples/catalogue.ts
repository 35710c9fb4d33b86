import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";

/** A folder that `npm start` can build: Dockerfile, program and example.json. */
export interface Example {
  readonly name: string;
  readonly folder: string;
  /** One line for the help. */
  readonly summary: string;
  /** The file that its container writes when its path is given as argument. */
  readonly result: string;
  /** The Dockerfile for machines whose stand-in for .NET is without .NET. */
  readonly mono?: string;
}

/** The examples beside this file, by name. */
export function examples(folder = import.meta.dirname): readonly Example[] {
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, "example.json")))
    .map((name) => ({
      ...(JSON.parse(readFileSync(join(folder, name, "example.json"), "utf8")) as Omit<Example, "name" | "folder">),
      name,
      folder: join(folder, name),
    }));
}

/** What to say of a word that no example is called; the nearest name is offered when it is near. */
export function unknownExample(word: string, known: readonly Example[]): string {
  const names = known.map(({ name }) => name);
  const near = closest(word, names);
  const offer =
    near !== undefined && distance(word, near) <= 3 ? `did you mean ${near}?` : `there is ${names.join(", ")}`;
  return `no example is called ${word}; ${offer}`;
}
