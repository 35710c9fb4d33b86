import type { Definition, Range, Result } from "../../gateway/messages.ts";
import { isOurs } from "../../print/source-map.ts";
import { mapRanges, type Translation } from "../remap.ts";

/** Places in the JSON of BuildKit's answers: encoding/json of pb.Location, zeros left out. */
export interface AnswerLocation {
  sourceIndex?: number;
  ranges?: { start?: { line?: number; character?: number }; end?: { line?: number; character?: number } }[];
}

/** The JSON of an answer. Throws SyntaxError when there is none. */
export function readAnswer<Answer>(result: Result): Answer {
  return JSON.parse(new TextDecoder().decode(result.metadata["result.json"] ?? new Uint8Array())) as Answer;
}

/** The answer with other content; whatever else the result holds stays. */
export function writeAnswer(result: Result, answer: unknown, text?: string): Result {
  const utf8 = new TextEncoder();
  result.metadata["result.json"] = utf8.encode(JSON.stringify(answer, null, 2));
  if (text !== undefined) result.metadata["result.txt"] = utf8.encode(text);
  return result;
}

/** A place of the printed file in the user's. */
export function mapLocation(location: AnswerLocation, { printed }: Translation): AnswerLocation {
  const ranges = (location.ranges ?? []).map(
    (range): Range => ({
      start: { line: range.start?.line ?? 0 },
      end: { line: range.end?.line ?? range.start?.line ?? 0 },
    }),
  );
  const lines = mapRanges(ranges, printed.map).map(({ start, end }) => {
    return { start: { line: start.line }, end: { line: end.line } };
  });
  return { ...location, ranges: lines };
}

/** True when a place is a line of ours, which the user never wrote. */
export function isGenerated(location: AnswerLocation | undefined, { printed }: Translation): boolean {
  const line = location?.ranges?.[0]?.start?.line;
  return line !== undefined && isOurs(printed.map[line - 1]);
}

/** A definition as encoding/json of pb.Definition: bytes in base64, what is empty left out. */
export function definitionJson({ def, metadata }: Definition): object {
  const described = Object.entries(metadata).map(([digest, { description, caps }]) => {
    const named = Object.keys(description).length > 0 ? { description } : {};
    return [digest, { ...named, caps }] as const;
  });
  return { def: def.map((op) => Buffer.from(op).toString("base64")), metadata: Object.fromEntries(described) };
}

/** `sources` of an answer: the printed file's bytes become the user's. */
export function mapSources(sources: readonly string[] | undefined, { printed, user }: Translation): string[] {
  const ours = Buffer.from(printed.bytes).toString("base64");
  return (sources ?? []).map((source) => (source === ours ? Buffer.from(user.bytes).toString("base64") : source));
}
