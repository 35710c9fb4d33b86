import type { Diagnostic } from "../diagnostic.ts";
import { changesScripts, shellScripts } from "../graft/scripts.ts";
import type { DirectiveCall } from "../model.ts";
import type {
  Expansion,
  Family,
  GeneratedLines,
  GeneratedStage,
  ParsedCall,
  StageCut,
  StageView,
} from "./directive.ts";
import { graftSteps } from "./graft-distros.ts";
import { baseStage, reservedPrefix, scriptMount, stageName } from "./graft-stage.ts";
import type { RunLine } from "./run.ts";

type Call = ParsedCall<RunLine>;

/**
 * Runs commands in a stage. Where it has a shell, each line becomes a RUN. Elsewhere a stage lends a static shell; the command runs in a throw-away
 * stage on top of the lines above it, and a COPY brings what it changed; or, in place, in the stage itself.
 */
export const runFamily: Family<RunLine> = { check, expand };

function check(stage: StageView, calls: readonly Call[]): Diagnostic[] {
  return calls.flatMap(({ line, args, settings }) => {
    const found: Diagnostic[] = [];
    const error = (code: string, span: Diagnostic["span"], problem: string, advice: string) =>
      found.push({ code, severity: "error", ...(span ? { span } : {}), problem, advice });
    const { from } = args;
    if (stage.base.shell === true && from) {
      const problem = `--from has no meaning here: ${stage.base.reference} has a shell, which the command is run with`;
      error("DhiFlagInPlace", from.span, problem, "leave it out");
    } else if (from) {
      const source = stage.source(from.value);
      if (source.kind === "none") error("DhiBuilder", from.span, source.problem, source.advice);
      else if (from.value === "scratch" || from.value.startsWith(reservedPrefix))
        error("DhiBuilder", from.span, `\`${from.value}\` can't lend a shell`, "name an image with a static busybox");
    } else if (stage.base.shell !== true && stage.base.builder === undefined) {
      const problem = `no image is known that could lend ${stage.base.reference} a shell`;
      error("DhiNoBuilder", line.span, problem, "name one with --from, such as --from=dhi.io/debian-base:trixie-dev");
    }
    if (args.user !== undefined && (args.inPlace || stage.base.shell === true) && settings.user === undefined) {
      const problem = `can't tell the user of ${stage.base.reference}, who would have to be restored`;
      error("DhiUser", line.span, problem, "write USER lines around it instead of --user");
    }
    return found;
  });
}

function expand(stage: StageView, calls: readonly Call[]): Expansion {
  const replacements = new Map<DirectiveCall, readonly GeneratedLines[]>();
  const nothing = { stages: [], grafts: [], scripts: {} };
  if (stage.base.shell === true) {
    for (const call of calls) replacements.set(call.line.call, [{ text: asUser(call, plainRun(call)) }]);
    return { ...nothing, replacements };
  }
  const stages = new Map<string, GeneratedStage>();
  const cuts = new Map<DirectiveCall, StageCut>();
  const clean = calls.filter(({ args }) => !args.inPlace);
  for (const call of calls) {
    const lender = lenderOf(stage, call, calls);
    stages.set(lender.name, lender);
    if (call.args.inPlace) {
      replacements.set(call.line.call, [{ text: asUser(call, lentRun(stage, call, lender.name)) }]);
      continue;
    }
    const number = clean.indexOf(call) + 1;
    const part = `${stageName("part", stage)}--${number}`;
    const changes = `${stageName("changes", stage)}--${number}`;
    const ran = ranStage(stage, call, part, lender.name, number);
    cuts.set(call.line.call, {
      part,
      stages: [ran, changesStage(stage, call, { part, ran: ran.name, name: changes })],
    });
    replacements.set(call.line.call, [{ text: `${call.settings.hiding}COPY --link --from=${changes} /out/ /\n` }]);
  }
  const base =
    clean.length > 0
      ? [
          baseStage(
            stage,
            clean.map(({ line }) => line.call),
          ),
        ]
      : [];
  return {
    stages: [...base, ...stages.values()],
    replacements,
    grafts: [],
    scripts: {
      "shell.sh": { entry: "shell.sh", files: shellScripts },
      ...(clean.length > 0 ? { "changes.sh": { entry: "changes.sh", files: changesScripts } } : {}),
    },
    cuts,
  };
}

