import type { Result } from "../../gateway/messages.ts";
import type { Translation } from "../remap.ts";
import { mapConvertedLlb } from "./convert-llb.ts";
import { mapLint } from "./lint.ts";
import { mapOutline } from "./outline.ts";
import { mapTargets } from "./targets.ts";

/** How the Dockerfile frontend's answer about the printed file becomes one about the user's, by the request's id. */
export const answerMappers: Readonly<Record<string, (result: Result, translation: Translation) => Result>> = {
  "frontend.lint": mapLint,
  "frontend.outline": mapOutline,
  "frontend.targets": mapTargets,
  "frontend.convertllb": mapConvertedLlb,
};
