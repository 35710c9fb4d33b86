import { lowerCase } from "./characters.ts";

/** What every word of ours begins with. */
export const directivePrefix = "DHI-";

const heredocInstructions: ReadonlySet<string> = new Set(["ADD", "COPY", "RUN", "DHI-RUN"]);

/** The upper case name of an instruction's first word. BuildKit compares in lower case, which decides what equals what. */
export function keywordOf(word: string): string {
  if (/^[A-Za-z-]*$/.test(word)) return word.toUpperCase();
  return lowerCase(word).replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** True for instructions that may carry heredocs: BuildKit's own (parser/parser.go, heredocDirectives) and DHI-RUN. */
export function takesHeredocs(keyword: string): boolean {
  return heredocInstructions.has(keyword);
}

/** True for a directive whose words are the shell's, not ours to split. */
export function takesCommand(keyword: string): boolean {
  return keyword === "DHI-RUN";
}