/** The stage that lends the shell: one for all lines that name the same image. */
function lenderOf(stage: StageView, call: Call, calls: readonly Call[]): GeneratedStage {
  const images = [...new Set(calls.map((one) => imageOf(stage, one)))];
  const image = imageOf(stage, call);
  const index = images.indexOf(image);
  const name = `${stageName("shell", stage)}${index === 0 ? "" : `--${index + 1}`}`;
  const platform = stage.baseFrom.platform === undefined ? "" : `--platform=${stage.baseFrom.platform} `;
  const shell = call.args.from ? 'SHELL ["/bin/sh", "-c"]\n' : "";
  const { access } = graftSteps[stage.base.distro ?? "debian"];
  const mounts = [scriptMount("shell.sh"), ...access, "sh /dhi/shell.sh"];
  return {
    name,
    note: `the shell that ${image} lends stage ${stage.name}`,
    calls: calls.filter((one) => imageOf(stage, one) === image).map(({ line }) => line.call),
    lines: [
      { text: `FROM ${platform}${image} AS ${name}\n`, step: `shell of ${image}` },
      { text: `${shell}USER 0:0\n`, step: "shell" },
      { text: `RUN ${mounts.join(` ${stage.escape}\n    `)}\n`, step: "shell" },
    ],
  };
}

/** A stage's name may be written in any case; FROM takes it in one. */
function imageOf(stage: StageView, { args: { from } }: Call): string {
  if (!from) return stage.base.builder ?? "";
  const source = stage.source(from.value);
  return source.kind === "stage" ? source.name : from.value;
}

function ranStage(stage: StageView, call: Call, part: string, lender: string, number: number): GeneratedStage {
  const name = `${stageName("run", stage)}--${number}`;
  const user = call.args.user === undefined ? "" : `USER ${call.args.user}\n`;
  return {
    name,
    note: `runs the command on the lines above it; only what it changes is copied`,
    calls: [call.line.call],
    lines: [
      { text: `FROM ${part} AS ${name}\n` },
      { text: `${call.settings.hiding}${user}${lentRun(stage, call, lender)}` },
    ],
  };
}

function changesStage(
  stage: StageView,
  call: Call,
  { part, ran, name }: { readonly part: string; readonly ran: string; readonly name: string },
): GeneratedStage {
  const image = stage.base.builder ?? imageOf(stage, call);
  const isStage = stage.base.builder === undefined && stage.source(image).kind === "stage";
  const mounts = [
    "--network=none",
    scriptMount("changes.sh"),
    `--mount=type=bind,from=${stageName("base", stage)},target=/base`,
    `--mount=type=bind,from=${part},target=/before`,
    `--mount=type=bind,from=${ran},target=/after`,
    "sh /dhi/changes.sh",
  ];
  const shell = stage.base.builder === undefined ? 'SHELL ["/bin/sh", "-c"]\n' : "";
  return {
    name,
    note: "takes what the command changed",
    calls: [call.line.call],
    lines: [
      { text: `FROM ${isStage ? "" : "--platform=$BUILDPLATFORM "}${image} AS ${name}\n`, step: "changes" },
      { text: `${shell}USER 0:0\n`, step: "changes" },
      { text: `RUN ${mounts.join(` ${stage.escape}\n    `)}\n`, step: "changes" },
    ],
  };
}

/** The command with the lent shell, in the exec form: a shell form would go through the stage's /bin/sh. */
function lentRun(stage: StageView, { args: { flags, command } }: Call, lender: string): string {
  const mount = `--mount=type=bind,from=${lender},source=/shell,target=/dev/.dhi`;
  const words =
    command.kind === "exec" ? ["exec", ...command.words] : [command.kind === "script" ? "script" : "-c", command.text];
  const run = JSON.stringify(["/dev/.dhi/sh", "/dev/.dhi/dhi-run", ...words]);
  return `RUN ${[mount, ...flags, run].join(` ${stage.escape}\n    `)}\n`;
}

/** The user's own words and heredocs behind RUN. */
function plainRun({ line, args }: Call): string {
  const { heredocs } = line.call.instruction;
  const bodies = heredocs.map(({ body, name }) => `${body}${name}\n`);
  const [rest] = line.words;
  return `RUN ${[...args.flags, rest?.value ?? ""].join(" ")}\n${bodies.join("")}`;
}

function asUser({ args, settings }: Call, run: string): string {
  return args.user === undefined || settings.user === undefined
    ? run
    : `USER ${args.user}\n${run}USER ${settings.user.text}\n`;
}
