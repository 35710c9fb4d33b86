import type { ParsedFile, Platform, Stage } from "../model.ts";
import { parsePlatform } from "../parse/platform.ts";
import type { ResolvedFrom } from "../parse/stages.ts";

/** The external image that a stage's chain of FROM ends in. */
export interface StageBase {
  /** The stage whose FROM names the image. */
  readonly root: Stage;
  /** The reference after variables; `scratch` for the empty base. */
  readonly reference: string;
  /** The platform that FROM asks for, undefined when it is the target's. */
  readonly platform?: Platform;
  /** The stages between, nearest first: they have been expanded when this one is. */
  readonly ancestors: readonly number[];
}

/** Follows a stage's FROM through the user's other stages to the image at its end. */
export function stageBase(file: ParsedFile, stage: number, froms: readonly ResolvedFrom[]): StageBase | undefined {
  const ancestors: number[] = [];
  let at = stage;
  for (let parent = froms[at]?.stage; parent !== undefined; parent = froms[at]?.stage) {
    ancestors.push(parent);
    at = parent;
  }
  const root = file.stages[at];
  const from = froms[at];
  if (!root || !from) return undefined;
  const platform = from.platform === undefined ? undefined : parsePlatform(from.platform);
  return { root, reference: from.image, ancestors, ...(platform ? { platform } : {}) };
}
