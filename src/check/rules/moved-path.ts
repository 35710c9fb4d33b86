import { envAssignments } from "../../parse/assignments.ts";
import { commandText } from "../command-text.ts";
import { mayReach } from "../copied.ts";
import { type Declared, declaredOf } from "../declared.ts";
import { invocationsOf } from "../invocations.ts";
import type { Edit, Problem, Rule } from "../rule.ts";
import type { FileView, StageView, State, Step } from "../stage-view.ts";
import { finalState, startedBy } from "../start.ts";

/** Paths that hold for the official images only. */
export const movedPath: Rule = {
  name: "DhiMovedPath",
  severity: "error",
  summary: "the path of an interpreter in the official image, which is another one here",
  docs: `Official images keep \`node\` and \`python3\` in /usr/local/bin; hardened ones made of Docker's packages have them in /usr/bin. Microsoft's images have .NET in /usr/share/dotnet, hardened
ones do not, and JAVA_HOME of eclipse-temurin is not \`/opt/java/openjdk\`. A start command, a health check or a RUN with such a path fails with \`no such file or directory\`.

Write the program's name without a path, so that PATH finds it; \`check --fix\` does so where the command is in exec form. Leave JAVA_HOME and DOTNET_ROOT to the image.

Paths also differ from release to release of one tag, so a base that a digest pins is left alone, as is a path that a line of the file fills.`,
  looksAt: "hardened",
  bad: [
    {
      title: "Start commands and a health check",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nHEALTHCHECK CMD ["/usr/local/bin/node", "/app/health.js"]\nENTRYPOINT ["/usr/local/bin/node"]\nCMD ["server.js"]\n',
      lines: [2, 3],
      fixed:
        'FROM dhi.io/node:22-debian13\nHEALTHCHECK CMD ["node", "/app/health.js"]\nENTRYPOINT ["node"]\nCMD ["server.js"]\n',
    },
    {
      title: "python, in a stage with a shell and in one without",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13-dev AS build\nRUN /usr/local/bin/python3.13 -m venv /venv\n\nFROM dhi.io/python:3.13-debian13\nCMD ["/usr/local/bin/python", "/app/main.py"]\n',
      lines: [2, 5],
      fixed:
        'FROM dhi.io/python:3.13-debian13-dev AS build\nRUN /usr/local/bin/python3.13 -m venv /venv\n\nFROM dhi.io/python:3.13-debian13\nCMD ["python3", "/app/main.py"]\n',
    },
    {
      title: "Homes",
      dockerfile:
        'FROM dhi.io/eclipse-temurin:21-debian13\nENV A=b JAVA_HOME=/opt/java/openjdk\nCMD ["/opt/java/openjdk/bin/java", "-jar", "/app.jar"]\n',
      lines: [2, 3],
      fixed:
        'FROM dhi.io/eclipse-temurin:21-debian13\nENV A=b JAVA_HOME=/opt/java/openjdk\nCMD ["java", "-jar", "/app.jar"]\n',
    },
    {
      title: ".NET",
      dockerfile:
        'FROM dhi.io/aspnetcore:10-debian13\nENV DOTNET_ROOT=/usr/share/dotnet\nENTRYPOINT ["/usr/share/dotnet/dotnet", "/app/web.dll"]\n',
      lines: [2, 3],
      fixed:
        'FROM dhi.io/aspnetcore:10-debian13\nENV DOTNET_ROOT=/usr/share/dotnet\nENTRYPOINT ["dotnet", "/app/web.dll"]\n',
    },
  ],
  good: [
    {
      title: "By name, and by the path that holds here",
      dockerfile:
        'FROM dhi.io/node:22-debian13 AS one\nCMD ["/usr/bin/node", "server.js"]\n\nFROM dhi.io/ruby:3.4-debian13 AS two\nCMD ["/usr/local/bin/ruby", "app.rb"]\n\nFROM dhi.io/node:22-debian13\nCMD ["node", "server.js"]\n',
    },
    {
      title: "A path that a line of the file fills",
      dockerfile:
        'FROM node:22 AS official\n\nFROM dhi.io/python:3.13-debian13 AS one\nCOPY --from=official /usr/local/bin/ /usr/local/bin/\nCMD ["/usr/local/bin/node", "server.js"]\n\nFROM dhi.io/node:22-debian13\nCMD ["/usr/local/bin/node", "server.js"]\nCOPY --from=official /usr/local/bin/node /usr/local/bin/node\n',
    },
    {
      title: "A pinned image, and Debian 12, which have other paths",
      dockerfile:
        'FROM dhi.io/node:22-debian13@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS one\nCMD ["/usr/local/bin/node", "server.js"]\n\nFROM dhi.io/python:3.13-debian12\nENV JAVA_HOME=/opt/java/openjdk\nCMD ["/usr/local/bin/python3", "main.py"]\n',
    },
  ],
  *check(stage, file) {
    const declared = declaredOf(stage.base);
    const known = declared ? moves.filter(({ holds }) => holds(declared)) : [];
    if (known.length === 0) return;
    for (const step of stage.steps) {
      const problem = step.keyword === "ENV" ? home(step, known, stage, file) : called(step, known, stage, file);
      if (problem) yield problem;
    }
  },
};

