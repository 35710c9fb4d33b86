import { originOf } from "../programs.ts";
import type { Rule } from "../rule.ts";
import { userOfBase } from "../users.ts";

/** Root where the image has a user of its own. */
export const rootUser: Rule = {
  name: "DhiRootUser",
  severity: "warning",
  summary: "root as the user that a hardened runtime image starts with",
  docs: `Hardened runtime images run as a user of their own, who may change little. \`USER root\` as the last word takes that back: whoever takes over the application owns the
container. Often the line is left over from steps that needed root.

Switch back with the user that the image has (the finding names it), or leave USER out. Files get their owner where they come in, with \`COPY --chown\`; a step that needs root is \`DHI-RUN --user=0\`. Images
that run as root by their nature, and \`-dev\` images, are left alone.`,
  looksAt: "hardened",
  bad: [
    {
      title: "Left over",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/node:22-debian13\nUSER root\nDHI-RUN mkdir /data && chown node /data\nCMD ["node", "server.js"]\n',
      lines: [3],
    },
    {
      title: "By its number, in a stage that the last one continues",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13 AS base\nUSER 0:0\n\nFROM base\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n',
      lines: [2],
    },
  ],
  good: [
    {
      title: "Root for a while",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/node:22-debian13\nUSER root\nDHI-RUN mkdir /data && chown node /data\nUSER node\nCMD ["node", "server.js"]\n',
    },
    {
      title: "Root in the stage that builds, and a user that only the build knows",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13-dev AS build\nUSER root\nRUN apt-get update\n\nFROM dhi.io/python:3.13-debian13\nARG UID\nUSER $UID\nCMD ["python3", "/app/main.py"]\n',
    },
    { title: "An image whose own user is root", dockerfile: "FROM dhi.io/tailscale:1\nUSER root\n" },
    { title: "The empty base", dockerfile: 'FROM scratch\nUSER 0\nCOPY app /app\nENTRYPOINT ["/app"]\n' },
  ],
  *check({ final, base, end }, { catalogDate }) {
    const own = base && userOfBase(base);
    const user = end.user;
    if (!final || !base || own?.root !== false || user?.root !== true || !user.step) return;
    yield {
      span: user.step.span,
      message: `the container runs as root, and the image's own user is \`${own.text}\` (by ${originOf(base, "user", catalogDate)})`,
      suggestion: `end the stage with \`USER ${own.text}\`, or leave USER out`,
    };
  },
};
