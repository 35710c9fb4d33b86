import { type Diagnostic, DiagnosticError, forAll } from "../diagnostic.ts";
import type { Family, ParsedCall, StageView } from "../directives/directive.ts";
import { directiveNamed, directives } from "../directives/index.ts";
import type { DirectiveCall, ImageFacts, Instruction, ParsedFile } from "../model.ts";
import { wholeSpan } from "../parse/position.ts";
import type { StageScopes } from "../parse/scope.ts";
import { donorImage } from "../resolve/donor.ts";
import { type StageBase, stageBase } from "../resolve/stage-base.ts";
import { directiveLine } from "./arguments.ts";
import type { CallGroup, StagePlan } from "./expand.ts";
import { hiddenEnv } from "./hidden-env.ts";
import { slugs } from "./names.ts";
import { sourceNamed } from "./sources.ts";
import { stageArchitecture } from "./stage-architecture.ts";
import { lineSettings, type SettingsTracker, settingsTracker } from "./stage-settings.ts";
import { stageStart } from "./stage-start.ts";

/** All that is known before the expansion. */
export interface PlanInput {
  readonly file: ParsedFile;
  /** The calls to expand. */
  readonly calls: readonly DirectiveCall[];
  /** By stage index. */
  readonly bases: ReadonlyMap<number, StageBase>;
  /** By index of the stage whose FROM names the image. */
  readonly facts: ReadonlyMap<number, ImageFacts>;
  readonly scopes: StageScopes;
}

/** Reads the calls of every stage. Throws all errors together. */
export function planStages(input: PlanInput): Map<number, StagePlan> {
  const names = slugs(input.file.stages.map((stage) => stage.name));
  const calls = new Map(input.calls.map((call) => [call.instruction, call]));
  const plans = new Map<number, StagePlan>();
  const settings = settingsTracker(input.file, input.scopes, (stage) => input.facts.get(stage));
  forAll([...input.bases], ([stage, base]) => {
    const own = stageView(input, stage, base, names[stage] ?? "", settings);
    const groups = groupsOf(input, stage, calls, settings);
    const named = groups.map((group) => group.family.builder?.({ ...own, ancestorGrafts: [] }, group.calls));
    const builder = [...named, ...base.ancestors.map((one) => plans.get(one)?.view.builder)].find((one) => one);
    const view = builder ? { ...own, builder } : own;
    plans.set(stage, { view, ancestors: base.ancestors, groups });
  });
  return plans;
}

/** The further images whose facts the calls want, by the stage that the call stands in. */
export function neededImages(plans: ReadonlyMap<number, StagePlan>): { stage: number; reference: string }[] {
  return [...plans].flatMap(([stage, { view, groups }]) =>
    groups.flatMap(({ calls }) =>
      calls.flatMap(({ line, args }) =>
        directiveNamed(line.call.word, line.span)
          .needs(args, { ...view, ancestorGrafts: [] })
          .map(({ reference }) => ({ stage, reference })),
      ),
    ),
  );
}

/** Checks the calls against their bases and the images that they named. Throws all errors together, returns warnings. */
export function checkPlans(
  plans: ReadonlyMap<number, StagePlan>,
  imageFor: (stage: number, reference: string) => ImageFacts | undefined,
): { plans: Map<number, StagePlan>; warnings: Diagnostic[] } {
  const complete = new Map(
    [...plans].map(([stage, plan]) => {
      const view = { ...plan.view, image: (reference: string) => imageFor(stage, reference) };
      return [stage, { ...plan, view }] as const;
    }),
  );
  const diagnostics = forAll([...complete.values()], ({ view, groups }) =>
    groups.flatMap(({ family, calls }) => family.check({ ...view, ancestorGrafts: [] }, calls)),
  ).flat();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new DiagnosticError(errors);
  return { plans: complete, warnings: diagnostics };
}

function stageView(
  input: PlanInput,
  index: number,
  base: StageBase,
  slug: string,
  settings: SettingsTracker,
): StagePlan["view"] {
  const { file, facts } = input;
  const { root } = base;
  const stage = file.stages[index];
  const known = facts.get(root.index);
  if (!stage || !known) throw new Error(`stage ${index} has no base`);
  return {
    name: stage.name ?? `stage-${index}`,
    slug,
    base: known,
    baseFrom: { image: root.image.raw, ...(root.platform ? { platform: root.platform.raw } : {}) },
    architecture: stageArchitecture(root, base.platform),
    start: stageStart(input, index, settings),
    source: (text) => sourceNamed(file, index, text, (above) => stageBase(file, above, input.scopes.froms)?.reference),
    image: () => undefined,
    donor: (wish) => donorImage(known, wish),
    escape: file.escape,
    span: wholeSpan(stage.from),
  } satisfies Omit<StageView, "ancestorGrafts">;
}

/** A stage's calls by family, with typed arguments: the variables and settings are those at each line. */
function groupsOf(
  { file, scopes, facts }: PlanInput,
  stage: number,
  calls: ReadonlyMap<Instruction, DirectiveCall>,
  tracker: SettingsTracker,
): CallGroup[] {
  const groups = new Map<Family<unknown>, ParsedCall<unknown>[]>();
  let settings = tracker.begin(stage);
  const hidden = hiddenEnv(file, scopes, stage, (index) => facts.get(index));
  scopes.walk(stage, (instruction, scope) => {
    settings = tracker.after(settings, instruction, scope);
    hidden.after(instruction);
    const call = calls.get(instruction);
    if (!call) return;
    const line = directiveLine(call, (name) => scope.get(name), file.escape);
    const { family, parse } = directiveNamed(call.word, line.span);
    const parsed = {
      line,
      args: parse(line),
      settings: { ...lineSettings(settings, scope, file.escape), hiding: hidden.lines(scope) },
      below: runsBelow(file, call),
    };
    groups.set(family, [...(groups.get(family) ?? []), parsed]);
  });
  for (const { family } of stage === file.stages.length - 1 ? directives : []) {
    if (family.implied && !groups.has(family)) groups.set(family, []);
  }
  return [...groups].map(([family, calls]) => ({ family, calls }));
}

function runsBelow({ stages }: ParsedFile, { stage, instruction }: DirectiveCall): Instruction[] {
  const own = stages[stage]?.instructions ?? [];
  return own.filter(({ keyword, line }) => line > instruction.line && (keyword === "RUN" || keyword === "DHI-RUN"));
}