interface Move {
  /** The path in the official image. */
  readonly path: RegExp;
  /** The name by which PATH finds the program here. */
  readonly program: string;
  /** A variable with the folder of the official image. */
  readonly home?: { readonly name: string; readonly value: string };
  /** Whether an image has it elsewhere. */
  holds(declared: Declared): boolean;
}

const packaged = (pattern: RegExp) => (declared: Declared) => declared.packages.some((name) => pattern.test(name));

const moves: readonly Move[] = [
  { path: /^\/usr\/local\/bin\/node(?:js)?$/, program: "node", holds: packaged(/^nodejs-\d+$/) },
  { path: /^\/usr\/local\/bin\/python(?:3(?:\.\d+)?)?$/, program: "python3", holds: packaged(/^python-3\.\d+$/) },
  {
    path: /^\/usr\/share\/dotnet\/dotnet$/,
    program: "dotnet",
    home: { name: "DOTNET_ROOT", value: "/usr/share/dotnet" },
    holds: ({ repository }) => repository === "dotnet" || repository === "aspnetcore",
  },
  {
    path: /^\/opt\/java\/openjdk\/bin\/java$/,
    program: "java",
    home: { name: "JAVA_HOME", value: "/opt/java/openjdk" },
    holds: ({ repository }) => repository === "eclipse-temurin",
  },
];

function called(step: Step, known: readonly Move[], stage: StageView, file: FileView): Problem | undefined {
  const starts = step.keyword !== "RUN";
  if (starts && !(stage.runs && step.counts)) return undefined;
  const state = starts ? (finalState(file) ?? step.before) : step.before;
  for (const { program: path, span } of starts ? startedBy(step, file) : invocationsOf(step)) {
    const move = known.find((one) => one.path.test(path));
    if (!move || mayFill(path, state, step, stage)) continue;
    return {
      span,
      message: `\`${path}\` is the official image's path, and this image has \`${move.program}\` elsewhere (by the catalogue of ${file.catalogDate})`,
      suggestion: `write \`${move.program}\``,
      ...(step.keyword === "HEALTHCHECK" ? { severity: "warning" } : {}),
      ...fixOf(step, path, move.program),
    };
  }
  return undefined;
}

/** The exec form with the program's name. */
function fixOf(step: Step, path: string, program: string): { fix?: Edit[] } {
  const command = commandText(step);
  const [first, ...rest] = command?.exec ?? [];
  if (!command || first !== path) return {};
  const span = step.part(command.start, command.end);
  const text = `[${[program, ...rest].map((word) => JSON.stringify(word)).join(", ")}]`;
  return span.start.line === span.end.line ? { fix: [{ span, text }] } : {};
}

function home(step: Step, known: readonly Move[], stage: StageView, file: FileView): Problem | undefined {
  for (const { name, value } of envAssignments(step.instruction.text, file.parsed.escape) ?? []) {
    const move = known.find((one) => one.home?.name === name);
    if (!move?.home || step.value(value)?.replace(/\/$/, "") !== move.home.value) continue;
    if (mayFill(move.home.value, stage.end, step, stage)) continue;
    return {
      span: step.span,
      message: `\`${name}=${move.home.value}\` is the official image's folder, and not this one's (by the catalogue of ${file.catalogDate})`,
      suggestion: `leave ${name} out`,
      severity: "warning",
    };
  }
  return undefined;
}

/** True when a line may put something at a path: a copy there or above it, another runtime, a command that names it. */
function mayFill(path: string, state: State, own: Step, stage: StageView): boolean {
  const copied = state.copies().some((copy) => mayReach(copy, path) || (copy.destination ?? "").startsWith(`${path}/`));
  return copied || state.calls().some(({ word }) => word === "DHI-RUNTIME") || named(path, own, stage);
}

const texts = new WeakMap<StageView, readonly { readonly step: Step; readonly text: string }[]>();

/** The shell commands of a stage, each with its heredocs. */
function textsOf(stage: StageView) {
  const found =
    texts.get(stage) ??
    stage.steps.flatMap((step) => {
      const { keyword, call, instruction } = step;
      if (keyword !== "RUN" && call?.word !== "DHI-RUN") return [];
      return { step, text: [instruction.text, ...instruction.heredocs.map(({ body }) => body)].join("\n") };
    });
  texts.set(stage, found);
  return found;
}

/** True when a command of the stage names a path, that of `own` aside. */
function named(path: string, own: Step, stage: StageView): boolean {
  const here = textsOf(stage).some(({ step, text }) => step !== own && text.includes(path));
  return here || (stage.parent !== undefined && named(path, own, stage.parent));
}
