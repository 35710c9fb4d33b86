import { type CommandText, commandText } from "../command-text.ts";
import { lendsShell } from "../mounts.ts";
import { programAt, shellOf } from "../programs.ts";
import type { Problem, Rule } from "../rule.ts";
import { plainWords } from "../shell-words.ts";
import type { FileView, StageView, Step } from "../stage-view.ts";
import { entrypointOf, finalState } from "../start.ts";

/** Commands that are given to a shell where there is none. */
export const shellForm: Rule = {
  name: "DhiShellForm",
  severity: "error",
  summary: "a command in shell form, in an image without a shell",
  docs: `A command that is not a JSON array is given to \`/bin/sh -c\`, or to what SHELL names. Most hardened runtime images have no shell, so RUN fails in the
build, and CMD, ENTRYPOINT and HEALTHCHECK fail when the container starts: \`exec: "/bin/sh": stat /bin/sh: no such file or directory\`. An array that is not valid JSON
(single quotes, a comma at its end) counts as shell form, too.

Write the exec form: a JSON array of the program and its arguments. It knows no variables, patterns, \`&&\` or redirections; what needs them belongs into the program, or into a stage with a
shell. For RUN there are two more ways: run the command in a \`-dev\` stage and copy the result, or write \`DHI-RUN\`, which lends the step a shell.

\`check --fix\` writes the exec form where the command is one program with plain words, which then means the same.

CMD, ENTRYPOINT and HEALTHCHECK are looked at where they are in force: in the stage that is built last, or the target.`,
  looksAt: "any",
  bad: [
    {
      title: "A start command",
      dockerfile: "FROM dhi.io/node:22-debian13\nCOPY server.js ./\nCMD node server.js\n",
      lines: [3],
      fixed: 'FROM dhi.io/node:22-debian13\nCOPY server.js ./\nCMD ["node", "server.js"]\n',
    },
    {
      title: "An array that is not JSON, and a health check",
      dockerfile:
        "FROM dhi.io/python:3.13-debian13\nCOPY app /app\nHEALTHCHECK --interval=30s CMD python3 /app/health.py\nENTRYPOINT ['python3', '/app/main.py']\n",
      lines: [3, 4],
      fixed:
        "FROM dhi.io/python:3.13-debian13\nCOPY app /app\nHEALTHCHECK --interval=30s CMD [\"python3\", \"/app/health.py\"]\nENTRYPOINT ['python3', '/app/main.py']\n",
    },
    {
      title: "A RUN with a shell that is not there",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nSHELL ["/bin/bash", "-c"]\nRUN mkdir -p /app/data && chown node /app/data\n',
      lines: [2, 3],
    },
    {
      title: "A script for a shell",
      dockerfile: "FROM dhi.io/node:22-debian13\nRUN <<SCRIPT\n#!/bin/bash\necho hello\nSCRIPT\n",
      lines: [2],
    },
    {
      title: "The words of an entrypoint",
      dockerfile: 'FROM dhi.io/node:22-debian13\nCOPY server.js ./\nENTRYPOINT ["node"]\nCMD server.js --verbose\n',
      lines: [4],
    },
  ],
  good: [
    {
      title: "Shell form where there is a shell, exec form where there is none",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM dhi.io/node:22-debian13\nCOPY --from=build /app /app\nCMD ["node", "server.js"]\n',
    },
    {
      title: "A script with an interpreter that the image has",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nRUN <<SCRIPT\n#!/usr/bin/node\nrequire("fs").mkdirSync("/tmp/x");\nSCRIPT\nCMD ["node", "server.js"]\n',
    },
    {
      title: "A shell that comes below the line that needs it",
      dockerfile:
        "FROM dhi.io/python:3.13-debian13\nCMD python3 main.py\nCOPY --from=dhi.io/busybox:1 /bin/sh /bin/sh\n",
    },
    {
      title: "A lent shell",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/node:22-debian13\nDHI-RUN mkdir -p /app/data && chown node /app/data\nCMD ["node", "server.js"]\n',
    },
  ],
  *check(stage, file) {
    for (const step of stage.steps) {
      const problem = problemOf(asItStarts(step, file), stage, file);
      if (problem) yield problem;
    }
  },
};

