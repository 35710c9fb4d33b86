import type { DirectiveCall, ImageFacts, ParsedFile } from "../model.ts";
import { splitCommand } from "../parse/command.ts";
import { span, wholeSpan } from "../parse/position.ts";
import type { StageScopes } from "../parse/scope.ts";
import { referencedStage, stageNamed, stageNames } from "../parse/stages.ts";
import { expandWord } from "../parse/variables.ts";
import type { Mirror } from "../resolve/reference.ts";
import { basePrograms, type Programs } from "./programs.ts";
import type { FileView, StageView, State, Step } from "./stage-view.ts";
import { StateWalk } from "./state-walk.ts";

/** What a view is made from. */
export interface ViewInput {
  readonly parsed: ParsedFile;
  readonly scopes: StageScopes;
  /** Facts of the image that the FROM of a stage names. */
  readonly bases: ReadonlyMap<number, ImageFacts>;
  readonly target?: string;
  readonly today: string;
  readonly catalogDate: string;
  readonly mirrors: readonly Mirror[];
  image(reference: string): ImageFacts;
}

/** The stage that a rule sees, while its neighbours are not all there yet. */
type Built = { -readonly [Key in keyof StageView]: StageView[Key] };

/** A file as rules see it. Pure. */
export function fileView(input: ViewInput): FileView {
  const { parsed, scopes, target } = input;
  const names = stageNames(parsed);
  const final = target ? stageNamed(names, target) : parsed.stages.length - 1;
  const running = new Set<number>();
  for (let at = final; at !== undefined && !running.has(at); at = scopes.froms[at]?.stage) running.add(at);
  const calls = new Map(parsed.calls.map((call) => [call.instruction, call]));
  const stages: Built[] = [];
  const walks: StateWalk[] = [];
  const tables = new Map<ImageFacts | undefined, Programs>();
  const programsOf = (base: ImageFacts | undefined) => {
    const programs = tables.get(base) ?? basePrograms(base, input.catalogDate, input.mirrors);
    tables.set(base, programs);
    return programs;
  };
  const stageOf = (name: string) => referencedStage(names, parsed.stages.length, "copy", name);
  for (const stage of parsed.stages) {
    const from = scopes.froms[stage.index];
    const parent = from?.stage === undefined ? undefined : stages[from.stage];
    const base = parent ? parent.base : input.bases.get(stage.index);
    const walk = new StateWalk({
      escape: parsed.escape,
      base,
      parent: from?.stage === undefined ? undefined : walks[from.stage],
      programs: programsOf(base),
      stageOf,
    });
    const built: Built = {
      index: stage.index,
      stage,
      from: from?.problem === undefined ? (from?.image ?? "") : "",
      baseFrom: parent?.baseFrom ?? stage.from,
      hardened: base?.hardened ?? false,
      final: stage.index === final,
      runs: running.has(stage.index),
      steps: [],
      start: walk.state(),
      end: walk.state(),
      ...(stage.name === undefined ? {} : { name: stage.name }),
      ...(parent ? { parent } : {}),
      ...(base ? { base } : {}),
    };
    stages.push(built);
    walks.push(walk);
    built.steps = stepsOf(built, input, walk, calls);
    built.end = walk.state();
  }
  countSteps(stages, final);
  return {
    parsed,
    stages,
    today: input.today,
    catalogDate: input.catalogDate,
    image: input.image,
    stageNamed: (name) => {
      const index = stageOf(name);
      return index === undefined ? undefined : stages[index];
    },
  };
}

function stepsOf(
  stage: Built,
  { parsed, scopes }: ViewInput,
  walk: StateWalk,
  calls: ReadonlyMap<unknown, DirectiveCall>,
): Step[] {
  const steps: Step[] = [];
  let started = false;
  const start = (scope: ReadonlyMap<string, string>) => {
    walk.begin(scope);
    stage.start = walk.state();
    started = true;
  };
  scopes.walk(stage.index, (instruction, scope) => {
    if (started) walk.settle(scope);
    else start(scope);
    const before = walk.state();
    const call = calls.get(instruction);
    const step: Step = {
      instruction,
      keyword: instruction.keyword,
      command: splitCommand(instruction.text, parsed.escape),
      index: steps.length,
      before,
      counts: false,
      span: wholeSpan(instruction),
      part: (from, to) => span(instruction, from, to),
      expand: (word) => expandWord(word, (name) => before.variable(name), parsed.escape),
      value: (word) => knownValue(word, before, parsed.escape),
      ...(call ? { call } : {}),
    };
    steps.push(step);
    walk.apply(step);
  });
  if (!started) start(scopes.at(stage.index));
  walk.settle(undefined);
  return steps;
}

/** A variable that nothing is known to set may still come from outside: the word then has no known value, unless it names a default. */
function knownValue(word: string, before: State, escapeChar: string): string | undefined {
  const { value, unset, problem } = expandWord(word, (name) => before.variable(name), escapeChar);
  return problem === undefined && unset.size === 0 ? value : undefined;
}

/** Of what a container starts with, the last line of each keyword counts. */
function countSteps(stages: readonly StageView[], final: number | undefined): void {
  const seen = new Set<string>();
  for (let stage = final === undefined ? undefined : stages[final]; stage; stage = stage.parent) {
    for (const step of stage.steps.toReversed()) {
      if (seen.has(step.keyword)) continue;
      seen.add(step.keyword);
      (step as { counts: boolean }).counts = true;
    }
  }
}
