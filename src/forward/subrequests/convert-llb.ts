import type { Result } from "../../gateway/messages.ts";
import { customName, namer, type Translation } from "../remap.ts";
import { type AnswerLocation, definitionJson, mapLocation, readAnswer, writeAnswer } from "./answer.ts";

/** The answer to `frontend.convertllb` (BuildKit frontend/subrequests/convertllb/convertllb.go), as far as it speaks of a file. */
interface ConvertedLlb {
  metadata?: Record<string, { description?: Record<string, string> }>;
  source?: {
    infos?: { filename?: string; data?: string; definition?: object }[];
    locations?: Record<string, { locations?: AnswerLocation[] }>;
  };
}

/** The LLB with the user's file, lines and words; the ops themselves stay. */
export function mapConvertedLlb(result: Result, translation: Translation): Result {
  const { printed, user } = translation;
  const converted = readAnswer<ConvertedLlb>(result);
  const ours = Buffer.from(printed.bytes).toString("base64");
  const shown = namer(printed);
  const { infos = [], locations = {} } = converted.source ?? {};
  for (const [digest, { description }] of Object.entries(converted.metadata ?? {})) {
    const name = description?.[customName];
    const lines = (locations[digest]?.locations ?? []).map((one) => one.ranges?.[0]?.start?.line ?? 0);
    if (description && name !== undefined) description[customName] = shown(name, lines);
  }
  for (const info of infos) {
    if (info.data !== ours) continue;
    info.filename = user.name;
    info.data = Buffer.from(user.bytes).toString("base64");
    info.definition = definitionJson(translation.definition);
  }
  for (const one of Object.values(locations)) {
    one.locations = (one.locations ?? []).map((location) => mapLocation(location, translation));
  }
  return writeAnswer(result, converted);
}
