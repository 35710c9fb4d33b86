import type { Instruction, StageReference } from "../model.ts";
import { type Command, splitCommand, triggerOf } from "./command.ts";
import { word } from "./from.ts";
import { directivePrefix } from "./keywords.ts";

/** A value inside an instruction's text, freed of quotes; `offsets` tells where each of its characters stands. */
interface Value {
  readonly name: string;
  readonly offsets: readonly number[];
}

/** The places where an instruction, or its ONBUILD trigger, names the stage or image that it takes files from. */
export function referencesOf(instruction: Instruction, escapeChar: string): StageReference[] {
  const whole = splitCommand(instruction.text, escapeChar);
  const command = triggerOf(instruction.text, whole, escapeChar) ?? whole;
  const reference = (kind: StageReference["kind"], { name, offsets }: Value): StageReference[] => {
    const [first, last] = [offsets[0], offsets.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [{ instruction, kind, name, value: word(instruction, first, last + 1) }];
  };
  const kind = command.keyword.startsWith(directivePrefix) ? "directive" : "copy";
  return [
    ...(takesFrom(command.keyword) ? flagValues(command, "from").flatMap((value) => reference(kind, value)) : []),
    ...(takesMounts(command.keyword)
      ? flagValues(command, "mount")
          .flatMap(mountSource)
          .flatMap((value) => reference("mount", value))
      : []),
  ];
}

function takesFrom(keyword: string): boolean {
  return keyword === "COPY" || keyword === "ADD" || keyword.startsWith(directivePrefix);
}

function takesMounts(keyword: string): boolean {
  return keyword === "RUN" || keyword === "DHI-RUN";
}

function flagValues(command: Command, name: string): Value[] {
  return command.flags.flatMap((flag) =>
    flag.name === name && flag.value ? [{ name: flag.value, offsets: flag.offsets }] : [],
  );
}

/** The `from` of a mount; the last one counts (BuildKit instructions/commands_runmount.go, parseMount). */
function mountSource(mount: Value): Value[] {
  const sources = csvFields(mount).flatMap((field) => {
    const equals = field.name.indexOf("=");
    if (equals === -1 || field.name.slice(0, equals).toLowerCase() !== "from") return [];
    return [{ name: field.name.slice(equals + 1), offsets: field.offsets.slice(equals + 1) }];
  });
  return sources.slice(-1);
}

/** Splits at commas; a field that begins with a double quote ends at the next, and `""` in it is one. No fields when that is broken. */
function csvFields({ name, offsets }: Value): Value[] {
  const fields: Value[] = [];
  for (let at = 0; ; at++) {
    const kept: number[] = [];
    if (name.charAt(at) === '"') {
      for (at++; name.charAt(at) !== '"' || name.charAt(++at) === '"'; at++) {
        if (at >= name.length) return [];
        kept.push(at);
      }
      if (at < name.length && name.charAt(at) !== ",") return [];
    } else {
      for (; at < name.length && name.charAt(at) !== ","; at++) {
        if (name.charAt(at) === '"') return [];
        kept.push(at);
      }
    }
    fields.push({
      name: kept.map((index) => name.charAt(index)).join(""),
      offsets: kept.map((index) => offsets[index] ?? 0),
    });
    if (at >= name.length) return fields;
  }
}
