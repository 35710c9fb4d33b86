import { staysAbsent } from "../absent.ts";
import { type Invocation, invocationsOf, nameOf } from "../invocations.ts";
import { bringsPrograms } from "../mounts.ts";
import { installedBy, isPackageManager } from "../package-managers.ts";
import type { Rule } from "../rule.ts";
import type { StageView, Step } from "../stage-view.ts";

/** Installing packages where no package manager is. */
export const missingPackageManager: Rule = {
  name: "DhiMissingPackageManager",
  severity: "error",
  summary: "a package manager that is not in the image",
  docs: `Hardened runtime images have no package manager: a RUN that calls \`apt-get\`, \`apt\`, \`dpkg\` or \`apk\` fails. Debian images have no \`apk\` in their \`-dev\` form either, Alpine images no
\`apt-get\`, and none has \`yum\` or \`dnf\`.

A shared library that the application loads comes with \`DHI-NATIVE\`, a program with \`DHI-TOOL\`: both bring the package with all it needs and no package manager, and scanners see it. What
only the build needs is installed in a stage on the \`-dev\` image, whose name the finding tells. \`ca-certificates\` is in every hardened image already.`,
  looksAt: "any",
  bad: [
    {
      title: "A library and a tool in a runtime image",
      dockerfile:
        'FROM dhi.io/aspnetcore:10-debian13\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends libgdiplus curl && \\\n    rm -rf /var/lib/apt/lists/*\nCOPY out /app\nENTRYPOINT ["dotnet", "/app/web.dll"]\n',
      lines: [2],
    },
    {
      title: "Another distro's package manager",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nRUN apk add --no-cache python3 make g++\nRUN npm ci\n\nFROM dhi.io/node:22-alpine3.23-dev AS other\nRUN ["apt-get", "update"]\n\nFROM dhi.io/node:22-debian13\nCMD ["node", "server.js"]\n',
      lines: [2, 6],
    },
    {
      title: "An image with a shell and without apt",
      dockerfile:
        "FROM dhi.io/gradle:9-jdk21-debian13-dev\nRUN <<EOF\nset -e\napt-get update\napt-get install -y git\nEOF\nRUN export A=b && dnf install -y git\n",
      lines: [2, 7],
    },
  ],
  good: [
    {
      title: "Packages by directives, and in the stage that builds",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/node:22-debian13-dev AS build\nRUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nRUN npm ci\n\nFROM dhi.io/node:22-alpine3.23-dev AS tools\nRUN apk add --no-cache git\n\nFROM dhi.io/node:22-debian13\nDHI-NATIVE libvips42t64\nDHI-TOOL curl\nCOPY --from=build /app /app\nCMD ["node", "server.js"]\n',
    },
    {
      title: "A stage that continues a development stage, and one of which nothing is known",
      dockerfile:
        'ARG BASE\nFROM dhi.io/python:3.13-debian13-dev AS base\n\nFROM base AS build\nRUN apt-get update && apt-get install -y gcc\n\nFROM $BASE AS other\nRUN yum install -y gcc\n\nFROM dhi.io/python:3.13-debian13\nCMD ["python3"]\n',
    },
    {
      title: "A package manager that a line brings",
      dockerfile:
        "FROM dhi.io/alpine-base:3.23-dev\nRUN apk add --no-cache dpkg\nRUN dpkg --version\n\nFROM dhi.io/alpine-base:3.23\n",
    },
    {
      title: "Either of two package managers",
      dockerfile:
        "FROM dhi.io/debian-base:trixie-dev\nRUN apk add --no-cache git || apt-get install -y git\nRUN if command -v apk; then apk add git; fi\n\nFROM dhi.io/debian-base:trixie\n",
    },
  ],
  *check(stage) {
    for (const step of stage.steps) {
      if (step.keyword !== "RUN" || bringsPrograms(step)) continue;
      const calls = invocationsOf(step).filter(({ program }) => isPackageManager(nameOf(program)));
      const missing = calls.filter(({ program }) => staysAbsent(program, step, stage).there === false);
      const [call] = missing;
      if (!call) continue;
      yield {
        span: call.span,
        message: `RUN calls \`${call.program}\`, and this image has no such package manager (by ${staysAbsent(call.program, step, stage).origin})`,
        suggestion: advice(missing, step, stage),
        ...(missing.some(({ decides }) => decides) ? {} : { severity: "warning" as const }),
      };
    }
  },
};

function advice(calls: readonly Invocation[], { before }: Step, { base }: StageView): string {
  if (before.packageManager === "apt")
    return "write `apt-get update && apt-get install -y --no-install-recommends` with Debian's package names";
  if (before.packageManager === "apk") return "write `apk add --no-cache` with Alpine's package names";
  const wanted = calls.flatMap(({ program, words }) => installedBy(nameOf(program), words));
  const names = [...new Set(wanted)].filter((name) => name !== "ca-certificates");
  const stage = `install in a stage \`FROM ${base?.builder ?? "<the -dev image>"}\``;
  const certificates = wanted.length > names.length ? "ca-certificates is in the image already" : "";
  if (wanted.length > 0 && names.length === 0) return `leave it out: ${certificates}`;
  const words = names.length > 0 ? directives(names) : "write `DHI-NATIVE` for libraries and `DHI-TOOL` for programs";
  return `${words}, or ${stage} and copy the result${certificates === "" ? "" : `; ${certificates}`}`;
}

/** The directives that bring these packages: libraries are told by their names. */
function directives(names: readonly string[]): string {
  const libraries = names.filter((name) => /^lib(?!reoffice)/.test(name) && !name.endsWith("-dev"));
  const programs = names.filter((name) => !libraries.includes(name));
  const lines = [
    ...(libraries.length > 0 ? [`\`DHI-NATIVE ${libraries.join(" ")}\``] : []),
    ...(programs.length > 0 ? [`\`DHI-TOOL ${programs.join(" ")}\``] : []),
  ];
  return `write ${lines.join(" and ")}`;
}
