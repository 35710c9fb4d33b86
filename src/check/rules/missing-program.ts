import { staysAbsent } from "../absent.ts";
import { nameOf } from "../invocations.ts";
import { bringsPrograms } from "../mounts.ts";
import { isPackageManager } from "../package-managers.ts";
import { adviceFor } from "../program-advice.ts";
import { isOfficialOnly, providersOf } from "../program-table.ts";
import { programAt } from "../programs.ts";
import type { Problem, Rule } from "../rule.ts";
import type { FileView, StageView, State, Step } from "../stage-view.ts";
import { finalState, startedBy } from "../start.ts";

/** Programs that are called where they are not. */
export const missingProgram: Rule = {
  name: "DhiMissingProgram",
  severity: "error",
  summary: "a program that is not in the image",
  docs: `Hardened images hold what an application needs to run, and little else. Runtime images of Node.js have no \`npm\`, \`npx\`, \`yarn\` or \`corepack\`, those of Ruby
no \`gem\`, \`bundle\` or \`rake\`; hardly any has \`curl\` or \`wget\`, a shell, or \`useradd\`. A RUN that calls one fails in the build; a CMD or ENTRYPOINT fails when the container starts,
with \`executable file not found in $PATH\`; a HEALTHCHECK fails every time, so that the container never becomes healthy (which is a warning here, for it starts).

What there is comes from the packages that the catalogue declares for the tag, what directives bring and what is copied into the folders of PATH. Where that leaves it open, nothing is said:
after a RUN that may have installed something, in images that the catalogue does not list, and for programs that it knows nothing of. A command that the line makes up for (\`|| true\`, \`if\`)
is left alone, too.

Start the application with its own runtime (\`node server.js\` and not \`npm start\`), let a health check be a few lines of it, do what needs tools in a \`-dev\` stage, and bring a tool that
must be there with \`DHI-TOOL\`.`,
  looksAt: "any",
  bad: [
    {
      title: "npm in a runtime image, and a health check by curl",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\n\nFROM dhi.io/node:22-debian13\nCOPY --from=build /app /app\nHEALTHCHECK CMD ["curl", "-f", "http://localhost:3000/"]\nCMD ["npm", "start"]\n',
      lines: [8, 9],
    },
    {
      title: "A shell that is not there, behind tini",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/python:3.13-debian13\nDHI-TOOL tini\nCOPY app /app\nENTRYPOINT ["tini", "--", "sh", "-c", "python3 /app/main.py"]\n',
      lines: [5],
    },
    {
      title: "Runtime images with a shell, but without the tools",
      dockerfile:
        'FROM dhi.io/golang:1.26-debian13 AS one\nRUN mkdir -p /go/data && useradd app\n\nFROM dhi.io/golang:1.26-debian13 AS two\nRUN ["git", "clone", "https://example.com/app"]\n\nFROM dhi.io/golang:1.26-debian13 AS three\nRUN <<EOF\n# curl; wget\nset -e\numask 022\nwget -q https://example.com/file\nEOF\n\nFROM dhi.io/golang:1.26-debian13\nRUN <<EOF\n#!/usr/bin/env zsh\nprint yes\nEOF\n',
      lines: [2, 5, 8, 16],
    },
    {
      title: "A health check in shell form, where there is a shell",
      dockerfile:
        "FROM dhi.io/golang:1.26-debian13\nHEALTHCHECK CMD wget -q -O- http://localhost:8080/ || exit 1\nCMD go version && curl -V\n",
      lines: [2],
    },
    {
      title: "bundle in a runtime image of Ruby, below a path",
      dockerfile:
        'FROM dhi.io/ruby:3.4-debian13\nWORKDIR /srv\nCOPY . .\nENTRYPOINT ["/usr/local/bin/bundle", "exec", "puma"]\n',
      lines: [4],
    },
    {
      title: "npm in shell form, told beside the missing shell",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nCOPY . .\nRUN npm install --production\nRUN mkdir -p logs\nCMD ["node", "server.js"]\n',
      lines: [3],
    },
    {
      title: "A helper of the official php image",
      dockerfile:
        "FROM dhi.io/php:8.4-debian13-dev AS build\nRUN apt-get update && apt-get install -y libpq-dev && docker-php-ext-install pdo_pgsql\n\nFROM dhi.io/php:8.4-debian13-fpm\nCOPY --from=build /app /var/www/html\n",
      lines: [2],
    },
  ],
  good: [
    {
      title: "Tools in the stage that builds, the application alone in the one that runs",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev\nRUN apt-get update && apt-get install -y curl && curl -fsS https://example.com/ -o /tmp/x\n\nFROM build AS test\nRUN npm test && chown -R node /app\n\nFROM dhi.io/node:22-debian13\nCOPY --from=build /app /app\nHEALTHCHECK CMD ["node", "health.js"]\nCMD ["node", "server.js"]\n',
    },
    {
      title: "A tool that a directive brings, wherever its line stands",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/python:3.13-debian13\nCOPY app /app\nHEALTHCHECK CMD ["curl", "-f", "http://localhost:8000/"]\nCMD ["python3", "/app/main.py"]\nDHI-TOOL curl\n',
    },
    {
      title: "Another runtime in a .NET stage",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/dotnet:10-sdk-debian13 AS build\nDHI-RUNTIME node:22\nRUN npm ci\n\nFROM dhi.io/aspnetcore:10-debian13\nCOPY --from=build /out /app\nENTRYPOINT ["dotnet", "/app/web.dll"]\n',
    },
    {
      title: "A shell and programs that are copied",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nCMD ["sh", "-c", "wget -q http://localhost:8000/"]\nCOPY --from=dhi.io/busybox:1 /bin/sh /bin/sh\nCOPY --from=ghcr.io/example/tools /usr/local/bin /usr/local/bin\n',
    },
    {
      title: "Words for the image's own entrypoint, and for one of this file",
      dockerfile:
        'FROM dhi.io/maven:3.9-jdk21-debian13-dev AS build\nCMD ["wget"]\n\nFROM dhi.io/node:22-debian13\nENTRYPOINT ["node", "cli.js"]\nCMD ["curl"]\n',
    },
    {
      title: "Commands whose failure is expected, and what a mount lends",
      dockerfile:
        'FROM dhi.io/golang:1.26-debian13\nRUN git --version || true\nRUN if command -v curl; then curl -V; fi\nRUN which wget && wget -V\nRUN --mount=from=ghcr.io/astral-sh/uv,source=/uv,target=/bin/uv uv --version\nARG TOOL\nRUN $TOOL --version\nONBUILD RUN curl -V\nCMD ["go", "version"]\n',
    },
    {
      title: "Images that nothing is known of",
      dockerfile:
        'ARG BASE\nFROM $BASE AS one\nRUN curl -V\n\nFROM dhi.io/node:22-debian13-fips AS two\nCMD ["npm"]\n\nFROM node:22 AS three\nRUN npm ci\nCMD ["npm", "start"]\n',
    },
    {
      title: "A compat variant, which has a shell and its tools",
      dockerfile: 'FROM dhi.io/redis:8.6-compat\nRUN mkdir -p /data/x && ls /data\nCMD ["sh", "-c", "sleep 1"]\n',
    },
  ],
  *check(stage, file) {
    for (const step of stage.steps) yield* problemsOf(step, stage, file);
  },
};

