import { hardenedForm } from "../../resolve/hardened-form.ts";
import type { Problem, Rule } from "../rule.ts";
import type { StageView } from "../stage-view.ts";

/** Images that have a hardened form. */
export const stockImage: Rule = {
  name: "DhiStockImage",
  severity: "info",
  summary: "an official or Microsoft image that has a hardened form",
  docs: `Docker's catalogue has a hardened form of many official images and of Microsoft's .NET images, under other names and tags: \`dhi.io/dotnet:10.0-sdk-debian13\` stands for
\`mcr.microsoft.com/dotnet/sdk:10.0\`, \`dhi.io/alpine-base:3.23\` for \`alpine:3.23\`. The image that fits best is named: the \`-dev\` form for stages that run commands, the runtime form for the one that is
delivered.

The change is more than a name: users, ports, entrypoints and paths differ, and runtime images have no shell and no package manager. The other rules tell what a file must change once the base is hardened.
It also helps build stages: what is built on the libraries of another release runs on the hardened one by luck.

Images without an equal, such as \`ubuntu\`, and tags that say more than a hardened image can be, such as \`php:8.4-apache\`, are left alone. In builds only stages on hardened bases are looked at, so this
appears on the command line alone.`,
  looksAt: "any",
  bad: [
    {
      title: "Build stage and final stage",
      dockerfile:
        'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\n\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=build /app /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
      lines: [1, 6],
    },
    {
      title: "A build stage of another release before a hardened one",
      dockerfile:
        'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n\nFROM dhi.io/node:22-debian13\nCOPY --from=build /app /app\nCMD ["node", "server.js"]\n',
      lines: [1],
    },
  ],
  good: [
    {
      title: "Hardened images",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n\nFROM dhi.io/node:22-debian13\nCOPY --from=build /app /app\nCMD ["node", "server.js"]\n',
    },
    {
      title: "No equal, a form that does not exist, an own image",
      dockerfile:
        "FROM ubuntu:24.04 AS a\nFROM php:8.4-apache AS b\nFROM registry.corp/team/node:22 AS c\nFROM mcr.microsoft.com/dotnet/runtime-deps:8.0 AS d\nFROM scratch\nCOPY --from=a /etc/os-release /\n",
    },
  ],
  *check(stage) {
    const problem = problemOf(stage);
    if (problem) yield problem;
  },
};

function problemOf({ base, hardened, parent, runs, stage, steps }: StageView): Problem | undefined {
  if (!base || hardened || parent) return undefined;
  const builds = !runs && steps.some(({ keyword }) => keyword === "RUN" || keyword === "ONBUILD");
  const form = hardenedForm(base.reference, builds);
  if (!form) return undefined;
  return {
    span: stage.image.span,
    message: form.sameVersion
      ? `\`${base.reference}\` has a hardened form`
      : `\`${base.reference}\` has a hardened form, of another version`,
    suggestion: `move to \`${form.reference}\``,
  };
}
