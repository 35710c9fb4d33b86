import { DiagnosticError } from "../diagnostic.ts";
import type { ImageFacts, ParsedFile, Platform } from "../model.ts";
import type { StageScopes } from "../parse/scope.ts";
import type { FactsSource } from "../resolve/facts.ts";
import { catalogFacts } from "../resolve/from-catalog.ts";
import { type Mirror, parseReference } from "../resolve/reference.ts";
import { stageBase } from "../resolve/stage-base.ts";

/** Whom to ask, and about what. */
export interface FactsRequest {
  readonly facts: FactsSource;
  readonly platform: Platform;
  readonly mirrors: readonly Mirror[];
  /** The stages that are looked at; all of them without. */
  readonly stages: ReadonlySet<number> | undefined;
  /** Ask about hardened images only, as a build does: others are told by their names. */
  readonly hardenedOnly: boolean;
}

/**
 * Facts of the images that the stages' chains of FROM end in, by index of the stage that names them. An image that can't be had is told by its name and the
 * catalogue: whoever builds will say that it is missing.
 */
export async function baseFacts(
  parsed: ParsedFile,
  scopes: StageScopes,
  request: FactsRequest,
): Promise<Map<number, ImageFacts>> {
  const bases = new Map<number, { readonly reference: string; readonly platform: Platform }>();
  for (const { index } of parsed.stages) {
    if (request.stages && !request.stages.has(index)) continue;
    const base = stageBase(parsed, index, scopes.froms);
    if (!base || scopes.froms[base.root.index]?.problem !== undefined) continue;
    if (base.reference === "" || !(base.reference === "scratch" || parseReference(base.reference))) continue;
    bases.set(base.root.index, { reference: base.reference, platform: base.platform ?? request.platform });
  }
  const answers = new Map<string, Promise<ImageFacts>>();
  const found = [...bases].map(async ([index, { reference, platform }]) => {
    const key = JSON.stringify([reference, platform]);
    const answer = answers.get(key) ?? factsOf(reference, platform, request);
    answers.set(key, answer);
    return [index, await answer] as const;
  });
  return new Map(await Promise.all(found));
}

async function factsOf(reference: string, platform: Platform, request: FactsRequest): Promise<ImageFacts> {
  const byName = catalogFacts(reference, request.mirrors);
  if (reference === "scratch" || (request.hardenedOnly && !byName.hardened)) return byName;
  try {
    return await request.facts.image(reference, platform);
  } catch (error) {
    if (error instanceof DiagnosticError) return byName;
    throw error;
  }
}
