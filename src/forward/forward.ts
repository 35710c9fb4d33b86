import type { Definition, Ref, Result } from "../gateway/messages.ts";
import type { Printed, Source } from "../model.ts";
import { type InnerRequest, solveInner } from "./inner.ts";
import { remapDefinition, type Translation } from "./remap.ts";
import { checkFailure, type LintReport, lintReport, sendWarnings } from "./warnings.ts";

/** The user's Dockerfile with all that was found out about it. */
export interface ForwardedFile {
  readonly source: Source;
  readonly definition: Definition;
  readonly printed: Printed;
}

const checkArgument = "build-arg:BUILDKIT_DOCKERFILE_CHECK";

/** Hands a file without directives to the Dockerfile frontend, which reads it by itself: nothing differs from a stock build. */
export function forwardUnchanged(request: InnerRequest): Promise<Result> {
  return solveInner(request);
}

/**
 * Hands the printed file to the Dockerfile frontend and gives back its result in the user's lines and words.
 * Lint runs beside the build, since the Dockerfile frontend would send its warnings past us, in lines of the printed file.
 */
export async function forwardPrinted(request: InnerRequest, file: ForwardedFile): Promise<Result> {
  const translation: Translation = { printed: file.printed, user: file.source, definition: file.definition };
  const inner: InnerRequest = { ...request, dockerfile: file };
  if (request.options.request) return solveInner(inner);
  const building = settled(solveInner(inner, { [checkArgument]: "skip=all" }));
  const report = await lint(inner);
  await sendWarnings(request.gateway, report, translation);
  const built = await building;
  if ("error" in built) throw built.error;
  // `skip=all` also switched off `# check=error=true`: the lint says whether it would have failed.
  if (report.buildError) throw checkFailure(report.buildError, translation);
  return remapResult(request, built.value, translation);
}

/** A promise's outcome as a value, so that it can fail while something else is awaited. */
function settled<Value>(promise: Promise<Value>): Promise<{ value: Value } | { error: unknown }> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** What lint says of the printed file; nothing where BuildKit has no lint (before 0.14) or the file is wrong: the build itself says how. */
async function lint(inner: InnerRequest): Promise<LintReport> {
  const answer = await settled(solveInner(inner, { requestid: "frontend.lint" }));
  return "value" in answer ? lintReport(answer.value) : {};
}

/** Solves each definition of the result again with the user's source map; image config, attestations and the rest stay. */
async function remapResult(request: InnerRequest, result: Result, translation: Translation): Promise<Result> {
  if (result.ref) result.ref = await remapRef(request, result.ref, translation);
  const { refs } = result;
  if (refs) {
    const mapped = await Promise.all(
      Object.entries(refs.refs).map(
        async ([platform, ref]) => [platform, await remapRef(request, ref, translation)] as const,
      ),
    );
    refs.refs = Object.fromEntries(mapped);
  }
  return result;
}

async function remapRef(request: InnerRequest, ref: Ref, translation: Translation): Promise<Ref> {
  if (!ref.def) return ref;
  const definition = remapDefinition(ref.def, translation);
  const solved = await request.gateway.solve({ definition, cacheImports: [...request.options.cacheImports] });
  return solved.ref ?? ref;
}
