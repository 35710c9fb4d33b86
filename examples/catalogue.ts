import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";

/** A request to a service, as example.json writes it. */
export interface ExampleRequest {
  readonly path: string;
  readonly method?: string;
  readonly type?: string;
  /** The file of the example's folder that is sent. */
  readonly body?: string;
  /** The name that the answer is saved under. */
  readonly save?: string;
}

/** A folder that `npm start` can build: Dockerfile, program and example.json. */
export interface Example {
  readonly name: string;
  readonly folder: string;
  /** One line for the help. */
  readonly summary: string;
  /** Of a program that ends: the file that its container writes when its path is given as argument. */
  readonly result?: string;
  /** Of a service: what it is asked, on port 8080. */
  readonly requests?: readonly ExampleRequest[];
  /** Images that the build needs and the Dockerfile does not name, as the donor of a runtime. */
  readonly images?: readonly string[];
  /** `dotnet`: the machine's .NET 10 is what the stand-ins for its base images are made of. */
  readonly needs?: "dotnet";
  /** The Dockerfile for machines whose stand-in for .NET is without .NET. */
  readonly mono?: string;
}

/** What `npm start` builds when no example is named. */
export const DEFAULT_EXAMPLE = "drawing";

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

/** The examples as a list for a terminal, a line each. */
export function exampleList(known: readonly Example[]): string {
  const width = Math.max(...known.map(({ name }) => name.length)) + 2;
  return known.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`).join("\n");
}

/** What to say of a word that no example is called; the nearest name is offered when it is near. */
export function unknownExample(word: string, known: readonly Example[]): string {
  const names = known.map(({ name }) => name);
  const near = closest(word, names);
  const offer =
    near !== undefined && distance(word, near) <= 3 ? `did you mean ${near}?` : `there is ${names.join(", ")}`;
  return `no example is called ${word}; ${offer}`;
}
