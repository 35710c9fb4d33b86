import { failure } from "../diagnostic.ts";
import type { Instruction, ParsedFile } from "../model.ts";
import type { Finding } from "./rule.ts";

/** What `# check=` says. */
export interface CheckSettings {
  readonly skipAll: boolean;
  readonly skip: ReadonlySet<string>;
  /** True when a finding must fail the build. */
  readonly error: boolean;
  /** Why it can't be read; BuildKit fails with `failed to parse check options` then. */
  readonly problem?: string;
  /** The line that the file says it in. */
  readonly line?: number;
}

/** The settings of a file that says nothing. */
export const noSettings: CheckSettings = { skipAll: false, skip: new Set(), error: false };

/** Reads `skip=A,B;error=true` (BuildKit frontend/dockerfile/linter/linter.go, ParseLintOptions). */
export function parseCheckOptions(text: string): CheckSettings {
  if (text.trim() === "") return noSettings;
  let settings = noSettings;
  for (const part of splitN(text.trim(), ";", 3)) {
    const equals = part.indexOf("=");
    const key = part.slice(0, Math.max(0, equals)).trim();
    const value = part.slice(equals + 1);
    if (equals === -1) return { ...settings, problem: `invalid check option ${JSON.stringify(part)}` };
    if (key === "skip") {
      const all = value.trim() === "all";
      const names = value.split(",").map((name) => name.trim());
      settings = all ? { ...settings, skipAll: true } : { ...settings, skip: new Set(names) };
    } else if (key === "error") {
      const error = parseBool(value.trim());
      if (error === undefined) return { ...settings, problem: `failed to parse check option ${JSON.stringify(part)}` };
      settings = { ...settings, error };
    } else if (key !== "experimental") return { ...settings, problem: `invalid check option ${JSON.stringify(key)}` };
  }
  return settings;
}

/** Go's strings.SplitN. */
function splitN(text: string, separator: string, most: number): string[] {
  const parts = text.split(separator);
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

/** Go's strconv.ParseBool. */
function parseBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

/** The build argument that speaks to our rules alone, in the words of `# check=`. */
const ownArgument = "DHI_CHECK";

/**
 * The settings of a file. The build argument BUILDKIT_DOCKERFILE_CHECK replaces the file's own (BuildKit frontend/dockerfile/dockerfile2llb/convert.go,
 * newRuleLinter), DHI_CHECK adds to them. Throws DhiCheckOptions for a DHI_CHECK that can't be read.
 */
export function checkSettings(parsed: ParsedFile, buildArgs: Readonly<Record<string, string>>): CheckSettings {
  const argument = given(buildArgs, "BUILDKIT_DOCKERFILE_CHECK");
  const own = ownSettings(buildArgs);
  const directive = parsed.directives.find(({ name }) => name === "check");
  const settings = parseCheckOptions(argument ?? directive?.value ?? "");
  return {
    ...settings,
    ...(argument === undefined && directive ? { line: directive.line } : {}),
    skipAll: settings.skipAll || own.skipAll,
    skip: new Set([...settings.skip, ...own.skip]),
    error: settings.error || own.error,
  };
}

/** What DHI_CHECK says. Throws DhiCheckOptions. */
export function ownSettings(buildArgs: Readonly<Record<string, string>>): CheckSettings {
  const settings = parseCheckOptions(given(buildArgs, ownArgument) ?? "");
  if (settings.problem === undefined) return settings;
  throw failure(
    "DhiCheckOptions",
    undefined,
    `the build argument ${ownArgument} can't be read: ${settings.problem}`,
    "write `skip=RuleName,OtherRule`, `skip=all` or `error=true`",
  );
}

function given(buildArgs: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
}

/** The findings that neither the file's settings nor a comment above their instruction skip. */
export function withoutSkipped(
  findings: readonly Finding[],
  parsed: ParsedFile,
  { skipAll, skip }: CheckSettings,
): Finding[] {
  if (skipAll) return [];
  return findings.filter(({ rule, span }) => {
    if (skip.has(rule)) return false;
    const above = commentAbove(parsed, span.start.line);
    return !above.skipAll && !above.skip.has(rule);
  });
}

/**
 * `# check=skip=A` above an instruction. The comments since the instruction before count, an empty one takes back those above it, and the first that
 * is a check is read (BuildKit parser/parser.go, Parse; linter.go, WithMergedConfigFromComments).
 */
function commentAbove(parsed: ParsedFile, line: number): CheckSettings {
  const at = instructionAt(parsed.instructions, line);
  const first = parsed.instructions[at - 1]?.endLine ?? 0;
  const last = parsed.instructions[at]?.line ?? line;
  let found: string | undefined;
  for (let index = first; index < last - 1; index++) {
    const comment = /^\s*#\s*(.*?)\s*$/.exec(parsed.lines[index] ?? "")?.[1];
    if (comment === undefined || parsed.directives.some((directive) => directive.line === index + 1)) continue;
    if (comment === "") found = undefined;
    else found ??= /^check\s*=\s*(\S+)/i.exec(comment)?.[1];
  }
  const settings = parseCheckOptions(found ?? "");
  return settings.problem === undefined ? settings : noSettings;
}

/** The index of the instruction that a line belongs to. */
function instructionAt(instructions: readonly Instruction[], line: number): number {
  let low = 0;
  let high = instructions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instructions[middle]?.endLine ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