function* problemsOf(step: Step, stage: StageView, file: FileView): Iterable<Problem> {
  const starts = step.keyword !== "RUN";
  if (starts && !(stage.runs && step.counts)) return;
  if (step.keyword === "RUN" && bringsPrograms(step)) return;
  const state = starts ? (finalState(file) ?? step.before) : step.before;
  const told = new Set<string>();
  for (const call of startedBy(step, file)) {
    const name = nameOf(call.program);
    const official = isOfficialOnly(stage.base?.repository ?? "", name);
    if (
      told.has(name) ||
      (call.afterOthers && !official) ||
      isPackageManager(name) ||
      (call.shellForm && lent(name, state))
    )
      continue;
    const { there, origin } = official ? staysAbsent(call.program, step, stage) : programAt(state, call.program);
    if (there !== false) continue;
    told.add(name);
    const suggestion = adviceFor(name, step, stage);
    yield {
      span: call.span,
      message: `${subject(step)} \`${call.program}\`, which is not in this image (by ${origin})`,
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(step.keyword === "HEALTHCHECK" || !call.decides ? { severity: "warning" as const } : {}),
    };
  }
}

function subject(step: Step): string {
  if (step.keyword === "RUN") return "RUN calls";
  return step.keyword === "HEALTHCHECK" ? "HEALTHCHECK calls" : `${step.keyword} starts`;
}

/** The tools of a shell line without a shell: DhiShellForm has told what to do, and DHI-RUN lends them. */
function lent(name: string, state: State): boolean {
  return state.shell.there === false && (providersOf(name)?.packages.includes("busybox") ?? false);
}
