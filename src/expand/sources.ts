import type { Source } from "../directives/directive.ts";
import type { ParsedFile } from "../model.ts";
import { lowerCase } from "../parse/characters.ts";
import { parseReference } from "../resolve/reference.ts";

/**
 * What `--from` of a directive names in the stage `index`: a stage above by name or number, else an image. A stage that stands below, or has no
 * name that FROM could take, and text that is no reference lead nowhere. `imageOf` gives the image that a stage's chain of FROM ends in.
 */
export function sourceNamed(
  file: ParsedFile,
  index: number,
  text: string,
  imageOf: (stage: number) => string | undefined = () => undefined,
): Source {
  const none = (problem: string, advice: string): Source => ({ kind: "none", problem, advice });
  const number = /^[0-9]+$/.test(text) ? Number(text) : undefined;
  const named = file.stages.filter((stage) =>
    number === undefined ? stage.name === lowerCase(text) : stage.index === number,
  );
  const above = named.filter((stage) => stage.index < index).at(-1);
  if (above) {
    const { name } = above;
    if (name === undefined) return none(`stage ${text} has no name`, "give it one with AS, and write that here");
    const image = imageOf(above.index);
    return image === undefined ? { kind: "stage", name } : { kind: "stage", name, image };
  }
  const [other] = named;
  if (other) {
    const place = other.index === index ? "this very stage" : `a stage below, in line ${other.from.line}`;
    return none(`${text} is ${place}`, "name a stage that stands above, or an image");
  }
  if (number === undefined && parseReference(text)) return { kind: "image" };
  return none(
    `\`${text}\` is neither a stage above nor an image`,
    "write a stage's name, or an image such as debian:trixie-slim",
  );
}
