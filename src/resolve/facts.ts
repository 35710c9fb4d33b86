import type { FactOrigin, ImageFacts, Platform } from "../model.ts";

/** Whoever can tell facts about images: the builder, a registry, or the catalogue. Same answer for the same question. */
export interface FactsSource {
  /** Facts of an image; an image that nobody knows gives facts with what is unknown left out, not an error. */
  image(reference: string, platform?: Platform): Promise<ImageFacts>;
}

/** The facts that a source can tell. */
export type Facts = Partial<Omit<ImageFacts, "reference" | "origins">>;

/** Some facts and where they come from. */
export interface Layer {
  readonly origin: FactOrigin;
  readonly facts: Facts;
}

/**
 * Lays facts over each other: for each fact the first layer that knows it wins. Notes of all layers are kept. What is
 * in no layer stays unknown; `env` is then empty and `hardened` false.
 */
export function mergeFacts(reference: string, layers: readonly Layer[]): ImageFacts {
  const facts: Record<string, unknown> = {};
  const origins: Record<string, FactOrigin> = {};
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer.facts)) {
      if (value === undefined || name === "notes" || name in facts) continue;
      facts[name] = value;
      origins[name] = layer.origin;
    }
  }
  const notes = [...new Set(layers.flatMap(({ facts: { notes = [] } }) => notes))];
  return { hardened: false, env: [], ...facts, reference, origins, ...(notes.length > 0 && { notes }) };
}

/** Asks `ask` once for each image and platform, however often and however soon the question is repeated. */
export function remembering(ask: FactsSource["image"]): FactsSource {
  const answers = new Map<string, Promise<ImageFacts>>();
  return {
    image(reference, platform) {
      const key = JSON.stringify([reference, platform]);
      const known = answers.get(key) ?? ask(reference, platform);
      answers.set(key, known);
      return known;
    },
  };
}
