import { type Accounts, accountsOf } from "../accounts.ts";
import type { Problem, Rule } from "../rule.ts";
import type { FileView, Step } from "../stage-view.ts";

/** Users and groups that an image does not have. */
export const unknownUser: Rule = {
  name: "DhiUnknownUser",
  severity: "error",
  summary: "a user or group that the image does not have",
  docs: `Hardened images have few accounts: runtime images the one that they run as, which is \`node\` (1000) for node, \`nonroot\` (65532) for most others. \`USER www-data\` or
\`USER appuser\` lets the container fail at its start (\`unable to find user\`), and \`COPY --chown=app:app\` fails in the build. The programs that make accounts are not there either.

Write the user that the image has, or numbers, which need no account: \`USER 65532\`, \`COPY --chown=65532:65532\`.

What an image has is what the catalogue declares. Numbers, \`root\` and \`nobody\` are fine. For \`-dev\` images this is a warning, since their accounts vary. Nothing is said where a line of
the stage may make accounts: \`useradd\`, a package manager, a copy of /etc/passwd.`,
  looksAt: "hardened",
  bad: [
    {
      title: "The official image's user, and an invented one",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nCOPY --chown=app:app . /app\nADD --chown=nonroot:www-data site /site\nUSER www-data\nCMD ["python3", "/app/main.py"]\n',
      lines: [2, 3, 4],
    },
    {
      title: "The user of most hardened images, where another one is",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nCOPY --chown=developer . /app\nRUN npm ci\n\nFROM dhi.io/node:22-debian13\nARG OWNER=nonroot\nCOPY --from=build --chown=$OWNER /app /app\nUSER nonroot:nonroot\nCMD ["node", "server.js"]\n',
      lines: [2, 7, 8],
    },
  ],
  good: [
    {
      title: "The image's user, numbers, root, and a value from outside",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nCOPY --chown=node:node . /app\nUSER nonroot\n\nFROM dhi.io/node:22-debian13\nARG OWNER\nCOPY --from=build --chown=$OWNER /app /app\nCOPY --chown=root:0 etc /opt/etc\nUSER 1234:1234\nUSER node:node\nCMD ["node", "server.js"]\n',
    },
    {
      title: "Accounts that the file makes",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nRUN echo "app:x:1234:1234::/:/none" >> /etc/passwd\nUSER app\n\nFROM dhi.io/static:20250419 AS one\nCOPY --from=build /etc/passwd /etc/passwd\nUSER app\n\nFROM one\nUSER app\nENTRYPOINT ["/app"]\n',
    },
    {
      title: "Accounts of Alpine, of an image that has more than one, and of a group that nginx has",
      dockerfile:
        "FROM dhi.io/python:3.13-alpine3.23 AS one\nUSER guest\n\nFROM dhi.io/etcd:3.6 AS two\nUSER etcd\n\nFROM dhi.io/nginx:1.30\nCOPY --chown=nginx:www-data site /usr/share/nginx/html\n",
    },
    {
      title: "Images that nothing is known of",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13-fips AS one\nUSER app\n\nFROM scratch\nCOPY app /app\nUSER app\nENTRYPOINT ["/app"]\n',
    },
  ],
  *check(stage, file) {
    let accounts: Accounts | undefined;
    for (const step of stage.steps) {
      const named = nameIn(step);
      if (named === undefined) continue;
      accounts ??= accountsOf(stage);
      const problem = accounts && problemOf(step, named, accounts, file);
      if (!accounts) return;
      if (problem) yield problem;
    }
  },
};

/** The `user[:group]` of a line; undefined when it has none that is known. */
function nameIn(step: Step): string | undefined {
  if (step.keyword === "USER") return step.value(step.command.rest);
  if (step.keyword !== "COPY" && step.keyword !== "ADD") return undefined;
  const chown = step.command.flags.findLast(({ name }) => name === "chown")?.value;
  return chown === undefined ? undefined : step.value(chown);
}

function problemOf(step: Step, text: string, accounts: Accounts, { catalogDate }: FileView): Problem | undefined {
  const [user = "", group = ""] = text.split(":");
  const unknown = (kind: "user" | "group", name: string) =>
    name !== "" && !/^\d+$/.test(name) && !accounts.mayBe(kind, name) ? `${kind} \`${name}\`` : undefined;
  const what = unknown("user", user) ?? unknown("group", group);
  if (what === undefined) return undefined;
  const { own, complete } = accounts;
  return {
    span: step.span,
    message: `this image has no ${what} (by the catalogue of ${catalogDate})`,
    suggestion: `write \`${step.keyword === "USER" ? `USER ${own}` : `--chown=${own}`}\`, or a number`,
    ...(complete ? {} : { severity: "warning" }),
  };
}
