import type { Result } from "../gateway/messages.ts";
import type { Platform, Printed } from "../model.ts";
import { formatPlatform } from "../parse/platform.ts";

/** Platforms that share one printed file, with the options for a solve of theirs. */
export interface PlatformGroup {
  readonly printed: Printed;
  readonly options: readonly (readonly [string, string])[];
}

/**
 * Groups platforms by their printed file. One group, the rule, keeps the request's options as they came. Several (bases that differ
 * between architectures) each get their own platforms, and a result by platform even when it is for one alone.
 */
export function platformGroups(platforms: readonly Platform[], printed: readonly Printed[]): PlatformGroup[] {
  const groups = new Map<string, { printed: Printed; platforms: string[] }>();
  printed.forEach((one, index) => {
    const platform = platforms[index];
    const key = [one.text, ...Object.entries(one.scripts ?? {}).flat()].join("\0");
    const group = groups.get(key) ?? { printed: one, platforms: [] };
    if (platform) group.platforms.push(formatPlatform(platform));
    groups.set(key, group);
  });
  const all = [...groups.values()];
  const several = (list: readonly string[]) =>
    [
      ["platform", list.join(",")],
      ["multi-platform", "true"],
    ] as const;
  return all.map((group) => ({ printed: group.printed, options: all.length > 1 ? several(group.platforms) : [] }));
}

const platformsKey = "refs.platforms";

/** One result out of the groups' results: refs, metadata and attestations by platform side by side (BuildKit exporter/containerimage/exptypes). */
export async function joined(results: readonly Promise<Result>[], several: boolean): Promise<Result> {
  const [first, ...others] = await Promise.all(results);
  if (!first) throw new Error("no platform to build for");
  if (!several) return first;
  const platforms = [first, ...others].flatMap((result) => listed(result));
  for (const other of others) {
    first.refs = { refs: { ...first.refs?.refs, ...other.refs?.refs } };
    first.metadata = { ...first.metadata, ...other.metadata };
    first.attestations = { ...first.attestations, ...other.attestations };
  }
  first.metadata[platformsKey] = new TextEncoder().encode(JSON.stringify({ Platforms: platforms }));
  return first;
}

function listed(result: Result): unknown[] {
  const json = result.metadata[platformsKey];
  return json ? ((JSON.parse(new TextDecoder().decode(json)) as { Platforms: unknown[] }).Platforms ?? []) : [];
}
