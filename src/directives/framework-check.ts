import type { Diagnostic } from "../diagnostic.ts";
import type { ParsedCall, StageView } from "./directive.ts";
import { type FrameworkLine, sdkWish, taggedVersion } from "./framework-line.ts";
import { reservedPrefix } from "./graft-stage.ts";

type Call = ParsedCall<FrameworkLine>;
type Problem = readonly [code: string, problem: string, advice: string];

/** What is wrong with the frameworks of a stage, and the base that would do without the line. */
export function checkFrameworks(stage: StageView, calls: readonly Call[]): Diagnostic[] {
  return calls.flatMap(({ args }, index): Diagnostic[] => {
    const { word, from } = args;
    const error =
      baseProblem(stage, args) ?? repeated(args, calls.slice(0, index)) ?? donorProblem(stage, args) ?? undefined;
    if (error) {
      const [code, problem, advice] = error;
      const span = code === "DhiDonor" && from ? from.span : word.span;
      return [{ code, severity: "error", span, problem, advice }];
    }
    const better = suggestedBase(stage, args);
    if (better === undefined) return [];
    const problem = `${better} has ASP.NET Core already, in the form that Docker maintains`;
    const advice = `write \`FROM ${better}\` and leave this line out`;
    return [{ code: "DhiFrameworkBase", severity: "warning", span: word.span, problem, advice }];
  });
}

function baseProblem(stage: StageView, line: FrameworkLine): Problem | undefined {
  const { base } = stage;
  const { framework, word } = line;
  if (base.distro === "alpine") {
    const problem = `${base.reference} is Alpine, and DHI-FRAMEWORK serves Debian only`;
    const better = suggestedBase(stage, line);
    const advice = better ? `use ${better}, which has ASP.NET Core, or ` : "";
    return ["DhiRuntimeAlpine", problem, `${advice}use the base's tag for Debian`];
  }
  if (base.distro === undefined || base.release === undefined || base.builder === undefined) {
    const problem = `can't tell the distro and release of ${base.reference}`;
    return ["DhiUnknownBase", problem, "use a base such as dhi.io/dotnet:10.0-debian13"];
  }
  const isAspNet = framework === "Microsoft.AspNetCore.App";
  if (isAspNet && (base.repository === "aspnetcore" || (base.repository === "dotnet" && base.kind?.includes("sdk")))) {
    return ["DhiFrameworkThere", `${base.reference} has ${word.value} already`, "leave the line out"];
  }
  // An image of the user's own has the labels of the one that it was built on, and may have .NET all the same: the build will tell.
  const named = base.repository !== undefined && (base.origins.repository ?? "image") !== "image";
  if (named && base.repository !== "dotnet" && base.repository !== "aspnetcore") {
    const problem = `${base.reference} has no .NET runtime, which ${framework} needs`;
    return ["DhiFrameworkBase", problem, "use a base such as dhi.io/dotnet:10.0-debian13"];
  }
  return undefined;
}

function repeated({ framework }: FrameworkLine, before: readonly Call[]): Problem | undefined {
  const other = before.find(({ args }) => args.framework === framework);
  if (!other) return undefined;
  const { line } = other.line.call.instruction;
  return ["DhiFrameworkTwice", `line ${line} brings ${framework} already`, "leave one of them out"];
}

function donorProblem(stage: StageView, line: FrameworkLine): Problem | undefined {
  const { from } = line;
  const lead = "name the stage or image of a .NET SDK with --from";
  if (!from) {
    const wish = sdkWish(stage, line);
    if (!wish) return ["DhiFrameworkVersion", `no version is named, neither here nor by ${stage.base.reference}`, lead];
    const donor = stage.donor(wish);
    return donor.kind === "none" ? ["DhiFrameworkVersion", donor.problem, donor.advice] : undefined;
  }
  if (from.value === "scratch" || from.value.startsWith(reservedPrefix)) {
    return ["DhiDonor", `\`${from.value}\` has no framework to lend`, lead];
  }
  const source = stage.source(from.value);
  return source.kind === "none" ? ["DhiDonor", source.problem, source.advice] : undefined;
}

/** The image of ASP.NET Core that a hardened .NET base of this version could be. */
function suggestedBase(stage: StageView, { framework, version }: FrameworkLine): string | undefined {
  const { base } = stage;
  const wanted = taggedVersion(base.reference) ?? version;
  if (framework !== "Microsoft.AspNetCore.App" || base.repository !== "dotnet" || wanted === undefined)
    return undefined;
  const found = stage.donor({ repository: "aspnetcore", version: wanted, development: false, example: "10.0" });
  return found.kind === "image" ? found.reference : undefined;
}
