import { findRepository, isDevelopment, tagsOf } from "../../resolve/catalog.ts";
import { nearestTag, tagWords } from "../../resolve/tag-words.ts";
import { lookUp } from "../../resolve/tags.ts";
import type { Problem, Rule } from "../rule.ts";
import type { FileView, StageView } from "../stage-view.ts";

/** Images to build in, as what is delivered. */
export const developmentFinal: Rule = {
  name: "DhiDevelopmentFinal",
  severity: "warning",
  summary: "a dev or sdk variant as the final stage",
  docs: `The \`-dev\` and \`-sdk\` variants are there to build in: they run as root and carry a shell, a package manager and compilers, which is what a hardened image
leaves out. Delivered, they bring back what the move to hardened images was to remove.

Build in the variant, and copy the result into a runtime image in a last stage. Libraries and programs that a runtime lacks come with \`DHI-NATIVE\` and \`DHI-TOOL\`; a command that needs a
shell runs with \`DHI-RUN\`.

Only the last stage of the file is looked at, since \`--target\` names another one on purpose. A last stage whose name says that it is none to deliver (\`dev\`, \`test\`, \`debug\`, \`ci\` ...), and
images that exist for building only, such as maven's, give no more than \`info\`.`,
  looksAt: "hardened",
  bad: [
    {
      title: "A single stage",
      dockerfile:
        'FROM dhi.io/node:22-debian13-dev\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n',
      lines: [1],
    },
    {
      title: "A last stage that continues the one before",
      dockerfile:
        'FROM dhi.io/dotnet:10.0-sdk-debian13 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\n\nFROM build\nUSER 65532\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
      lines: [6],
    },
    {
      title: "A name that says it: info only",
      dockerfile:
        'FROM dhi.io/node:22-debian13 AS production\nCMD ["node", "server.js"]\n\nFROM dhi.io/node:22-debian13-dev AS development\nUSER node\nCMD ["npm", "run", "watch"]\n',
      lines: [4],
    },
  ],
  good: [
    {
      title: "Build in one, deliver the other",
      dockerfile:
        'FROM dhi.io/golang:1-debian13-dev AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/app .\n\nFROM dhi.io/static:20250419\nCOPY --from=build /out/app /app\nENTRYPOINT ["/app"]\n',
    },
    {
      title: "A runtime that has a shell is no development image",
      dockerfile: 'FROM dhi.io/debian-base:trixie\nCOPY run.sh /run.sh\nCMD ["bash", "/run.sh"]\n',
    },
  ],
  *check(stage, file) {
    const problem = problemOf(stage, file);
    if (problem) yield problem;
  },
};

/** Names of stages that nobody delivers. */
const ownUse =
  /^(?:dev|devel|develop|development|devcontainer|debug|build|builder|ci|lint|tests?|testing|tools?|watch)\b/;

function problemOf({ base, index, name, stage }: StageView, file: FileView): Problem | undefined {
  const variant = base?.kind?.find((word) => word === "dev" || word === "sdk");
  if (!base || variant === undefined || index !== file.stages.length - 1) return undefined;
  const runtime = runtimeOf(base.reference);
  const mild = ownUse.test(name ?? "") || buildsOnly(base.repository);
  return {
    span: stage.image.span,
    message: `the final stage is \`${base.reference}\`, the ${variant} variant: with root, a shell and build tools`,
    suggestion:
      runtime === undefined
        ? "copy the result into a runtime image in a last stage"
        : `copy the result into \`${runtime}\` in a last stage`,
    ...(mild ? { severity: "info" } : {}),
  };
}

/** The runtime variant of a development image; for compiled languages, an image without the compiler. */
function runtimeOf(reference: string): string | undefined {
  const found = lookUp(reference);
  if (found?.found !== "tag" || found.repository === "golang" || found.repository === "rust") return undefined;
  const { repository, prefix, tag } = found;
  const runtime = nearestTag(tagsOf(repository), { ...tagWords(tag), development: false });
  return runtime && `${prefix}${repository}:${runtime.tag}`;
}

function buildsOnly(repository: string | undefined): boolean {
  const variants = repository === undefined ? [] : (findRepository(repository)?.variants ?? []);
  return variants.length > 0 && variants.every(isDevelopment);
}
