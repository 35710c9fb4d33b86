import type { Diagnostic } from "../diagnostic.ts";
import type { Argument, ParsedCall, StageView } from "./directive.ts";
import { reservedPrefix } from "./graft-stage.ts";
import type { PackageLine } from "./package-line.ts";

type Call = ParsedCall<PackageLine>;

/** What is wrong with lines that become a graft: the base, the builder, and flags of two lines that contradict each other. */
export function checkGraft(stage: StageView, calls: readonly Call[]): Diagnostic[] {
  const [first] = calls;
  const span = first?.args.packages[0]?.argument.span ?? stage.span;
  const problem = baseProblem(stage, calls);
  const base: Diagnostic[] = problem ? [{ ...problem, severity: "error", span }] : [];
  return [
    ...base,
    ...calls.flatMap(({ args }) => builderProblems(stage, args.from)),
    ...conflicts(
      "from",
      calls,
      ({ from }) => from,
      (text) => nameOf(stage, text),
    ),
    ...conflicts("snapshot", calls, ({ snapshot }) => snapshot),
  ];
}

/** The builder's stage or image as FROM takes it; undefined when nothing names one. */
export function builderOf(stage: StageView, calls: readonly Call[]): string | undefined {
  const from = calls.map(({ args }) => args.from).find((one) => one !== undefined);
  if (from === undefined) return stage.base.builder;
  return nameOf(stage, from.value);
}

/** A stage's name may be written in any case; FROM takes it in one. */
function nameOf(stage: StageView, text: string): string {
  const source = stage.source(text);
  return source.kind === "stage" ? source.name : text;
}

function baseProblem(
  stage: StageView,
  calls: readonly Call[],
): Pick<Diagnostic, "code" | "problem" | "advice"> | undefined {
  const { base } = stage;
  if (base.libc === "none") {
    return {
      code: "DhiNoLoader",
      problem: `${base.reference} has no C library and no loader, so no shared library can run on it`,
      advice:
        base.distro === "alpine"
          ? `use a base with musl, such as dhi.io/static:<date>-musl-alpine or dhi.io/alpine-base:${base.release ?? "3.23"}`
          : "use a base with glibc, such as dhi.io/static:<date>-glibc or dhi.io/debian-base:trixie",
    };
  }
  if (base.distro === undefined || base.release === undefined) {
    return {
      code: "DhiUnknownBase",
      problem: `can't tell the distro and release of ${base.reference}`,
      advice: "use a base whose /etc/os-release names them, such as a dhi.io image of Debian 13",
    };
  }
  if (builderOf(stage, calls) === undefined) {
    return {
      code: "DhiNoBuilder",
      problem: `no image is known that has the packages of ${base.distro} ${base.release}, the base's release`,
      advice: "name one with --from=<image>",
    };
  }
  return undefined;
}

function builderProblems(stage: StageView, from: Argument | undefined): Diagnostic[] {
  if (from === undefined) return [];
  const refuse = (problem: string, advice: string): Diagnostic[] => [
    { code: "DhiBuilder", severity: "error", span: from.span, problem, advice },
  ];
  if (from.value === "scratch" || from.value.startsWith(reservedPrefix)) {
    return refuse(
      `\`${from.value}\` can't be a builder`,
      "name an image, or a stage above, that has a package manager",
    );
  }
  const source = stage.source(from.value);
  return source.kind === "none" ? refuse(source.problem, source.advice) : [];
}

/** All lines become one closure of one builder, so what holds for the whole of it may have one value only. */
function conflicts(
  flag: string,
  calls: readonly Call[],
  value: (args: PackageLine) => Argument | undefined,
  meaning: (text: string) => string = (text) => text,
): Diagnostic[] {
  const [first, ...others] = calls.flatMap((call) => {
    const argument = value(call.args);
    return argument ? [{ line: call.line.call.instruction.line, argument }] : [];
  });
  if (!first) return [];
  const spell = (argument: Argument) => `--${flag}=${argument.value}`;
  return others
    .filter(({ argument }) => meaning(argument.value) !== meaning(first.argument.value))
    .map(({ argument, line }): Diagnostic => {
      const problem = `${spell(argument)} in line ${line} contradicts ${spell(first.argument)} in line ${first.line}`;
      const advice = "the stage's lines become one closure: write the flag once, in any of them";
      return { code: "DhiConflictingFlags", severity: "error", span: argument.span, problem, advice };
    });
}
