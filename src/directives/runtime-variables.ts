import type { GeneratedLines, StageView } from "./directive.ts";
import { donorReference, type RuntimeLine } from "./runtime-line.ts";

const usual = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** The donor's search path as a script may read it: folders with unusual characters are left out. */
export function searchPath(env: readonly string[]): string {
  return folders(env).join(":");
}

/**
 * The variables that a runtime needs, as its donor's config has them. What the base sets stays the base's, and its PATH grows at the end. A donor
 * that nobody could ask gives none.
 */
export function runtimeVariables(stage: StageView, line: RuntimeLine): GeneratedLines[] {
  const env = stage.image(donorReference(stage, line) ?? "")?.env ?? [];
  const own = new Set(stage.base.env.map(nameOf));
  const pairs = env
    .filter((pair) => line.runtime.variables.test(nameOf(pair)) && !own.has(nameOf(pair)))
    .map((pair) => `${nameOf(pair)}="${escaped(pair.slice(nameOf(pair).length + 1), stage.escape)}"`);
  const basePath = [...usual, ...folders(stage.base.env)];
  const added = folders(env).filter((folder) => !basePath.includes(folder));
  if (added.length > 0) pairs.push(`PATH="\${PATH:-${usual.join(":")}}:${added.join(":")}"`);
  return pairs.length === 0 ? [] : [{ text: `ENV ${pairs.join(` ${stage.escape}\n    `)}\n`, step: "variables" }];
}

function folders(env: readonly string[]): string[] {
  const path = env.find((pair) => nameOf(pair) === "PATH")?.slice("PATH=".length) ?? "";
  return path.split(":").filter((folder) => /^\/[A-Za-z0-9._+/@-]*$/.test(folder));
}

function nameOf(pair: string): string {
  return pair.split("=", 1)[0] ?? "";
}

function escaped(value: string, escapeChar: string): string {
  return value.replace(/["$\\`]/g, (character) => `${escapeChar}${character}`);
}
