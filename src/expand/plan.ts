import { type Diagnostic, DiagnosticError, forAll } from "../diagnostic.ts";
import type { Directive, ParsedCall, StageView } from "../directives/directive.ts";
import { directiveNamed } from "../directives/index.ts";
import type { DirectiveCall, ImageFacts, Instruction, ParsedFile } from "../model.ts";
import { wholeSpan } from "../parse/position.ts";
import type { StageScopes } from "../parse/scope.ts";
import type { StageBase } from "../resolve/stage-base.ts";
import { directiveLine } from "./arguments.ts";
import type { CallGroup, StagePlan } from "./expand.ts";
import { slugs } from "./names.ts";
import { stageArchitecture } from "./stage-architecture.ts";

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

/** Reads the calls of every stage and checks them against its base. Throws all errors together. */
export function planStages(input: PlanInput): { plans: Map<number, StagePlan>; warnings: Diagnostic[] } {
  const names = slugs(input.file.stages.map((stage) => stage.name));
  const calls = new Map(input.calls.map((call) => [call.instruction, call]));
  const plans = new Map<number, StagePlan>();
  const diagnostics = forAll([...input.bases], ([stage, base]) => {
    const view = stageView(input, stage, base, names[stage] ?? "");
    const groups = groupsOf(input, stage, calls);
    plans.set(stage, { view, ancestors: base.ancestors, groups });
    return groups.flatMap(({ directive, calls }) =>
      calls.flatMap((call) => directive.check(call.args, { ...view, ancestorGrafts: [] })),
    );
  }).flat();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new DiagnosticError(errors);
  return { plans, warnings: diagnostics };
}

function stageView({ file, facts }: PlanInput, index: number, base: StageBase, slug: string): StagePlan["view"] {
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
    escape: file.escape,
    span: wholeSpan(stage.from),
  } satisfies Omit<StageView, "ancestorGrafts">;
}

/** A stage's calls by directive, with typed arguments: the variables are those at each line. */
function groupsOf(
  { file, scopes }: PlanInput,
  stage: number,
  calls: ReadonlyMap<Instruction, DirectiveCall>,
): CallGroup[] {
  const groups = new Map<Directive<unknown>, ParsedCall<unknown>[]>();
  scopes.walk(stage, (instruction, scope) => {
    const call = calls.get(instruction);
    if (!call) return;
    const line = directiveLine(call, (name) => scope.get(name), file.escape);
    const directive = directiveNamed(call.word, line.span);
    groups.set(directive, [...(groups.get(directive) ?? []), { line, args: directive.parse(line) }]);
  });
  return [...groups].map(([directive, calls]) => ({ directive, calls }));
}
