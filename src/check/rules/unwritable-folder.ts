import { posix } from "node:path";
import { isJsonForm } from "../../parse/command.ts";
import { wordsFrom } from "../../parse/words.ts";
import { ownerOf, workdirOf } from "../folder-owner.ts";
import type { Problem, Rule } from "../rule.ts";
import type { FileView, StageView, Step, UserState } from "../stage-view.ts";
import { finalStage } from "../start.ts";

/** Folders to write in that the user can't write in. */
export const unwritableFolder: Rule = {
  name: "DhiUnwritableFolder",
  severity: "warning",
  summary: "a volume or working directory that belongs to root, and a user who is not root",
  docs: `A hardened runtime image does not run as root, so the application can write only where its user may. A VOLUME that names a folder which nothing has made, or which COPY has made from the build context,
belongs to root, and what the application writes there fails with \`permission denied\`. So does a WORKDIR that was made under \`USER root\`; that is \`info\`, for an application that only reads its own
folder is as it should be. In hardened node images /app is root's from the start.

Let WORKDIR make the folder while the application's user is in force, for it gives a new folder to that user: \`WORKDIR /data\` above the VOLUME, then \`WORKDIR /app\` again. Or copy into it with
\`COPY --chown\`. Code that comes from the build context without \`--chown\` belongs to root, and is best left so: nothing is said of it.

Nothing is said where a RUN or DHI-RUN may have made the folder, where it comes from another stage (files keep their owner then), nor where the image may bring it.`,
  looksAt: "any",
  bad: [
    {
      title: "Volumes that nobody has made, and that COPY has made",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nCOPY seed.db /data/\nCOPY app /app\nVOLUME ["/var/lib/state", "/tmp"]\nVOLUME /data\nCMD ["python3", "/app/main.py"]\n',
      lines: [4, 5],
    },
    {
      title: "Working directories of root",
      dockerfile:
        'FROM dhi.io/node:22-debian13 AS base\nWORKDIR /app\n\nFROM dhi.io/python:3.13-debian13\nUSER root\nWORKDIR /srv/work\nUSER nonroot\nCMD ["python3", "main.py"]\n',
      lines: [6],
    },
    {
      title: "The folder of hardened node images",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nWORKDIR /app\nCOPY . .\nCOPY --chown=node cache ./cache\nCMD ["node", "server.js"]\n',
      lines: [2],
    },
  ],
  good: [
    {
      title: "Folders of the user",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nWORKDIR /data\nCOPY --chown=nonroot empty /cache/x/\nWORKDIR /srv\nCOPY app .\nVOLUME /data /cache\nVOLUME ["/srv/sub", "/tmp/x"]\nCMD ["python3", "main.py"]\n',
    },
    {
      title: "Folders that a command or the image makes, and a path from outside",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/redis:8.6 AS one\nVOLUME /data\n\nFROM dhi.io/nginx:1.30 AS two\nVOLUME /var/cache/nginx\n\nFROM dhi.io/python:3.13-debian13\nARG DATA\nDHI-RUN mkdir -p /state && chown nonroot /state\nVOLUME $DATA /state\nCMD ["python3", "main.py"]\n',
    },
    {
      title: "Root, a development image, and one of which nothing is known",
      dockerfile:
        "ARG BASE\nFROM $BASE AS one\nVOLUME /data\n\nFROM dhi.io/python:3.13-debian13-dev AS two\nVOLUME /data\n\nFROM dhi.io/tailscale:1\nVOLUME /data\nWORKDIR /srv\n",
    },
    {
      title: "A whole tree, and an archive, whose owners are not known",
      dockerfile:
        'FROM scratch\nCOPY --from=x /state /state\nCOPY rootfs /\nADD data.tar /data\nUSER 1000\nVOLUME /data /state\nENTRYPOINT ["/app"]\n',
    },
  ],
  *check(stage, file) {
    const user = stage.runs ? finalStage(file)?.end.user : undefined;
    if (user?.root !== false) return;
    for (const step of stage.steps) {
      if (step.keyword === "VOLUME") yield* volumes(step, stage, file, user);
      else if (step.keyword === "WORKDIR" && step.counts) yield* workdir(step, stage, file, user);
    }
  },
};

function* volumes(step: Step, stage: StageView, file: FileView, user: UserState): Iterable<Problem> {
  const { rest } = step.command;
  const words = isJsonForm(rest) ? (JSON.parse(rest) as string[]) : wordsFrom(rest, 0, file.parsed.escape);
  const last = finalStage(file) ?? stage;
  const paths = words.flatMap((word) => {
    const value = step.value(word);
    return value?.startsWith("/") ? posix.normalize(value).replace(/(.)\/$/, "$1") : [];
  });
  const path = paths.find((one) => ownerOf(one, last) === "root");
  if (path === undefined) return;
  yield {
    span: step.span,
    message: `the volume \`${path}\` will belong to root, and \`${user.text}\` can't write there`,
    suggestion: `let WORKDIR make it for the user in force: \`WORKDIR ${path}\` above the VOLUME, and the WORKDIR of the application after it`,
  };
}

/** The folder in force, when this very line, or the image, has made it root's. */
function* workdir(step: Step, stage: StageView, file: FileView, user: UserState): Iterable<Problem> {
  const path = workdirOf(step);
  const { before } = step;
  if (path === undefined || path === "/" || path !== finalStage(file)?.end.workdir) return;
  const made = before.user?.root === true && before.copies().length === 0;
  const inherited = stage.base?.workdir === path;
  if (!(made || inherited) || ownerOf(path, stage, step) !== "root" || ownerOf(path, stage) !== "root") return;
  yield {
    span: step.span,
    severity: "info",
    message: `the working directory \`${path}\` belongs to root, and \`${user.text}\` can't write there`,
    suggestion:
      "leave it so if the application only reads there; a folder to write in is made by WORKDIR under the application's user",
  };
}
