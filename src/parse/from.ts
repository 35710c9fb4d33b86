import { DockerfileParser, type From } from "dockerfile-ast";
import type { Instruction, Word } from "../model.ts";
import { isSpace, lowerCase } from "./characters.ts";
import { splitCommand } from "./command.ts";
import { span } from "./position.ts";

/** The words of a FROM. `image` is empty when there is none; BuildKit reports that. */
export interface FromWords {
  readonly image: Word;
  readonly platform?: Word;
  /** In lower case, as BuildKit keeps it; undefined when there is none or BuildKit refuses it. */
  readonly name?: string;
}

/**
 * Reads `FROM [--platform=x] image [AS name]` (BuildKit instructions/parse.go, parseFrom). dockerfile-ast finds image and name;
 * it gets the text in its plainest form, of the same length, because BuildKit knows neither quotes nor escapes there.
 */
export function fromWords(instruction: Instruction, escapeChar: string): FromWords {
  const { text } = instruction;
  const { flags, restStart } = splitCommand(text, escapeChar);
  const plain = [..."FROM".padEnd(restStart), ...text.slice(restStart).split("")].map((one) =>
    isSpace(one) ? " " : one === "\\" ? "_" : one,
  );
  const [from] = DockerfileParser.parse(plain.join("")).getFROMs() as [From?];
  const range = from?.getImageRange();
  const name = from?.getArguments().length === 3 ? from.getBuildStage() : null;
  const platform = flags.find((flag) => flag.name === "platform" && flag.value);
  const [first, last] = [platform?.offsets[0], platform?.offsets.at(-1)];
  return {
    image: range
      ? word(instruction, range.start.character, range.end.character)
      : word(instruction, text.length, text.length),
    ...(first !== undefined && last !== undefined ? { platform: word(instruction, first, last + 1) } : {}),
    ...(name && isStageName(lowerCase(name)) ? { name: lowerCase(name) } : {}),
  };
}

/** A stretch of an instruction's text as a word with its place. */
export function word(instruction: Instruction, start: number, end: number): Word {
  return { raw: instruction.text.slice(start, end), span: span(instruction, start, end) };
}

function isStageName(name: string): boolean {
  return /^[a-z][a-z0-9_.-]*$/.test(name);
}
