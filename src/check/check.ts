import { closest } from "fastest-levenshtein";
import { type DiagnosticError, failure } from "../diagnostic.ts";
import { isDirective } from "../directives/index.ts";
import type { ImageFacts, ParsedFile, Platform, SourceFile } from "../model.ts";
import { parse } from "../parse/dockerfile.ts";
import { reachable } from "../parse/reachable.ts";
import { scan } from "../parse/scanner.ts";
import { type BuildSettings, stageScopes } from "../parse/scope.ts";
import { stageNamed, stageNames } from "../parse/stages.ts";
import { catalogHead } from "../resolve/catalog.ts";
import type { FactsSource } from "../resolve/facts.ts";
import { catalogFacts } from "../resolve/from-catalog.ts";
import type { Mirror } from "../resolve/reference.ts";
import { baseFacts } from "./facts.ts";
import type { Finding, Rule } from "./rule.ts";
import { rules as allRules } from "./rules/index.ts";
import { type CheckSettings, checkSettings, withoutSkipped } from "./skip.ts";
import type { FileView } from "./stage-view.ts";
import { fileView } from "./view.ts";

/** What a check needs besides the file. */
export interface CheckOptions {
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly platform: Platform;
  readonly buildPlatform: Platform;
  readonly facts: FactsSource;
  readonly mirrors: readonly Mirror[];
  /** `target`: the stages that the target needs, as a build. `all`: the whole file. */
  readonly scope: "target" | "all";
  /** True in builds: only stages on hardened bases are looked at. */
  readonly hardenedOnly: boolean;
  /** The day that counts for ends of life, `2026-11-22`. */
  readonly today: string;
  readonly rules?: readonly Rule[];
}

/** What the rules say of a file. */
export interface Checked {
  /** In the order of the file, each once, without those that the file skips. */
  readonly findings: readonly Finding[];
  readonly settings: CheckSettings;
  /** What was known of the stages' external images. */
  readonly bases: readonly ImageFacts[];
}

/** False when no name in the file or its build arguments can be a hardened image's (resolve/reference.ts): most files need no more than this look. */
export function mayBeHardened({ bytes }: SourceFile, buildArgs: Readonly<Record<string, string>>): boolean {
  const given = Object.entries(buildArgs).flat().join(" ");
  return /dhi/i.test(given) || /^[ \t]*[^#\s].*dhi[.-]/m.test(new TextDecoder().decode(bytes));
}

/** Looks at a file with every rule. Throws DiagnosticError when the file's lines can't be read as directives. */
export async function check(source: SourceFile, options: CheckOptions): Promise<Checked> {
  const parsed = parse(scan(source), isDirective);
  const settings = checkSettings(parsed, options.buildArgs);
  const view = settings.skipAll ? undefined : await viewOf(parsed, options);
  if (!view) return { findings: [], settings, bases: [] };
  const findings = inOrder([...found(view.file, view.stages, options)]);
  return { findings: withoutSkipped(findings, parsed, settings), settings, bases: view.bases };
}

/** The file as rules see it, and the stages to look at. Undefined when there is nothing to look at. */
async function viewOf(parsed: ParsedFile, options: CheckOptions) {
  const { buildArgs, buildPlatform, platform: targetPlatform, target, mirrors, today } = options;
  const build: BuildSettings = { buildArgs, buildPlatform, targetPlatform, ...(target ? { target } : {}) };
  const first = stageScopes(parsed, build, () => undefined);
  const stages = options.scope === "all" ? undefined : reachable(parsed, first, target);
  const { facts, hardenedOnly } = options;
  const bases = await baseFacts(parsed, first, { facts, hardenedOnly, stages, mirrors, platform: targetPlatform });
  const unknown = unknownTarget(parsed, target);
  if (unknown && !hardenedOnly) throw unknown;
  if (hardenedOnly && ![...bases.values()].some(({ hardened }) => hardened)) return undefined;
  const file = fileView({
    parsed,
    scopes: stageScopes(parsed, build, (stage) => bases.get(stage)),
    bases,
    today,
    mirrors,
    catalogDate: catalogHead().date.slice(0, 10),
    image: remembered((reference) => catalogFacts(reference, mirrors)),
    ...(target ? { target } : {}),
  });
  return { file, stages, bases: [...bases.values()] };
}

function remembered<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const answer = answers.get(text) ?? ask(text);
    answers.set(text, answer);
    return answer;
  };
}

/** The mistake of a target that no stage has. A build leaves that to BuildKit. */
function unknownTarget(parsed: ParsedFile, target: string | undefined): DiagnosticError | undefined {
  const names = stageNames(parsed);
  if (!target || stageNamed(names, target) !== undefined) return undefined;
  const advice = names.size === 0 ? "no stage has a name" : `did you mean ${closest(target, [...names.keys()])}?`;
  return failure("DhiTarget", undefined, `target stage "${target}" could not be found`, advice);
}

function* found(
  file: FileView,
  stages: ReadonlySet<number> | undefined,
  { hardenedOnly, rules = allRules }: CheckOptions,
): Iterable<Finding> {
  for (const stage of file.stages) {
    if (stages && !stages.has(stage.index)) continue;
    for (const rule of rules) {
      if ((hardenedOnly || rule.looksAt === "hardened") && !stage.hardened) continue;
      for (const problem of rule.check(stage, file)) yield { severity: rule.severity, ...problem, rule: rule.name };
    }
  }
}

/** By place in the file, then as the table of rules has them; what several stages tell of one place is told once. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ rule, span, message }) => {
      const key = JSON.stringify([rule, span.start, message]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .toSorted((one, other) => {
      const { start } = one.span;
      return start.line - other.span.start.line || start.column - other.span.start.column;
    });
}
