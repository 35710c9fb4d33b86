import { type Diagnostic, DiagnosticError, forAll, located } from "./diagnostic.ts";
import { directiveNamed, isDirective } from "./directives/index.ts";
import { directiveLine, isConstant } from "./expand/arguments.ts";
import { canCut } from "./expand/cut-stage.ts";
import { expand, type ScriptsPlace, type StagePlan } from "./expand/expand.ts";
import { checkPlans, neededImages, planStages } from "./expand/plan.ts";
import type { DirectiveCall, ImageFacts, ParsedFile, Platform, Printed, SourceFile } from "./model.ts";
import { parse } from "./parse/dockerfile.ts";
import { wholeSpan } from "./parse/position.ts";
import { reachable } from "./parse/reachable.ts";
import { scan } from "./parse/scanner.ts";
import { type BuildSettings, stageScopes } from "./parse/scope.ts";
import { print } from "./print/print.ts";
import type { FactsSource } from "./resolve/facts.ts";
import { parseReference } from "./resolve/reference.ts";
import { type StageBase, stageBase } from "./resolve/stage-base.ts";

/** What a compilation needs besides the file. */
export interface CompileOptions {
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly platform: Platform;
  readonly buildPlatform: Platform;
  readonly facts: FactsSource;
  /** `target`: only what the target needs, so that a base nobody uses can't fail the build. `all`: the whole file. */
  readonly scope: "target" | "all";
  /** Where the scripts go; inside unless said, which makes a Dockerfile that needs nobody. */
  readonly scripts?: ScriptsPlace;
}

/** The expanded file, with what is worth a warning. */
export interface Compiled extends Printed {
  readonly warnings: readonly Diagnostic[];
}

/**
 * The pure middle of the pipeline: scan, parse, resolve, expand, print. `facts` is its only question to the outside.
 * Throws DiagnosticError with every mistake it can tell at once.
 */
export async function compile(source: SourceFile, options: CompileOptions): Promise<Compiled> {
  const file = parse(scan(source), isDirective);
  forAll(file.calls, (call) => readEarly(call, file.escape));
  const { buildArgs, buildPlatform, platform: targetPlatform, target } = options;
  const settings: BuildSettings = {
    buildArgs,
    buildPlatform,
    targetPlatform,
    ...(target === undefined ? {} : { target }),
  };
  const scopes = stageScopes(file, settings, () => undefined);
  const needed = options.scope === "all" ? undefined : reachable(file, scopes, target);
  const calls = file.calls.filter((call) => needed?.has(call.stage) ?? true);
  const bases = new Map<number, StageBase>();
  // The last stage of a file that uses directives is checked, whatever stands in it.
  const last = file.stages.length - 1;
  const implied = canCut(file, file.stages[last]) && file.calls.length > 0 && (needed?.has(last) ?? true) ? [last] : [];
  for (const stage of [...calls.map((call) => call.stage), ...implied]) {
    const base = stageBase(file, stage, scopes.froms);
    if (base) bases.set(stage, base);
  }
  const own = new Set(calls.map((call) => call.stage));
  const facts = await factsOf(bases, own, options);
  for (const [stage, { root }] of bases) if (!facts.has(root.index)) bases.delete(stage);
  const full = stageScopes(file, settings, (stage) => facts.get(stage));
  const planned = planStages({ file, calls, bases, facts, scopes: full });
  const { plans, warnings } = checkPlans(planned, await furtherFacts(planned, bases, options));
  return {
    ...print(file, expand(file, plans, options.scripts)),
    warnings: [...notes(file, bases, facts), ...warnings],
  };
}

/** Unknown words and constant lines need nothing but themselves: their mistakes are told before any image is asked for. */
function readEarly(call: DirectiveCall, escapeChar: string): void {
  const directive = directiveNamed(call.word, wholeSpan(call.instruction));
  if (isConstant(call)) directive.parse(directiveLine(call, () => undefined, escapeChar));
}

/**
 * Facts by index of the stage whose FROM names the image, all asked for at once. For a stage without calls of its `own` an image that
 * can't be had, or whose name is none, has no facts: BuildKit is to say so itself.
 */
async function factsOf(
  bases: ReadonlyMap<number, StageBase>,
  own: ReadonlySet<number>,
  options: CompileOptions,
): Promise<Map<number, ImageFacts>> {
  const roots = new Map([...bases.values()].map((base) => [base.root.index, base]));
  const asked = new Set([...bases].flatMap(([stage, base]) => (own.has(stage) ? [base.root.index] : [])));
  const found = [...roots.values()].map(async (base) => {
    const { index, from } = base.root;
    if (!asked.has(index) && base.reference !== "scratch" && !parseReference(base.reference)) return [];
    try {
      return [[index, await options.facts.image(base.reference, base.platform ?? options.platform)] as const];
    } catch (error) {
      if (!asked.has(index)) return [];
      throw error instanceof DiagnosticError ? located(error, wholeSpan(from)) : error;
    }
  });
  return new Map((await Promise.all(found)).flat());
}

/** Facts of the images that directives name besides the bases, for the platform of their stage, all asked for at once. */
async function furtherFacts(
  plans: ReadonlyMap<number, StagePlan>,
  bases: ReadonlyMap<number, StageBase>,
  options: CompileOptions,
): Promise<(stage: number, reference: string) => ImageFacts | undefined> {
  const found = await Promise.all(
    neededImages(plans).map(async ({ stage, reference }) => {
      const platform = bases.get(stage)?.platform ?? options.platform;
      return [`${stage} ${reference}`, await options.facts.image(reference, platform)] as const;
    }),
  );
  const known = new Map(found);
  return (stage, reference) => known.get(`${stage} ${reference}`);
}

/** What the facts' source has to say about a base (a tag that nobody lists ...), at its FROM. */
function notes(
  file: ParsedFile,
  bases: ReadonlyMap<number, StageBase>,
  facts: ReadonlyMap<number, ImageFacts>,
): Diagnostic[] {
  const roots = new Set([...bases.values()].map((base) => base.root.index));
  return [...roots].flatMap((index) => {
    const from = file.stages[index]?.from;
    const span = from && wholeSpan(from);
    return (facts.get(index)?.notes ?? []).map((problem): Diagnostic => {
      return { code: "DhiImageNote", severity: "warning", problem, ...(span ? { span } : {}) };
    });
  });
}
