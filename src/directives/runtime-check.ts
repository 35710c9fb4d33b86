import type { Diagnostic } from "../diagnostic.ts";
import type { ImageFacts, Span } from "../model.ts";
import type { ParsedCall, StageView } from "./directive.ts";
import { reservedPrefix } from "./graft-stage.ts";
import { donorReference, donorWish, type RuntimeLine } from "./runtime-line.ts";

type Call = ParsedCall<RuntimeLine>;
type Problem = readonly [code: string, problem: string, advice: string];

/** What is wrong with the runtimes of a stage: its base, the donors, and two of one language. */
export function checkRuntimes(stage: StageView, calls: readonly Call[]): Diagnostic[] {
  return calls.flatMap((call, index) => {
    const { args } = call;
    const problem = baseProblem(stage, call) ?? secondProblem(call, calls.slice(0, index)) ?? donorProblem(stage, args);
    if (problem) return [diagnostic("error", problem, problemSpan(problem, args))];
    const unpinned = unpinnedProblem(stage, args);
    return unpinned ? [diagnostic("warning", unpinned, args.word.span)] : [];
  });
}

function diagnostic(severity: Diagnostic["severity"], [code, problem, advice]: Problem, span: Span): Diagnostic {
  return { code, severity, span, problem, advice };
}

function problemSpan([code]: Problem, { from, word }: RuntimeLine): Span {
  return from && (code === "DhiDonor" || code === "DhiRuntimeRelease") ? from.span : word.span;
}

function baseProblem({ base }: StageView, { args }: Call): Problem | undefined {
  if (base.libc === "none") {
    return [
      "DhiNoLoader",
      `${base.reference} has no C library and no loader, so no runtime can run on it`,
      "use a base with glibc, such as dhi.io/static:<date>-glibc or dhi.io/debian-base:trixie",
    ];
  }
  if (base.distro === undefined || base.release === undefined) {
    return [
      "DhiUnknownBase",
      `can't tell the distro and release of ${base.reference}`,
      "use a base whose /etc/os-release names them, such as a dhi.io image of Debian 13",
    ];
  }
  if (base.distro === "alpine") {
    return [
      "DhiRuntimeAlpine",
      `${base.reference} is Alpine, and DHI-RUNTIME serves Debian only`,
      `there a runtime is packages: write \`DHI-TOOL ${args.runtime.alpine(args.version)}\` (Alpine's release decides on the version), or use the base's tag for Debian`,
    ];
  }
  if (base.repository === args.runtime.repository) {
    return ["DhiRuntimeThere", `${base.reference} has ${args.runtime.language} already`, thereAdvice(base, args)];
  }
  if (base.builder === undefined) {
    return [
      "DhiNoBuilder",
      `no image is known that can work on ${base.distro} ${base.release}, the base's release`,
      "use a base of Debian 12 or 13",
    ];
  }
  return undefined;
}

/** What a runtime image leaves to its development image. */
function thereAdvice({ kind = [] }: ImageFacts, { name }: RuntimeLine): string {
  const more: Readonly<Record<string, string>> = {
    node: "its -dev tag has npm, npx, corepack and yarn, too",
    jdk: "its -jdk-dev tag has the JDK",
    ruby: "its -dev tag has gem and bundle, too",
  };
  const tools = kind.includes("runtime") ? more[name] : undefined;
  return `${tools ?? "leave the line out"}; the version is chosen by the base's tag`;
}

function secondProblem({ args }: Call, before: readonly Call[]): Problem | undefined {
  const other = before.find((one) => one.args.runtime.language === args.runtime.language);
  if (!other) return undefined;
  return [
    "DhiRuntimeTwice",
    `line ${other.line.call.instruction.line} brings ${other.args.word.value} already, and a stage has one ${args.runtime.language}`,
    "leave one of them out, or use a stage for each",
  ];
}

function donorProblem(stage: StageView, line: RuntimeLine): Problem | undefined {
  const { from } = line;
  if (!from) {
    const donor = stage.donor(donorWish(line));
    return donor.kind === "none" ? ["DhiRuntimeVersion", donor.problem, donor.advice] : undefined;
  }
  const lead = "name an image, or a stage above, that has the runtime";
  if (from.value === "scratch" || from.value.startsWith(reservedPrefix)) {
    return ["DhiDonor", `\`${from.value}\` has no runtime to lend`, lead];
  }
  const source = stage.source(from.value);
  if (source.kind === "none") return ["DhiDonor", source.problem, source.advice];
  const { base } = stage;
  const donor = stage.image(donorReference(stage, line) ?? "");
  if (donor?.libc !== undefined && base.libc !== undefined && donor.libc !== base.libc) {
    return [
      "DhiRuntimeRelease",
      `${from.value} has ${donor.libc}, and ${base.reference} has ${base.libc}: what is made for one does not run on the other`,
      `${lead} for ${base.distro} ${base.release}`,
    ];
  }
  if (donor?.release !== undefined && (donor.release !== base.release || donor.distro !== base.distro)) {
    return [
      "DhiRuntimeRelease",
      `${from.value} is ${donor.distro} ${donor.release}, and ${base.reference} is ${base.distro} ${base.release}: libraries of another release may not load`,
      `${lead} for ${base.distro} ${base.release}`,
    ];
  }
  return undefined;
}

function unpinnedProblem(stage: StageView, line: RuntimeLine): Problem | undefined {
  const { from, name, version } = line;
  if (from || version !== undefined) return undefined;
  const donor = stage.donor(donorWish(line));
  if (donor.kind === "none") return undefined;
  return [
    "DhiRuntimeUnpinned",
    `${name} names no version, so the newest one is taken, ${donor.version} today`,
    `write \`${name}:${donor.version}\`, so that the next release does not change the build`,
  ];
}