const starting: ReadonlySet<string> = new Set(["CMD", "ENTRYPOINT", "HEALTHCHECK"]);

/** What starts finds all that the stage has in the end, lines below it too. */
function asItStarts(step: Step, file: FileView): Step {
  const end = starting.has(step.keyword) && step.counts ? finalState(file) : undefined;
  return end ? { ...step, before: { ...end, ownShell: step.before.ownShell } } : step;
}

function problemOf(step: Step, { runs }: StageView, file: FileView): Problem | undefined {
  const command = commandText(step);
  if (!command || (starting.has(step.keyword) && !(runs && step.counts))) return undefined;
  if (step.keyword === "SHELL") return shellProblem(step, command);
  if (command.exec || (step.keyword === "RUN" && lendsShell(step))) return undefined;
  const interpreter = interpreterOf(step, command);
  if (interpreter !== undefined) return scriptProblem(step, interpreter);
  const { there, origin, program } = shellOf(step);
  if (there !== false) return undefined;
  const broken = command.text.startsWith("[") ? ", for it is no valid JSON" : "";
  const what = step.keyword === "HEALTHCHECK" ? "HEALTHCHECK CMD" : step.keyword;
  // An entrypoint would take the words of the exec form as its arguments.
  const taken = step.keyword === "CMD" && entrypointOf(file).words?.length !== 0;
  const words = taken ? undefined : exact(step, command);
  return {
    span: step.span,
    message: `${what} is in shell form${broken}, and ${program} is not in this image (by ${origin})`,
    suggestion: words ? `write \`${what} ${json(words)}\`` : advice(step.keyword),
    ...(words ? { fix: [{ span: step.part(command.start, command.end), text: json(words) }] } : {}),
  };
}

/** A SHELL whose program is not there. */
function shellProblem(step: Step, { exec }: CommandText): Problem | undefined {
  const [program] = exec ?? [];
  if (program === undefined) return undefined;
  const { there, origin } = programAt(step.before, program);
  if (there !== false) return undefined;
  return {
    span: step.span,
    message: `SHELL names ${program}, which is not in this image (by ${origin})`,
    suggestion: "leave SHELL out, and write commands in exec form",
  };
}

/** The words of a command that means the same without a shell, where its program may be there, all of it on one line. */
function exact(step: Step, { text, start, end }: CommandText): string[] | undefined {
  const words = step.instruction.heredocs.length > 0 ? undefined : plainWords(text);
  const { start: from, end: to } = step.part(start, end);
  const [program] = words ?? [];
  if (!words || program === undefined || from.line !== to.line) return undefined;
  const { there } = programAt(step.before, program);
  return there === false || (step.keyword === "RUN" && there !== true) ? undefined : words;
}

/** The interpreter of a heredoc that is a script of its own: it runs that, not a shell (BuildKit dockerfile2llb/convert.go, dispatchRun). */
function interpreterOf({ instruction: { heredocs } }: Step, { text }: CommandText): string | undefined {
  const [heredoc] = heredocs;
  if (!heredoc || heredocs.length > 1 || !/^\d*<<-?\s*(["']?)[^\s"']+\1$/.test(text)) return undefined;
  const body = heredoc.chomp ? heredoc.body.replace(/^\t+/, "") : heredoc.body;
  return /^#![ \t]*(\S+)/.exec(body)?.[1];
}

/** A script whose interpreter is not there. */
function scriptProblem(step: Step, interpreter: string): Problem | undefined {
  const { there, origin } = programAt(step.before, interpreter);
  if (there !== false) return undefined;
  return {
    span: step.span,
    message: `the script begins with #!${interpreter}, and ${interpreter} is not in this image (by ${origin})`,
    suggestion: advice(step.keyword),
  };
}

function json(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
}

function advice(keyword: string): string {
  if (keyword === "RUN") {
    return "run it in a `-dev` stage and copy the result, or write `DHI-RUN` in the place of `RUN`";
  }
  const example =
    keyword === "HEALTHCHECK" ? 'HEALTHCHECK CMD ["node", "health.js"]' : `${keyword} ["node", "server.js"]`;
  return `write the program and its arguments as a JSON array, such as \`${example}\``;
}
