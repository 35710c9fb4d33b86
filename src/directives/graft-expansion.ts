import type { DirectiveCall } from "../model.ts";
import type { Builder, Expansion, GeneratedLines, GeneratedStage, ParsedCall, StageView } from "./directive.ts";
import { builderOf } from "./graft-check.ts";
import { type GraftSteps, graftSteps } from "./graft-distros.ts";
import { architectureArguments, architectureEnvironment, baseStage, scriptMount, stageName } from "./graft-stage.ts";
import type { PackageLine } from "./package-line.ts";
import { spelled } from "./package-words.ts";
import { sonameTable } from "./soname-table.ts";

type Call = ParsedCall<PackageLine>;

/** All lines of a stage as one closure: a stage that is its base, a builder, and a COPY at the first line. */
export function expandGraft(stage: StageView, calls: readonly Call[]): Expansion {
  const [first, ...others] = calls;
  const { distro } = stage.base;
  if (!first || distro === undefined) return { stages: [], replacements: new Map(), grafts: [], scripts: {} };
  const steps = graftSteps[distro];
  const kind = calls.some(({ line }) => line.call.word === "DHI-NATIVE") ? "native" : "tool";
  const name = stageName(kind, stage);
  const lines = calls.map((call) => call.line.call);
  const base = baseStage(stage, lines);
  const builder = builderOf(stage, calls) ?? "";
  const replacements = new Map<DirectiveCall, GeneratedLines[]>();
  replacements.set(first.line.call, [{ text: `COPY --link --from=${name} /out/ /\n` }]);
  for (const other of others) {
    replacements.set(other.line.call, [{ text: `# ${other.line.label}: part of the closure copied above\n` }]);
  }
  return {
    stages: [
      base,
      {
        name,
        note: builderNote(stage, builder),
        calls: lines,
        lines: [...builderLines(name, builder, stage, calls), ...stepLines(steps, base, stage, calls)],
      },
    ],
    replacements,
    grafts: [name],
    scripts: {
      [steps.graft.file]: steps.graft.scripts,
      [steps.proof.file]: steps.proof.scripts,
      ...sonameTable(stage.base).scripts,
    },
  };
}

/** The builder of these calls, for other stages of ours. */
export function graftBuilder(stage: StageView, calls: readonly Call[]): Builder | undefined {
  const image = builderOf(stage, calls);
  return image === undefined ? undefined : { image, lines: (name) => builderLines(name, image, stage, calls) };
}

function builderNote({ base }: StageView, builder: string): string {
  const distro = `${(base.distro ?? "").replace(/^./, (letter) => letter.toUpperCase())} ${base.release}`;
  const assumed = base.origins.release === "assumed" || base.origins.distro === "assumed" ? " (assumed)" : "";
  return `packages of ${distro}${assumed}, taken with ${builder}`;
}

/**
 * The builder's FROM and what it needs before the steps. An image runs on the build's own platform; a stage was built for whatever platform it
 * has. What the user names may have a shell of its own for RUN, which ours are not written for.
 */
function builderLines(name: string, builder: string, stage: StageView, calls: readonly Call[]): GeneratedLines[] {
  const from = calls.map(({ args }) => args.from).find((one) => one !== undefined);
  const isStage = from !== undefined && stage.source(from.value).kind === "stage";
  const shell = from === undefined ? "" : 'SHELL ["/bin/sh", "-c"]\n';
  return [
    {
      text: `FROM ${isStage ? "" : "--platform=$BUILDPLATFORM "}${builder} AS ${name}\n`,
      shared: `builder ${builder}`,
    },
    { text: `${shell}${architectureArguments(stage)}USER 0:0\n`, step: "builder" },
  ];
}

function stepLines(
  { graft, proof, access, scratch }: GraftSteps,
  base: GeneratedStage,
  stage: StageView,
  calls: readonly Call[],
): GeneratedLines[] {
  const target = `--mount=type=bind,from=${base.name},target=/target`;
  const ancestors = stage.ancestorGrafts.map(
    (ancestor, index) => `--mount=type=bind,from=${ancestor},source=/out,target=/have/${index}`,
  );
  const run = (...parts: string[]) => `RUN ${parts.join(` ${stage.escape}\n    `)}\n`;
  const snapshot = calls.map(({ args }) => args.snapshot).find((one) => one !== undefined);
  const pinned = snapshot ? ` --snapshot ${snapshot.value}` : "";
  return [
    {
      text: run(
        scriptMount(graft.file, "graft.sh"),
        target,
        ...ancestors,
        ...scratch,
        ...access,
        `${architectureEnvironment(stage)}sh /dhi/graft.sh --release ${stage.base.release}${pinned}`,
        ...calls.map(commandLine),
      ),
      step: "packages",
    },
    {
      text: run(
        "--network=none",
        scriptMount(proof.file, "proof.sh"),
        ...sonameTable(stage.base).mounts,
        `${target},rw`,
        ...ancestors,
        "sh /dhi/proof.sh",
        ...calls.map(({ line, args }) => `--line ${line.call.word} ${args.packages.map(spelled).join(" ")}`),
      ),
      step: "proof",
    },
  ];
}

/** Patterns stand in single quotes, which no pattern can hold (flag-values.ts); nothing else here means anything to a shell. */
function commandLine({ line, args }: Call): string {
  return [
    `--line ${line.call.word}`,
    ...(args.recommends ? ["--recommends"] : []),
    ...(args.allowShell ? ["--allow-shell"] : []),
    ...args.with.map(({ value }) => `--with '${value}'`),
    ...args.without.map(({ value }) => `--without '${value}'`),
    ...args.packages.map(spelled),
  ].join(" ");
}
