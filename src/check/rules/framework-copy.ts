import type { ImageFacts } from "../../model.ts";
import { tagsOf } from "../../resolve/catalog.ts";
import { nearestTag, tagWords } from "../../resolve/tag-words.ts";
import { lookUp } from "../../resolve/tags.ts";
import { copiedFrom, ownCopies } from "../copied.ts";
import { dotnetFolder } from "../dotnet-layout.ts";
import type { Problem, Rule } from "../rule.ts";
import type { Copy, FileView, StageView } from "../stage-view.ts";

/** ASP.NET Core copied into a base of .NET, where another base has it. */
export const frameworkCopy: Rule = {
  name: "DhiFrameworkCopy",
  severity: "warning",
  summary: "the ASP.NET Core framework copied by hand, though a base has it",
  docs: `\`dhi.io/dotnet\` has the .NET runtime alone, \`dhi.io/aspnetcore\` has ASP.NET Core, too. Copying \`shared/Microsoft.AspNetCore.App\` from an SDK is not needed, and has three weak
points: the SDK's version may be newer than the runtime, scanners don't see what was copied, and the folders differ. On Debian 13 \`dhi.io/dotnet\` keeps .NET in \`/usr/lib/dotnet\`,
\`dhi.io/aspnetcore\` in \`/opt/dotnet\`, Microsoft's images in \`/usr/share/dotnet\`, and the same tag has changed its folder before. A wrong source stops the build with \`not found\`; a wrong
destination stops the start with \`You must install or update .NET\`.

Write \`FROM dhi.io/aspnetcore\` with the version that the base has, and leave the COPY out. Where the base must stay as it is, \`DHI-FRAMEWORK aspnetcore\` finds the framework, compares the versions
and puts it where the base's own host looks.`,
  looksAt: "hardened",
  bad: [
    {
      title: "From the SDK's stage, in the layout of other days",
      dockerfile:
        'FROM dhi.io/dotnet:10.0-sdk-debian13 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\n\nFROM dhi.io/dotnet:10.0-debian13\nCOPY --from=build /opt/dotnet/shared/Microsoft.AspNetCore.App /opt/dotnet/shared/Microsoft.AspNetCore.App\nCOPY --from=build /app /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
      lines: [7],
    },
    {
      title: "From Microsoft's image, into a base that has it",
      dockerfile:
        'FROM dhi.io/aspnetcore:10.0-debian13\nCOPY --from=mcr.microsoft.com/dotnet/aspnet:10.0 /usr/share/dotnet/shared/Microsoft.AspNetCore.App/ /opt/dotnet/shared/Microsoft.AspNetCore.App/\nCOPY app /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
      lines: [2],
    },
  ],
  good: [
    {
      title: "The base that has it",
      dockerfile:
        'FROM dhi.io/dotnet:10.0-sdk-debian13 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\n\nFROM dhi.io/aspnetcore:10.0-debian13\nCOPY --from=build /app /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
    },
    {
      title: "Our directive",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/dotnet:10.0-sdk-debian13 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\n\nFROM dhi.io/dotnet:10.0-debian13\nDHI-FRAMEWORK --from=build aspnetcore\nCOPY --from=build /app /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
    },
    {
      title: "A self-contained program brings its own",
      dockerfile:
        'FROM dhi.io/dotnet:10.0-sdk-debian13 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish --self-contained -o /app\n\nFROM dhi.io/dotnet:10.0-debian13\nCOPY --from=build /app/Microsoft.AspNetCore.App.dll /app/\nCOPY --from=build /app /app\nENTRYPOINT ["/app/app"]\n',
    },
  ],
  *check(stage, file) {
    if (stage.base?.repository !== "dotnet" && stage.base?.repository !== "aspnetcore") return;
    for (const copy of ownCopies(stage)) {
      const problem = problemOf(copy, stage, file);
      if (problem) yield problem;
    }
  },
};

const framework = /\/shared\/Microsoft\.AspNetCore\.App(?:\/|$)/;

function problemOf(copy: Copy, { base }: StageView, file: FileView): Problem | undefined {
  const source = copy.sources.find((path) => framework.test(`/${path}`));
  const from = copiedFrom(copy, file);
  if (source === undefined || !base || !from) return undefined;
  const { span } = copy.step;
  if (base.repository === "aspnetcore" || base.kind?.includes("sdk")) {
    const message = `Microsoft.AspNetCore.App is copied into \`${base.reference}\`, which has it already`;
    return { span, message, suggestion: "leave this line out" };
  }
  const better = sibling(base.reference);
  const layout = [sourceFault(source, from, file), destinationFault(copy, base, file)].filter((text) => text !== "");
  return {
    span,
    message: `Microsoft.AspNetCore.App is copied by hand${layout.map((text) => `, ${text}`).join("")}`,
    suggestion:
      better === undefined
        ? "write `DHI-FRAMEWORK aspnetcore` in the place of this line"
        : `write \`FROM ${better}\`, which has it, and leave this line out`,
  };
}

/** The image of ASP.NET Core with the base's version and distro. */
function sibling(reference: string): string | undefined {
  const found = lookUp(reference);
  if (found?.found !== "tag") return undefined;
  const tags = tagsOf("aspnetcore");
  const tag = tags.has(found.tag) ? found.tag : nearestTag(tags, tagWords(found.tag))?.tag;
  return tag === undefined ? undefined : `${found.prefix}aspnetcore:${tag}`;
}

/** Says that the source is not where the image has it. */
function sourceFault(source: string, from: ImageFacts, { catalogDate }: FileView): string {
  const folder = dotnetFolder(from, catalogDate);
  if (!folder || `/${source}`.replace(/^\/+/, "/").startsWith(`${folder.path}/`)) return "";
  return `from a folder that \`${from.reference}\` does not have (it keeps .NET in ${folder.path}, by ${folder.origin})`;
}

/** Says that the base's host looks elsewhere. */
function destinationFault({ destination }: Copy, base: ImageFacts, file: FileView): string {
  const folder = dotnetFolder(base, file.catalogDate);
  const wanted = folder && `${folder.path}/shared/Microsoft.AspNetCore.App`;
  if (!folder || destination === undefined || `${destination}/`.startsWith(`${wanted}/`)) return "";
  return `to ${destination}, where the host of \`${base.reference}\` does not look (but in ${wanted}, by ${folder.origin})`;
}
