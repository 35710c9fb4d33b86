import type { ImageFacts } from "../model.ts";
import type { Copy, FileView, StageView } from "./stage-view.ts";

const named = new WeakMap<FileView, Map<string, ImageFacts>>();
const own = new WeakMap<StageView, readonly Copy[]>();

/** The COPY and ADD lines of a stage itself, without those of the stages that it continues. */
export function ownCopies(stage: StageView): readonly Copy[] {
  const known = own.get(stage) ?? stage.end.copies().slice(stage.start.copies().length);
  own.set(stage, known);
  return known;
}

/** What is known of the image that a copy takes files from: that of the stage, or the named one. Undefined for the build context, and where a variable names it. */
export function copiedFrom(copy: Copy, file: FileView): ImageFacts | undefined {
  if (copy.stage !== undefined) return file.stages[copy.stage]?.base;
  if (copy.image === undefined || copy.image.includes("$")) return undefined;
  const images = named.get(file) ?? new Map<string, ImageFacts>();
  named.set(file, images);
  const facts = images.get(copy.image) ?? file.image(copy.image);
  images.set(copy.image, facts);
  return facts;
}

/** True when a copy may put something at a path: there, or at a folder above it, or nobody knows where. */
export function mayReach({ destination }: Copy, path: string): boolean {
  const folder = destination?.replace(/\/$/, "");
  return folder === undefined || path === folder || path.startsWith(`${folder}/`);
}
