import type { Definition, Ref, Result } from "../gateway/messages.ts";
import { type InnerRequest, type Replacement, solveInner, solvePrinted } from "./inner.ts";
import { remapDefinition, type Translation } from "./remap.ts";
import { answerMappers } from "./subrequests/index.ts";
import { checkFailure, type LintReport, lintReport, sendWarnings } from "./warnings.ts";

const checkArgument = "build-arg:BUILDKIT_DOCKERFILE_CHECK";

/**
 * Hands a file without directives to the Dockerfile frontend, which reads it by itself: nothing differs from a stock build. The result's
 * definitions are solved once more as they are, because provenance tells of the request that solved them: it must be ours.
 */
export async function forwardUnchanged(request: InnerRequest): Promise<Result> {
  const result = await solveInner(request);
  return request.options.request ? result : solveAgain(request, result, (definition) => definition);
}

/**
 * Hands the printed file to the Dockerfile frontend and gives back its result in the user's lines and words.
 * Lint runs beside the build, since the Dockerfile frontend would send its warnings past us, in lines of the printed file.
 */
export async function forwardPrinted(
  request: InnerRequest,
  replacement: Replacement,
  translation: Translation,
): Promise<Result> {
  const { request: asked } = request.options;
  if (asked) {
    const answer = await solvePrinted(request, replacement);
    return answerMappers[asked]?.(answer, translation) ?? answer;
  }
  const building = settled(solvePrinted(request, replacement, { [checkArgument]: "skip=all" }));
  const report = await lint(request, replacement);
  await sendWarnings(request.gateway, report, translation);
  const built = await building;
  if ("error" in built) throw built.error;
  // `skip=all` also switched off `# check=error=true`: the lint says whether it would have failed.
  if (report.buildError) throw checkFailure(report.buildError, translation);
  return solveAgain(request, built.value, (definition) => remapDefinition(definition, translation));
}

/** A promise's outcome as a value, so that it can fail while something else is awaited. */
function settled<Value>(promise: Promise<Value>): Promise<{ value: Value } | { error: unknown }> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** What lint says of the printed file; nothing where BuildKit has no lint (before 0.14) or the file is wrong: the build itself says how. */
async function lint(request: InnerRequest, replacement: Replacement): Promise<LintReport> {
  const answer = await settled(solvePrinted(request, replacement, { requestid: "frontend.lint" }));
  return "value" in answer ? lintReport(answer.value) : {};
}

/** Solves each definition of the result again, changed; image config, attestations and the rest stay. */
async function solveAgain(
  request: InnerRequest,
  result: Result,
  change: (definition: Definition) => Definition,
): Promise<Result> {
  const solve = async (ref: Ref): Promise<Ref> => {
    if (!ref.def || ref.def.def.length === 0) return ref;
    const cacheImports = [...request.options.cacheImports];
    const solved = await request.gateway.solve({ definition: change(ref.def), cacheImports });
    return solved.ref ?? ref;
  };
  if (result.ref) result.ref = await solve(result.ref);
  const { refs } = result;
  if (refs) {
    const again = Object.entries(refs.refs).map(async ([platform, ref]) => [platform, await solve(ref)] as const);
    refs.refs = Object.fromEntries(await Promise.all(again));
  }
  return result;
}
