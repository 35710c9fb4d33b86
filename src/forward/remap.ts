import { cloneDefinition, head } from "../gateway/definition.ts";
import type { Definition, Range, SourceMap } from "../gateway/messages.ts";
import type { LineOrigin, Printed, SourceFile, Span } from "../model.ts";
import { distinct, isOurs, userSpans } from "../print/source-map.ts";

/** What is needed to speak of the user's file where BuildKit speaks of the printed one. */
export interface Translation {
  readonly printed: Printed;
  readonly user: SourceFile;
  /** The LLB that the user's Dockerfile was read with. */
  readonly definition: Definition;
}

/** Where LLB keeps the name that progress shows. */
export const customName = "llb.customname";

/**
 * A copy of a definition that came back from the Dockerfile frontend, with the user's file, lines and words in its source map and
 * progress names. Ops stay byte for byte, so their digests do: solving it runs nothing twice.
 *
 * Example: `[dhi--native--final 3/4] RUN ... sh /dhi/debian.sh -- libgdiplus`, at lines 290-296 of the printed file, becomes
 * `[final] DHI-NATIVE libgdiplus: packages`, at line 7 of the user's.
 */
export function remapDefinition(definition: Definition, translation: Translation): Definition {
  const copy = cloneDefinition(definition);
  const source = copy.source;
  if (!source) return copy;
  const ours = new Set<number>();
  source.infos.forEach((info, index) => {
    if (!isPrinted(info.data, translation.printed)) return;
    ours.add(index);
    info.filename = translation.user.name;
    info.data = translation.user.bytes;
    info.definition = translation.definition;
  });
  const shown = namer(translation.printed);
  for (const [digest, metadata] of Object.entries(copy.metadata)) {
    const places = (source.locations[digest]?.locations ?? []).filter((one) => ours.has(one.sourceIndex ?? 0));
    const lines = places.map((place) => place.ranges[0]?.start.line ?? 0);
    const group = metadata.progressGroup;
    const name = metadata.description[customName];
    // An op without a name is shown as what it is, and an empty name would be shown.
    if (name !== undefined) metadata.description[customName] = shown(name, lines);
    if (group) group.name = shown(group.name, lines);
    for (const place of places) place.ranges = mapRanges(place.ranges, translation.printed.map);
  }
  mergeInfos(source);
  return copy;
}

/** The user's file may be in the map already, from an input that was built of it: each file once, as in a stock build. */
function mergeInfos(source: SourceMap): void {
  const keys = source.infos.map(({ filename, language, data, definition }) => {
    return [filename, language, Buffer.from(data).toString("base64"), definition ? head(definition) : ""].join("\n");
  });
  const firsts = keys.map((key) => keys.indexOf(key));
  const kept = [...new Set(firsts)];
  for (const { locations } of Object.values(source.locations)) {
    for (const location of locations) location.sourceIndex = kept.indexOf(firsts[location.sourceIndex ?? 0] ?? 0);
  }
  source.infos = kept.flatMap((index) => source.infos[index] ?? []);
}

/** Ranges of the printed file as ranges of the user's. Separate ones stay so: BuildKit has one for each line of a continued instruction. */
export function mapRanges(ranges: readonly Range[], map: readonly LineOrigin[]): Range[] {
  return distinct(ranges.flatMap((range) => userSpans(map, range.start.line, range.end.line))).map(rangeOf);
}

/** A span as BuildKit writes it: whole lines. */
export function rangeOf(span: Span): Range {
  return { start: { line: span.start.line, character: 0 }, end: { line: span.end.line, character: 0 } };
}

/** True when this is the text that we printed, under whatever name. */
export function isPrinted(data: Uint8Array, printed: Printed): boolean {
  return Buffer.compare(data, printed.bytes) === 0;
}

// The form is `[<platform> <stage> <n>/<m>] <instruction>`; platform and stage are there only where needed (BuildKit
// frontend/dockerfile/dockerfile2llb/convert.go, prefixCommand).
const form = /^\[((?:\S+\/\S+ )?)(\S+?)(?: +(\d+\/\d+))?\] (.*)$/s;

/**
 * Gives what progress shows for an op, by its name and the printed lines that it comes from: the user's stage, and the user's words for
 * what is generated. An op that a line of the user asks for too, as FROM does for its base, keeps its own words.
 */
export function namer({ text, map, stageNames }: Printed): (name: string, lines: readonly number[]) => string {
  const printed = text.split("\n");
  // An op without a place (the merge of a COPY --link) quotes its line in its name.
  const quoted = new Map(
    map.flatMap((origin, index) => (origin.generated ? [[printed[index] ?? "", origin] as const] : [])),
  );
  return (name, lines) => {
    const [, platform = "", stage = "", step, instruction = ""] = form.exec(name) ?? [];
    const shown = stageNames.get(stage);
    if (shown === undefined) return name;
    const placed = lines.map((line) => map[line - 1]);
    const origins = (placed.length > 0 ? placed : [quoted.get(instruction)]).filter((origin) => origin !== undefined);
    const words = origins.length > 0 && origins.every(isOurs) ? origins[0]?.label : undefined;
    const prefix = [platform.trim(), shown.name, shown.counted ? step : undefined].filter((part) => part).join(" ");
    return `[${prefix}] ${words ?? instruction}`;
  };
}
