import { reservedPrefix } from "../directives/graft-stage.ts";
import { cloneDefinition } from "../gateway/definition.ts";
import type { Definition, Location, Range } from "../gateway/messages.ts";
import type { LineOrigin, Printed, SourceFile, Span } from "../model.ts";
import { joined, userSpans } from "../print/source-map.ts";

/** What is needed to speak of the user's file where BuildKit speaks of the printed one. */
export interface Translation {
  readonly printed: Printed;
  readonly user: SourceFile;
  /** The LLB that the user's Dockerfile was read with. */
  readonly definition: Definition;
}

const customName = "llb.customname";

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
  const { printed } = translation;
  const quoted = generatedLines(printed);
  for (const [digest, metadata] of Object.entries(copy.metadata)) {
    const places = (source.locations[digest]?.locations ?? []).filter((one) => ours.has(one.sourceIndex ?? 0));
    const origins = places.flatMap((place) => originOf(place, printed.map));
    const group = metadata.progressGroup;
    metadata.description[customName] = shownName(metadata.description[customName] ?? "", origins, quoted, printed);
    if (group) group.name = shownName(group.name, origins, quoted, printed);
    for (const place of places) place.ranges = mapRanges(place.ranges, printed.map);
  }
  return copy;
}

/** Ranges of the printed file as ranges of the user's. */
export function mapRanges(ranges: readonly Range[], map: readonly LineOrigin[]): Range[] {
  return joined(ranges.flatMap((range) => userSpans(map, range.start.line, range.end.line))).map(rangeOf);
}

/** A span as BuildKit writes it: whole lines. */
export function rangeOf(span: Span): Range {
  return { start: { line: span.start.line, character: 0 }, end: { line: span.end.line, character: 0 } };
}

/** True when this is the text that we printed, under whatever name. */
export function isPrinted(data: Uint8Array, printed: Printed): boolean {
  return Buffer.compare(data, printed.bytes) === 0;
}

function originOf(location: Location, map: readonly LineOrigin[]): LineOrigin[] {
  const origin = map[(location.ranges[0]?.start.line ?? 0) - 1];
  return origin ? [origin] : [];
}

/** Generated lines by their text: an op without a place (the merge of a COPY --link) quotes its line in its name. */
function generatedLines({ text, map }: Printed): ReadonlyMap<string, LineOrigin> {
  const lines = text.split("\n");
  return new Map(map.flatMap((origin, index) => (origin.generated ? [[lines[index] ?? "", origin] as const] : [])));
}

// The form is `[<platform> <stage> <n>/<m>] <instruction>`; platform and stage are there only where needed (BuildKit
// frontend/dockerfile/dockerfile2llb/convert.go, prefixCommand).
const form = /^\[((?:\S+\/\S+ )?)(\S+?)(?: +(\d+\/\d+))?\] (.*)$/s;

/**
 * What progress shows for an op: the user's stage, and the user's words for what is generated. An op that a line of the user asks for
 * too, as FROM does for its base, keeps its own words.
 */
function shownName(
  name: string,
  origins: readonly LineOrigin[],
  quoted: ReadonlyMap<string, LineOrigin>,
  { stageNames }: Printed,
): string {
  const [, platform = "", stage = "", step, instruction = ""] = form.exec(name) ?? [];
  const shown = stageNames.get(stage);
  if (shown === undefined) return name;
  const known = origins.length > 0 ? origins : [quoted.get(instruction)].filter((origin) => origin !== undefined);
  const words = known.length > 0 && known.every((origin) => origin.generated) ? known[0]?.label : undefined;
  const counted = stage.startsWith(reservedPrefix) ? undefined : step;
  const prefix = [platform.trim(), shown, counted].filter((part) => part).join(" ");
  return `[${prefix}] ${words ?? instruction}`;
}
