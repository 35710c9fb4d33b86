import { runtimeProofScripts, runtimeScripts } from "../graft/scripts.ts";
import type { DirectiveCall } from "../model.ts";
import type { Expansion, GeneratedLines, GeneratedStage, ParsedCall, StageView } from "./directive.ts";
import { architectureArguments, architectureEnvironment, baseStage, scriptMount, stageName } from "./graft-stage.ts";
import { donorReference, type RuntimeLine } from "./runtime-line.ts";
import { runtimeVariables, searchPath } from "./runtime-variables.ts";

type Call = ParsedCall<RuntimeLine>;

/** Each line as a graft of its own: the donor, a builder that finds the runtime in it, and a COPY with the variables at the line's place. */
export function expandRuntimes(stage: StageView, calls: readonly Call[]): Expansion {
  const base = baseStage(
    stage,
    calls.map(({ line }) => line.call),
  );
  const stages: GeneratedStage[] = [base];
  const replacements = new Map<DirectiveCall, GeneratedLines[]>();
  const grafts: string[] = [];
  for (const call of calls) {
    const name = stageName(`runtime-${call.args.name}`, stage);
    stages.push(...donorStages(stage, call), builderStage(name, base.name, stage, call, grafts));
    grafts.push(name);
    replacements.set(call.line.call, [
      { text: `COPY --link --from=${name} /out/ /\n` },
      ...runtimeVariables(stage, call.args),
    ]);
  }
  return {
    stages,
    replacements,
    grafts,
    scripts: {
      "runtime.sh": { entry: "runtime.sh", files: runtimeScripts },
      "runtime-proof.sh": { entry: "runtime-proof.sh", files: runtimeProofScripts },
    },
  };
}

/** The stage that lends the runtime: the user's own, or one that is nothing but the image, for the platform of the stage. */
function donorName(stage: StageView, { from, name }: RuntimeLine): string {
  const source = from && stage.source(from.value);
  return source?.kind === "stage" ? source.name : stageName(`donor-${name}`, stage);
}

function donorStages(stage: StageView, { line, args }: Call): GeneratedStage[] {
  if (args.from && stage.source(args.from.value).kind === "stage") return [];
  const image = donorReference(stage, args) ?? "";
  const name = donorName(stage, args);
  const platform = stage.baseFrom.platform === undefined ? "" : `--platform=${stage.baseFrom.platform} `;
  return [
    {
      name,
      note: `the image that lends ${args.name}`,
      calls: [line.call],
      lines: [{ text: `FROM ${platform}${image} AS ${name}\n`, step: `donor ${image}` }],
    },
  ];
}

function builderStage(
  name: string,
  base: string,
  stage: StageView,
  { line, args }: Call,
  earlier: readonly string[],
): GeneratedStage {
  const builder = stage.base.builder ?? "";
  const target = `--mount=type=bind,from=${base},target=/target`;
  const have = [...stage.ancestorGrafts, ...earlier].map(
    (graft, index) => `--mount=type=bind,from=${graft},source=/out,target=/have/${index}`,
  );
  const run = (...parts: string[]) => `RUN ${parts.join(` ${stage.escape}\n    `)}\n`;
  const path = searchPath(stage.image(donorReference(stage, args) ?? "")?.env ?? []);
  const word = `--runtime ${args.name} ${args.word.value}`;
  return {
    name,
    note: `${args.name} out of its donor`,
    calls: [line.call],
    lines: [
      { text: `FROM --platform=$BUILDPLATFORM ${builder} AS ${name}\n`, shared: `builder ${builder}` },
      { text: `${architectureArguments(stage)}USER 0:0\n`, step: "builder" },
      {
        text: run(
          "--network=none",
          scriptMount("runtime.sh"),
          target,
          `--mount=type=bind,from=${donorName(stage, args)},target=/donor`,
          ...have,
          `${architectureEnvironment(stage)}sh /dhi/runtime.sh --release ${stage.base.release}${path === "" ? "" : ` --path ${path}`} ${word}`,
        ),
        step: "files",
      },
      {
        text: run(
          "--network=none",
          scriptMount("runtime-proof.sh"),
          `${target},rw`,
          ...have,
          `sh /dhi/runtime-proof.sh ${word}`,
        ),
        step: "proof",
      },
    ],
  };
}
