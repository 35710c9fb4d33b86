import { nameOf } from "../invocations.ts";
import type { Rule } from "../rule.ts";
import { finalState, startedBy } from "../start.ts";

/** Shell scripts as start commands, where no shell is. */
export const shellScript: Rule = {
  name: "DhiShellScript",
  severity: "warning",
  summary: "a shell script that starts in an image without a shell",
  docs: `A script begins with the name of its interpreter, \`#!/bin/sh\` for most. Where that is missing the container stops at once, and the message blames the script:
\`exec /entrypoint.sh: no such file or directory\`. The exec form does not help, for it is the kernel that looks for the shell.

Let the application start directly. What the script did belongs into the application, into the build (\`DHI-RUN\`), or into what starts the container (its environment, an init container).

A script is told by its name (\`.sh\`, \`.bash\`), so this is a warning; its content is not looked at.`,
  looksAt: "any",
  bad: [
    {
      title: "An entrypoint script",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nCOPY --chmod=0755 entrypoint.sh /\nCOPY . /app\nHEALTHCHECK CMD ["/app/health.sh"]\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["node", "server.js"]\n',
      lines: [4, 5],
    },
    {
      title: "Behind an init program",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/python:3.13-debian13\nDHI-TOOL tini\nCOPY start.sh /app/\nENTRYPOINT ["tini", "--"]\nCMD ["/app/start.sh"]\n',
      lines: [6],
    },
  ],
  good: [
    {
      title: "Where a shell is, or comes",
      dockerfile:
        'FROM dhi.io/postgres:17-debian13 AS one\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n\nFROM dhi.io/node:22-debian13\nENTRYPOINT ["/start.sh"]\nCOPY start.sh /\nCOPY --from=dhi.io/busybox:1 /bin/sh /bin/sh\n',
    },
    {
      title: "A script as an argument, and one for the entrypoint",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nCOPY run.sh /app/\nENTRYPOINT ["python3", "/app/main.py"]\nCMD ["/app/run.sh"]\n',
    },
    {
      title: "Images that nothing is known of",
      dockerfile: 'ARG BASE\nFROM $BASE\nENTRYPOINT ["/start.sh"]\n',
    },
  ],
  *check(stage, file) {
    for (const step of stage.steps) {
      if (!(stage.runs && step.counts) || step.keyword === "RUN") continue;
      const call = startedBy(step, file).find(({ program, shellForm }) => !shellForm && /\.(?:ba)?sh$/.test(program));
      const shell = call && finalState(file)?.shell;
      if (!call || shell?.there !== false) continue;
      yield {
        span: call.span,
        message: `${step.keyword} starts the script \`${nameOf(call.program)}\`, and this image has no shell to run it (by ${shell.origin})`,
        suggestion: "start the application itself, and let it, or the build, do what the script does",
      };
    }
  },
};
