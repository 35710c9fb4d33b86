import type { DirectiveCall } from "../model.ts";
import type { GeneratedStage, StageView } from "./directive.ts";

/** Every generated stage begins with this; a user's stage in a file that uses directives must not. */
export const reservedPrefix = "dhi--";

/** The stage that holds the scripts. */
export const scriptsStage = `${reservedPrefix}scripts`;

/** Name of the stage that a directive generates for a user's stage: `dhi--native--final`. */
export function stageName(word: string, stage: StageView): string {
  return `${reservedPrefix}${word}--${stage.slug}`;
}

/** A stage that is nothing but the external base of the user's stage, for the platform of that stage. */
export function baseStage(stage: StageView, calls: readonly DirectiveCall[]): GeneratedStage {
  const name = stageName("base", stage);
  const platform = stage.baseFrom.platform === undefined ? "" : `--platform=${stage.baseFrom.platform} `;
  const note = `the base of stage ${stage.name}`;
  return {
    name,
    note,
    calls,
    lines: [{ text: `FROM ${platform}${stage.baseFrom.image} AS ${name}\n`, step: "base image" }],
  };
}

/** Mounts one file of the scripts stage as /dhi/<file>, or under another name there. */
export function scriptMount(file: string, as = file): string {
  return `--mount=type=bind,from=${scriptsStage},source=/${file},target=/dhi/${as}`;
}

/** Mounts a build secret as a file, when the build has it. */
export function secretMount(id: string, target: string): string {
  return `--mount=type=secret,id=${id},target=${target},required=false`;
}

/** The ARG line that brings the architecture into a generated stage; empty when FROM fixed it. */
export function architectureArguments(stage: StageView): string {
  const { architecture } = stage;
  return architecture.kind === "argument" ? `ARG ${architecture.architecture} ${architecture.variant}\n` : "";
}

/** The assignments before a script's command line: scripts read TARGETARCH and TARGETVARIANT. */
export function architectureEnvironment(stage: StageView): string {
  const { architecture } = stage;
  if (architecture.kind === "fixed") {
    return `TARGETARCH=${architecture.architecture} TARGETVARIANT=${architecture.variant ?? ""} `;
  }
  if (architecture.architecture === "TARGETARCH") return "";
  return `TARGETARCH=$${architecture.architecture} TARGETVARIANT=$${architecture.variant} `;
}
