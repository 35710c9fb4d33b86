import { posix } from "node:path";
import type { GeneratedLines, StageStart } from "../directives/directive.ts";
import type { ImageFacts, ParsedFile } from "../model.ts";
import { envAssignments } from "../parse/assignments.ts";
import { isJsonForm, splitCommand } from "../parse/command.ts";
import { defaultPath, type Scope, type StageScopes } from "../parse/scope.ts";
import { expandWord } from "../parse/variables.ts";
import type { SettingsTracker } from "./stage-settings.ts";

/** A line's command: the first word of what the runtime executes. */
interface Program {
  readonly word: string;
  readonly shellForm: boolean;
  /** False for an empty list, which takes back what was there. */
  readonly present: boolean;
}

interface State {
  readonly workdir: string;
  readonly shell: readonly string[];
  readonly entrypoint?: Program;
  readonly cmd?: Program;
  /** True when a line of this very stage has set CMD. */
  readonly ownCmd: boolean;
}

/** What a stage's chain of stages comes from and goes through. */
interface StartInput {
  readonly file: ParsedFile;
  readonly scopes: StageScopes;
  /** By index of the stage whose FROM names the image. */
  readonly facts: ReadonlyMap<number, ImageFacts>;
}

/**
 * What a stage's image starts with: the base's config and the lines of the stage and of those that it continues, ONBUILD lines counted
 * (BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchWorkdir, dispatchEntrypoint, dispatchCmd).
 */
export function stageStart(input: StartInput, stage: number, settings: SettingsTracker): StageStart {
  const { scopes, facts } = input;
  const chain = [stage];
  for (let at = scopes.froms[stage]?.stage; at !== undefined; at = scopes.froms[at]?.stage) chain.unshift(at);
  const base = facts.get(chain[0] ?? stage);
  const state = chain.reduce<State>((before, at) => through(input, before, at), {
    workdir: base?.workdir || "/",
    shell: ["/bin/sh", "-c"],
    ownCmd: false,
  });
  const environment = scopes.environment(stage);
  const user = settings.end(stage).user?.value;
  const path = environment.get("PATH") ?? "";
  const libraryPath = environment.get("LD_LIBRARY_PATH");
  const program = programOf(state, (base?.entrypoint ?? []).length > 0);
  return {
    ...(user === undefined ? {} : { user: user || "0" }),
    workdir: state.workdir,
    ...(path === defaultPath ? {} : { path }),
    ...(libraryPath ? { libraryPath } : {}),
    ...(program ? { program } : {}),
  };
}

/**
 * The same with the variables that lines of ours set (DHI-RUNTIME adds folders to PATH). They stand between the user's own, which the values
 * so far are the end of; a folder that a later line takes away again is searched here all the same.
 */
export function withVariables(start: StageStart, lines: readonly GeneratedLines[], escapeChar: string): StageStart {
  const values = new Map([["PATH", start.path ?? defaultPath]]);
  if (start.libraryPath !== undefined) values.set("LD_LIBRARY_PATH", start.libraryPath);
  for (const { text } of lines) {
    if (!text.startsWith("ENV ")) continue;
    const line = text.replaceAll(`${escapeChar}\n`, " ").trimEnd();
    for (const { name, value } of envAssignments(line, escapeChar) ?? []) {
      if (name !== "PATH" && name !== "LD_LIBRARY_PATH") continue;
      const expanded = expandWord(value, (one) => values.get(one), escapeChar);
      if (expanded.problem === undefined) values.set(name, expanded.value);
    }
  }
  const { path: _path, libraryPath: _libraryPath, ...others } = start;
  const [path, libraryPath] = [values.get("PATH") ?? "", values.get("LD_LIBRARY_PATH")];
  return { ...others, ...(path === defaultPath ? {} : { path }), ...(libraryPath ? { libraryPath } : {}) };
}

/** An entrypoint of the base gets the words of CMD as its arguments; it was right where it was made. */
function programOf({ entrypoint, cmd }: State, baseEntrypoint: boolean): StageStart["program"] {
  if (entrypoint?.present) {
    return { instruction: "ENTRYPOINT", word: entrypoint.word, shellForm: entrypoint.shellForm };
  }
  if (!cmd?.present || (!entrypoint && baseEntrypoint)) return undefined;
  return { instruction: "CMD", word: cmd.word, shellForm: cmd.shellForm };
}

function through({ file, scopes, facts }: StartInput, before: State, stage: number): State {
  const parent = scopes.froms[stage]?.stage;
  const triggers = parent === undefined ? (facts.get(stage)?.onbuild ?? []) : onbuildLines(file, parent);
  const first = file.stages[stage]?.instructions[0];
  const scope = triggers.length > 0 ? scopes.at(stage, first) : new Map<string, string>();
  // BuildKit reads a trigger as a file of its own, so its escape character is the default one.
  let state = triggers.reduce<State>((at, text) => apply(at, text, "\\", scope), { ...before, ownCmd: false });
  scopes.walk(stage, (instruction, variables) => {
    if (/^(?:WORKDIR|SHELL|ENTRYPOINT|CMD)$/.test(instruction.keyword)) {
      state = apply(state, instruction.text, file.escape, variables);
    }
  });
  return state;
}

function onbuildLines(file: ParsedFile, stage: number): string[] {
  const lines = file.stages[stage]?.instructions.filter(({ keyword }) => keyword === "ONBUILD") ?? [];
  return lines.map(({ text }) => splitCommand(text, file.escape).rest);
}

function apply(state: State, text: string, escapeChar: string, scope: Scope): State {
  const { keyword, rest } = splitCommand(text, escapeChar);
  if (keyword === "WORKDIR") {
    const { value } = expandWord(rest, (name) => scope.get(name), escapeChar);
    return { ...state, workdir: posix.resolve("/", state.workdir, value) };
  }
  if (keyword === "SHELL") return isJsonForm(rest) ? { ...state, shell: JSON.parse(rest) as string[] } : state;
  if (keyword === "CMD") return { ...state, cmd: programIn(rest, state.shell), ownCmd: true };
  if (keyword !== "ENTRYPOINT") return state;
  const { cmd, ...others } = state;
  const entrypoint = programIn(rest, state.shell);
  return state.ownCmd && cmd ? { ...others, cmd, entrypoint } : { ...others, entrypoint };
}

function programIn(rest: string, shell: readonly string[]): Program {
  if (rest !== "" && !isJsonForm(rest)) return { word: shell[0] ?? "", shellForm: true, present: true };
  const [word] = rest === "" ? [] : (JSON.parse(rest) as string[]);
  return { word: word ?? "", shellForm: false, present: word !== undefined };
}
