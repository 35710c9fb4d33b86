import type { Diagnostic } from "../diagnostic.ts";
import { verifyScripts } from "../graft/scripts.ts";
import type { DirectiveCall } from "../model.ts";
import type { Builder, Expansion, Family, GeneratedLines, ParsedCall, StageStart, StageView } from "./directive.ts";
import { architectureArguments, architectureEnvironment, baseStage, scriptMount, stageName } from "./graft-stage.ts";
import { sonameTable } from "./soname-table.ts";
import type { VerifyLine } from "./verify.ts";

type Call = ParsedCall<VerifyLine>;

/**
 * Cuts a stage behind the user's last line: the lines become a stage of their own, the check looks at that, and the stage under its own name
 * is there only when the check has passed.
 */
export const verifyFamily: Family<VerifyLine> = { implied: true, check, expand };

function check(stage: StageView, calls: readonly Call[]): Diagnostic[] {
  const [first] = calls;
  const asking = calls.find(({ args }) => !args.off);
  const off = calls.find(({ args }) => args.off);
  if (asking && off) {
    const problem = `${off.line.label} in line ${off.line.call.instruction.line} contradicts ${asking.line.label} in line ${asking.line.call.instruction.line}`;
    const span = (off === first ? asking : off).line.span;
    return [
      { code: "DhiConflictingFlags", severity: "error", span, problem, advice: "leave one of the two lines out" },
    ];
  }
  if (!asking || builderOf(stage) !== undefined) return [];
  const problem = `${stage.base.reference} can't be checked: no image is known that has a shell for its distro and release`;
  return [{ code: "DhiNothingToVerify", severity: "warning", span: asking.line.span, problem }];
}

/** The image whose shell runs the check: that of the stage's packages, else the one that the base has; undefined when none is known. */
function builderOf(stage: StageView): Builder | undefined {
  const { reference, distro, release, builder } = stage.base;
  if (stage.builder || reference === "scratch") return stage.builder;
  if (distro === undefined || release === undefined || builder === undefined) return undefined;
  return {
    image: builder,
    lines: (name) => [
      { text: `FROM --platform=$BUILDPLATFORM ${builder} AS ${name}\n`, shared: `builder ${builder}` },
      { text: `${architectureArguments(stage)}USER 0:0\n`, step: "builder" },
    ],
  };
}

function expand(stage: StageView, calls: readonly Call[]): Expansion {
  const builder = builderOf(stage);
  const off = calls.some(({ args }) => args.off);
  // Without a C library there is nothing that a loader could miss; a line may ask for what else can be told.
  const nothing = calls.length === 0 && stage.base.libc === "none";
  if (builder === undefined || off || nothing) return unchecked(calls, off);
  const lines = calls.map(({ line }) => line.call);
  const body = stageName("body", stage);
  const name = stageName("verify", stage);
  const base = baseStage(stage, lines);
  const sonames = sonameTable(stage.base);
  const mounts = [
    "--network=none",
    scriptMount("verify.sh"),
    ...sonames.mounts,
    `--mount=type=bind,from=${base.name},target=/base`,
    `--mount=type=bind,from=${body},target=/target,rw`,
    commandLine(stage, calls),
  ];
  return {
    stages: [base],
    replacements: comments(calls, "looked at behind the stage's last line"),
    grafts: [],
    scripts: {
      "verify.sh": { entry: "verify.sh", files: verifyScripts },
      ...sonames.scripts,
    },
    check: {
      body,
      stage: {
        name,
        note: `checks what stage ${stage.name} adds to ${stage.base.reference}, with ${builder.image}`,
        calls: lines,
        lines: [...builder.lines(name), { text: `RUN ${mounts.join(` ${stage.escape}\n    `)}\n` }],
      },
      gate: { text: `COPY --from=${name} /empty/ /\n`, step: "passed" },
    },
  };
}

function unchecked(calls: readonly Call[], off: boolean): Expansion {
  const note = off ? "this stage is not checked" : "this stage can't be checked";
  return { stages: [], replacements: comments(calls, note), grafts: [], scripts: {} };
}

function comments(calls: readonly Call[], note: string): Map<DirectiveCall, GeneratedLines[]> {
  return new Map(calls.map(({ line }) => [line.call, [{ text: `# ${line.label}: ${note}\n` }]]));
}

function commandLine(stage: StageView, calls: readonly Call[]): string {
  const paths = [...new Set(calls.flatMap(({ args }) => args.paths.map(({ value }) => value)))];
  const without = [...new Set(calls.flatMap(({ args }) => args.without.map(({ value }) => value)))];
  return [
    `${architectureEnvironment(stage)}sh /dhi/verify.sh`,
    ...startFlags(stage.start),
    // Patterns hold no single quote (flag-values.ts).
    ...without.map((pattern) => `--without '${pattern}'`),
    ...(paths.length > 0 ? ["--", ...paths.map(coded)] : []),
  ].join(" ");
}

function startFlags({ user, workdir, path, libraryPath, program }: StageStart): string[] {
  const given: [string, string | undefined][] = [
    ["user", user],
    ["workdir", program && workdir],
    ["path", path],
    ["library-path", libraryPath],
    [program?.instruction.toLowerCase() ?? "", program?.word],
    ["shell-form", program?.shellForm ? "yes" : undefined],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${coded(value)}`]));
}

/** A value that may hold anything, as a word that means nothing to a shell or a Dockerfile: other bytes become % and three octal digits. */
function coded(value: string): string {
  const bytes = [...new TextEncoder().encode(value)];
  const word = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9_./:@+=,-]/.test(character) ? character : `%${byte.toString(8).padStart(3, "0")}`;
  });
  return word.join("") || "''";
}
