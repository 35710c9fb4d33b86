import { sonameTables } from "../graft/scripts.ts";
import type { ImageFacts } from "../model.ts";
import type { StepData } from "./directive.ts";
import { scriptMount } from "./graft-stage.ts";

/** The table that tells which package has a library: what the scripts stage holds, and the options that mount it. Nothing for a release without one. */
export function sonameTable({ distro, release }: ImageFacts): {
  readonly scripts: Readonly<Record<string, StepData>>;
  readonly mounts: readonly string[];
} {
  const name = `${distro}-${release}`;
  const text = Object.hasOwn(sonameTables, name) ? sonameTables[name] : undefined;
  if (text === undefined) return { scripts: {}, mounts: [] };
  const file = `sonames-${name}.txt`;
  return { scripts: { [file]: { text } }, mounts: [scriptMount(file, "sonames.txt")] };
}
