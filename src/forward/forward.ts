import type { Definition, Ref, Result } from "../gateway/messages.ts";
import { withOwnHead } from "../gateway/own-head.ts";
import { type InnerRequest, type Replacement, solveInner, solvePrinted } from "./inner.ts";
import { checkFailure, lint } from "./lint.ts";
import { remapDefinition, type Translation } from "./remap.ts";
import { settled } from "./settled.ts";
import { answerMappers } from "./subrequests/index.ts";
import { sendWarnings } from "./warnings.ts";

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
  const broken = checkFailure(report, translation);
  if (broken) throw broken;
  return solveAgain(request, built.value, (definition) => remapDefinition(definition, translation));
}

/**
 * Solves each definition of the result again, changed; image config, metadata and the rest stay. Attestations have definitions of the
 * same steps (an SBOM scan of the image): unchanged, they would tell of the printed file when a step fails.
 */
async function solveAgain(
  request: InnerRequest,
  result: Result,
  change: (definition: Definition) => Definition,
): Promise<Result> {
  // Two heads for one step are one step still, by its cache key; but without cache, or where attestations mount it, it would run twice.
  const shared = request.opts.has("no-cache") || Object.keys(result.attestations).length > 0;
  const own = shared ? (definition: Definition) => definition : withOwnHead;
  const solve = async (ref: Ref): Promise<Ref> => {
    if (!ref.def || ref.def.def.length === 0) return ref;
    const cacheImports = [...request.options.cacheImports];
    const solved = await request.gateway.solve({ definition: own(change(ref.def)), cacheImports });
    return solved.ref ?? ref;
  };
  const { refs } = result;
  const byPlatform = Object.entries(refs?.refs ?? {}).map(
    async ([platform, ref]) => [platform, await solve(ref)] as const,
  );
  const attestations = Object.values(result.attestations).flatMap(({ attestation }) => attestation);
  const attested = attestations.map(async (one) => {
    if (one.ref) one.ref = await solve(one.ref);
  });
  if (result.ref) result.ref = await solve(result.ref);
  if (refs) refs.refs = Object.fromEntries(await Promise.all(byPlatform));
  await Promise.all(attested);
  return result;
}
