import type { LineSettings } from "../directives/directive.ts";
import type { ImageFacts, Instruction, ParsedFile } from "../model.ts";
import { splitCommand } from "../parse/command.ts";
import type { Scope, StageScopes } from "../parse/scope.ts";
import { expandWord } from "../parse/variables.ts";

/** The user and the shell as they are at some line. */
export interface Settings {
  /** `raw` is missing when the words stand in no line of this file. */
  readonly user?: { readonly value: string; readonly raw?: string };
  readonly ownShell: boolean;
}

/** Follows USER and SHELL through the stages of a file. */
export interface SettingsTracker {
  /** As a stage begins, ONBUILD lines of its parent and of its image counted. */
  begin(stage: number): Settings;
  after(settings: Settings, instruction: Instruction, scope: Scope): Settings;
  end(stage: number): Settings;
}

/** `factsOf` tells what is known of the image that a stage starts from. */
export function settingsTracker(
  file: ParsedFile,
  scopes: StageScopes,
  factsOf: (stage: number) => ImageFacts | undefined,
): SettingsTracker {
  const ends = new Map<number, Settings>();

  function begin(stage: number): Settings {
    const parent = scopes.froms[stage]?.stage;
    const facts = parent === undefined ? factsOf(stage) : undefined;
    const settings = parent === undefined ? imageSettings(facts) : end(parent);
    const triggers = (parent === undefined ? facts?.onbuild : triggersOf(file, parent)) ?? [];
    if (triggers.length === 0) return settings;
    const scope = scopes.at(stage, file.stages[stage]?.instructions[0]);
    return triggers.reduce((before, text) => {
      // BuildKit reads a trigger as a file of its own, so its escape character is the default one.
      const { user, ownShell } = apply(before, text, "\\", scope);
      return user ? { ownShell, user: { value: user.value } } : { ownShell };
    }, settings);
  }

  function end(stage: number): Settings {
    const chain: number[] = [];
    for (let at: number | undefined = stage; at !== undefined && !ends.has(at); at = scopes.froms[at]?.stage)
      chain.push(at);
    for (const one of chain.reverse()) {
      let settings = begin(one);
      scopes.walk(one, (instruction, scope) => {
        settings = after(settings, instruction, scope);
      });
      ends.set(one, settings);
    }
    return ends.get(stage) ?? { ownShell: false };
  }

  function after(settings: Settings, instruction: Instruction, scope: Scope): Settings {
    const { keyword, text } = instruction;
    return keyword === "USER" || keyword === "SHELL" ? apply(settings, text, file.escape, scope) : settings;
  }

  return { begin, after, end };
}

/** What a directive is told of the settings at its line. */
export function lineSettings(
  { user, ownShell }: Settings,
  scope: Scope,
  escapeChar: string,
): Omit<LineSettings, "hiding"> {
  if (!user) return { ownShell };
  const { value, raw } = user;
  // A variable may have changed since the USER line; its words are repeated only while they say the same.
  const same = raw !== undefined && expandWord(raw, (name) => scope.get(name), escapeChar).value === value;
  const text = same ? raw : value.replace(/[^\w.:@/-]/g, (character) => `${escapeChar}${character}`);
  return { ownShell, user: { root: /^(?:0|root)(?::|$)/.test(value), text } };
}

function imageSettings(facts: ImageFacts | undefined): Settings {
  const ownShell = facts?.runShell !== undefined;
  return facts?.user === undefined ? { ownShell } : { ownShell, user: { value: facts.user } };
}

function apply(settings: Settings, text: string, escapeChar: string, scope: Scope): Settings {
  const { keyword, rest } = splitCommand(text, escapeChar);
  if (keyword === "SHELL") return { ...settings, ownShell: true };
  if (keyword !== "USER") return settings;
  return { ...settings, user: { raw: rest, value: expandWord(rest, (name) => scope.get(name), escapeChar).value } };
}

function triggersOf(file: ParsedFile, stage: number): string[] {
  const triggers = file.stages[stage]?.instructions.filter(({ keyword }) => keyword === "ONBUILD") ?? [];
  return triggers.map(({ text }) => splitCommand(text, file.escape).rest);
}
