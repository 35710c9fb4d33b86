import type { ImageFacts, Instruction, ParsedFile, Platform } from "../model.ts";
import { argAssignments, envAssignments } from "./assignments.ts";
import { splitCommand } from "./command.ts";
import { formatPlatform } from "./platform.ts";
import { type ResolvedFrom, resolveFroms } from "./stages.ts";
import { expandWord } from "./variables.ts";

/** Variables with their values. */
export type Scope = ReadonlyMap<string, string>;

/** What the build gives from outside. */
export interface BuildSettings {
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly buildPlatform: Platform;
  readonly targetPlatform: Platform;
  readonly target?: string;
}

/** What a stage takes over from the image that it starts from. */
export type BaseVariables = Pick<ImageFacts, "env" | "onbuild">;

/** The variables of a file's stages, each stage computed once. */
export interface StageScopes {
  /** The variables before the first FROM, which FROM itself sees. */
  readonly meta: Scope;
  /** Every stage's FROM, evaluated. */
  readonly froms: readonly ResolvedFrom[];
  /** Calls `visit` with each instruction of a stage and the variables as they are before it. The scope changes later: use it at once. */
  walk(stage: number, visit: (instruction: Instruction, scope: Scope) => void): void;
  /** The variables that a stage's image has at its end. */
  environment(stage: number): Scope;
  /** The variables before an instruction of a stage; at the stage's end without one. */
  at(stage: number, instruction?: Instruction): Scope;
}

/** The search path that BuildKit gives an image that has none (util/system/path.go). */
export const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** A stage's variables at its end: all of them, and those that ENV put into its image. */
interface StageState {
  readonly variables: Map<string, string>;
  readonly env: Map<string, string>;
}

/** The variables that FROM sees: platforms, and ARG before the first FROM (BuildKit dockerfile2llb, defaultArgs and buildMetaArgs). */
export function metaScope(parsed: ParsedFile, settings: BuildSettings): Scope {
  const { buildArgs, buildPlatform, targetPlatform, target } = settings;
  const scope = new Map<string, string>();
  const predefined: Record<string, string> = {
    ...platformArguments("BUILD", buildPlatform),
    ...platformArguments("TARGET", targetPlatform),
    TARGETSTAGE: target || parsed.stages.at(-1)?.name || "default",
  };
  for (const [name, value] of Object.entries(predefined)) scope.set(name, given(buildArgs, name) ?? value);
  for (const instruction of parsed.metaArgs) {
    for (const { name, value } of argAssignments(instruction.text, parsed.escape) ?? []) {
      const argument =
        given(buildArgs, name) ?? (value === undefined ? undefined : expanded(value, scope, parsed.escape));
      if (argument !== undefined) scope.set(name, argument);
    }
  }
  return scope;
}

/**
 * The variables of all stages (BuildKit dockerfile2llb/convert.go, dispatchStages, dispatchArg and dispatchEnv). ARG and ENV
 * share one space, the later line wins. A stage that continues another has its variables, ARG too, and then what ENV left in the
 * other's image once more. `baseOf` gives what is known of the image that a stage without such a parent starts from.
 * A line whose value BuildKit would refuse sets nothing here.
 */
export function stageScopes(
  parsed: ParsedFile,
  settings: BuildSettings,
  baseOf: (stage: number) => BaseVariables | undefined,
): StageScopes {
  const meta = metaScope(parsed, settings);
  const froms = resolveFroms(parsed, meta);
  const ends = new Map<number, StageState>();

  function apply(state: StageState, text: string, escapeChar: string): void {
    const pairs = envAssignments(text, escapeChar)?.map(({ name, value }) => ({
      name: expanded(name, state.variables, escapeChar),
      value: expanded(value, state.variables, escapeChar),
    }));
    for (const { name, value } of pairs ?? []) {
      if (name === undefined || value === undefined) continue;
      state.variables.set(name, value);
      state.env.set(name, value);
    }
    for (const { name, value } of argAssignments(text, escapeChar) ?? []) {
      const byDefault = value === undefined ? meta.get(name) : expanded(value, state.variables, escapeChar);
      const argument = given(settings.buildArgs, name) ?? byDefault;
      if (argument !== undefined) state.variables.set(name, argument);
    }
  }

  function begin(stage: number): StageState {
    const parent = froms[stage]?.stage;
    const inherited = parent === undefined ? undefined : ends.get(parent);
    const base = parent === undefined ? baseOf(stage) : undefined;
    const env = inherited ? new Map(inherited.env) : pairs(base?.env ?? []);
    if (!env.has("PATH")) env.set("PATH", defaultPath);
    const state = { variables: new Map([...(inherited?.variables ?? []), ...env]), env };
    // BuildKit reads a trigger as a file of its own, so its escape character is the default one.
    const triggers = parent === undefined ? (base?.onbuild ?? []) : triggersOf(parsed, parent);
    for (const trigger of triggers) apply(state, trigger, "\\");
    return state;
  }

  function walk(stage: number, visit: (instruction: Instruction, scope: Scope) => void): void {
    for (const ancestor of ancestors(froms, stage)) {
      if (!ends.has(ancestor)) run(ancestor, () => {});
    }
    run(stage, visit);
  }

  function run(stage: number, visit: (instruction: Instruction, scope: Scope) => void): void {
    const state = begin(stage);
    for (const instruction of parsed.stages[stage]?.instructions ?? []) {
      visit(instruction, state.variables);
      if (instruction.keyword === "ARG" || instruction.keyword === "ENV") apply(state, instruction.text, parsed.escape);
    }
    ends.set(stage, state);
  }

  function at(stage: number, instruction?: Instruction): Scope {
    let found: Scope | undefined;
    walk(stage, (one, scope) => {
      if (one === instruction) found = new Map(scope);
    });
    return found ?? ends.get(stage)?.variables ?? new Map();
  }

  function environment(stage: number): Scope {
    if (!ends.has(stage)) walk(stage, () => {});
    return ends.get(stage)?.env ?? new Map();
  }

  return { meta, froms, walk, at, environment };
}

/** The stages that a stage continues, the first one first. */
function ancestors(froms: readonly ResolvedFrom[], stage: number): number[] {
  const chain: number[] = [];
  for (let at = froms[stage]?.stage; at !== undefined; at = froms[at]?.stage) chain.push(at);
  return chain.reverse();
}

/** The ONBUILD triggers of a stage, as texts. */
function triggersOf(parsed: ParsedFile, stage: number): string[] {
  const triggers = (parsed.stages[stage]?.instructions ?? []).filter(
    (instruction) => instruction.keyword === "ONBUILD",
  );
  return triggers.map((instruction) => splitCommand(instruction.text, parsed.escape).rest);
}

function platformArguments(side: "BUILD" | "TARGET", platform: Platform): Record<string, string> {
  return {
    [`${side}PLATFORM`]: formatPlatform(platform),
    [`${side}OS`]: platform.os,
    [`${side}OSVERSION`]: "",
    [`${side}ARCH`]: platform.architecture,
    [`${side}VARIANT`]: platform.variant ?? "",
  };
}

function pairs(env: readonly string[]): Map<string, string> {
  return new Map(
    env.map((entry) => {
      const equals = entry.indexOf("=");
      return equals === -1 ? [entry, ""] : [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}

function given(buildArgs: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
}

function expanded(raw: string, scope: Scope, escapeChar: string): string | undefined {
  const { value, problem } = expandWord(raw, (name) => scope.get(name), escapeChar);
  return problem === undefined ? value : undefined;
}
