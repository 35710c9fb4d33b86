import type { Range, Result } from "../../gateway/messages.ts";
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
  return { ...location, ranges: mapRanges(ranges, printed.map) };
}

/** True when a place is a line of ours, which the user never wrote. */
export function isGenerated(location: AnswerLocation | undefined, { printed }: Translation): boolean {
  const line = location?.ranges?.[0]?.start?.line;
  return line !== undefined && (printed.map[line - 1]?.generated ?? false);
}

/** `sources` of an answer: the printed file's bytes become the user's. */
export function mapSources(sources: readonly string[] | undefined, { printed, user }: Translation): string[] {
  const ours = Buffer.from(printed.bytes).toString("base64");
  return (sources ?? []).map((source) => (source === ours ? Buffer.from(user.bytes).toString("base64") : source));
}
