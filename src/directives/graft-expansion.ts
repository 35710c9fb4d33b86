import { graftScripts, proofScripts } from "../graft/scripts.ts";
import type { DirectiveCall } from "../model.ts";
import type { Expansion, GeneratedLines, GeneratedStage, ParsedCall, StageView } from "./directive.ts";
import { builderOf } from "./graft-check.ts";
import {
  architectureArguments,
  architectureEnvironment,
  baseStage,
  scriptMount,
  secretMount,
  stageName,
} from "./graft-stage.ts";
import type { PackageLine } from "./package-line.ts";
import { spelled } from "./package-words.ts";

type Call = ParsedCall<PackageLine>;

/** What a company may have to lend the builder, and where the scripts look for it. */
const access = ["apt-sources", "apt-auth", "proxy", "ca"].map((name) =>
  secretMount(`dhi-${name}`, `/dhi/access/${name.replace("apt-", "")}`),
);

/** All lines of a stage as one closure: a stage that is its base, a builder, and a COPY at the first line. */
export function expandGraft(stage: StageView, calls: readonly Call[]): Expansion {
  const [first, ...others] = calls;
  if (!first) return { stages: [], replacements: new Map(), grafts: [], scripts: {} };
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
      { name, note: builderNote(stage, builder), calls: lines, lines: graftLines(name, base, builder, stage, calls) },
    ],
    replacements,
    grafts: [name],
    scripts: {
      "graft.sh": { entry: "debian.sh", files: graftScripts },
      "proof.sh": { entry: "proof.sh", files: proofScripts },
    },
  };
}

function builderNote({ base }: StageView, builder: string): string {
  const distro = `${(base.distro ?? "").replace(/^./, (letter) => letter.toUpperCase())} ${base.release}`;
  const assumed = base.origins.release === "assumed" || base.origins.distro === "assumed" ? " (assumed)" : "";
  return `packages of ${distro}${assumed}, taken with ${builder}`;
}

function graftLines(
  name: string,
  base: GeneratedStage,
  builder: string,
  stage: StageView,
  calls: readonly Call[],
): GeneratedLines[] {
  const target = `--mount=type=bind,from=${base.name},target=/target`;
  const ancestors = stage.ancestorGrafts.map(
    (graft, index) => `--mount=type=bind,from=${graft},source=/out,target=/have/${index}`,
  );
  const run = (...parts: string[]) => `RUN ${parts.join(` ${stage.escape}\n    `)}\n`;
  const snapshot = calls.map(({ args }) => args.snapshot).find((one) => one !== undefined);
  const words = [
    "sh /dhi/graft.sh",
    `--release ${stage.base.release}`,
    ...(snapshot ? [`--snapshot ${snapshot.value}`] : []),
  ];
  const graft = [
    scriptMount("graft.sh"),
    target,
    ...ancestors,
    ...access,
    `${architectureEnvironment(stage)}${words.join(" ")}`,
    ...calls.map(commandLine),
  ];
  const proof = [
    "--network=none",
    scriptMount("proof.sh"),
    `${target},rw`,
    ...ancestors,
    "sh /dhi/proof.sh",
    ...calls.map(({ line, args }) => `--line ${line.call.word} ${args.packages.map(spelled).join(" ")}`),
  ];
  return [
    { text: builderFrom(stage, calls, builder, name), step: `builder ${builder}` },
    { text: `${architectureArguments(stage)}USER 0:0\n`, step: "builder" },
    { text: run(...graft), step: "packages" },
    { text: run(...proof), step: "proof" },
  ];
}

/** An image runs on the build's own platform; a stage was built for whatever platform it has. */
function builderFrom(stage: StageView, calls: readonly Call[], builder: string, name: string): string {
  const from = calls.map(({ args }) => args.from).find((one) => one !== undefined);
  const source = from && stage.source(from.value);
  if (source?.kind !== "stage") return `FROM --platform=$BUILDPLATFORM ${builder} AS ${name}\n`;
  return `FROM ${builder} AS ${name}\n${source.ownShell ? 'SHELL ["/bin/sh", "-c"]\n' : ""}`;
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
