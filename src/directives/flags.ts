import { closest, distance } from "fastest-levenshtein";
import { failure } from "../diagnostic.ts";
import type { Argument, DirectiveLine, Flag } from "./directive.ts";

/** A flag that a directive knows. */
export interface FlagRule {
  /** An example of its value; a flag without one takes none. */
  readonly value?: string;
  /** True when it may stand several times. */
  readonly many?: true;
}

/** Finds the flags of a line that has been read. */
export interface FlagValues {
  has(name: string): boolean;
  value(name: string): Argument | undefined;
  values(name: string): readonly Argument[];
}

/**
 * Reads a line's flags by the rules of its directive. `elsewhere` tells for flags of other directives what to write.
 * Throws DhiUnknownFlag, DhiFlagValue (a value missing, or one too many) and DhiRepeatedFlag.
 */
export function readFlags(
  line: DirectiveLine,
  rules: Readonly<Record<string, FlagRule>>,
  elsewhere: Readonly<Record<string, string>> = {},
): FlagValues {
  const seen = new Map<string, Argument[]>();
  for (const flag of line.flags) {
    const rule = Object.hasOwn(rules, flag.name) ? rules[flag.name] : undefined;
    if (!rule) throw unknownFlag(line, flag, Object.keys(rules), elsewhere);
    const values = seen.get(flag.name);
    if (values && !rule.many && rule.value !== undefined) {
      throw failure("DhiRepeatedFlag", flag.span, `--${flag.name} stands twice`, "write it once");
    }
    seen.set(flag.name, [...(values ?? []), ...flagValue(flag, rule)]);
  }
  const values = (name: string) => seen.get(name) ?? [];
  return { has: (name) => seen.has(name), value: (name) => values(name)[0], values };
}

function flagValue(flag: Flag, rule: FlagRule): Argument[] {
  const { name, value, span } = flag;
  if (rule.value === undefined) {
    if (value) throw failure("DhiFlagValue", span, `--${name} takes no value`, `write --${name} alone`);
    return [];
  }
  if (!value || value.value === "") {
    throw failure("DhiFlagValue", span, `--${name} has no value`, `write it after =, such as --${name}=${rule.value}`);
  }
  return [value];
}

function unknownFlag(
  line: DirectiveLine,
  { name, span }: Flag,
  known: readonly string[],
  elsewhere: Readonly<Record<string, string>>,
) {
  const advice = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
  const near = closest(name.toLowerCase(), [...known]);
  const meant = distance(name.toLowerCase(), near) <= Math.max(2, near.length / 3) ? `did you mean --${near}? ` : "";
  const list = `known: ${known.map((one) => `--${one}`).join(", ")}`;
  return failure(
    "DhiUnknownFlag",
    span,
    `${line.call.word} has no flag --${name}`,
    advice ?? (meant === "" ? list : `${meant}(${list})`),
  );
}
