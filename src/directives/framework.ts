import { frameworkProofScripts, frameworkScripts } from "../graft/scripts.ts";
import type { DirectiveCall } from "../model.ts";
import type { Directive, Expansion, GeneratedLines, GeneratedStage, ParsedCall, StageView } from "./directive.ts";
import { checkFrameworks } from "./framework-check.ts";
import { type FrameworkLine, frameworkLine, sdkWish } from "./framework-line.ts";
import { architectureArguments, architectureEnvironment, baseStage, scriptMount, stageName } from "./graft-stage.ts";

/** A shared framework of .NET on a base that has the runtime alone. */
export const framework: Directive<FrameworkLine> = {
  name: "DHI-FRAMEWORK",
  usage: "DHI-FRAMEWORK [--from=<SDK stage or image>] <framework>[:<version>]",
  summary: "adds a shared framework of .NET, such as ASP.NET Core, to a base that has the .NET runtime alone",
  docs: `\`aspnetcore\`, or any other shared framework by the name that it has in the SDK. It is taken from the stage or image of an SDK that \`--from\` names, else from
the hardened SDK image of the base's version, and put where the base's own host looks for it, wherever the two keep .NET. The newest version comes that the base's
\`Microsoft.NETCore.App\` is new enough for; where there is none, the build fails and says both versions. Before it is copied, the base's host is asked
whether it finds the framework.

A stage that \`--from\` names changes with the application, and the line then runs again: some seconds. Without \`--from\`, and with an image, it stays cached.

Where \`dhi.io/aspnetcore\` has the base's version a warning names it: that image needs no such line. \`ASPNETCORE_HTTP_PORTS\` becomes 8080, as in that image, unless it
is set. Debian only.`,
  samples: [
    {
      title: "ASP.NET Core for a service",
      dockerfile:
        "FROM dhi.io/dotnet:10.0-sdk-debian13 AS build\nRUN dotnet publish -o /app\n\nFROM dhi.io/dotnet:10.0-debian13\nDHI-FRAMEWORK aspnetcore\nCOPY --from=build /app /app\n",
    },
    {
      title: "A framework of Windows",
      dockerfile: "FROM dhi.io/dotnet:10.0-debian13\nDHI-FRAMEWORK Microsoft.WindowsDesktop.App\n",
      error: "DhiFrameworkName",
    },
    {
      title: "A base that has it",
      dockerfile: "FROM dhi.io/aspnetcore:10.0-debian13\nDHI-FRAMEWORK aspnetcore\n",
      error: "DhiFrameworkThere",
    },
  ],
  parse: frameworkLine,
  needs: () => [],
  family: { check: checkFrameworks, expand: expandFrameworks },
};

function expandFrameworks(stage: StageView, calls: readonly ParsedCall<FrameworkLine>[]): Expansion {
  const base = baseStage(
    stage,
    calls.map(({ line }) => line.call),
  );
  const stages: GeneratedStage[] = [base];
  const grafts: string[] = [];
  const replacements = new Map<DirectiveCall, GeneratedLines[]>();
  calls.forEach(({ line, args }, index) => {
    const part = index === 0 ? "" : `-${index + 1}`;
    const name = stageName(`framework${part}`, stage);
    const source = args.from && stage.source(args.from.value);
    const donor = source?.kind === "stage" ? source.name : stageName(`sdk${part}`, stage);
    if (source?.kind !== "stage") stages.push(sdkStage(donor, stage, args, line.call));
    stages.push({
      name,
      note: `${args.framework} out of its SDK`,
      calls: [line.call],
      lines: builderLines(name, base.name, donor, stage, args, grafts),
    });
    grafts.push(name);
    replacements.set(line.call, [{ text: `COPY --link --from=${name} /out/ /\n${ports(stage, args)}` }]);
  });
  return {
    stages,
    replacements,
    grafts,
    scripts: {
      "framework.sh": { entry: "framework.sh", files: frameworkScripts },
      "framework-proof.sh": { entry: "framework-proof.sh", files: frameworkProofScripts },
    },
  };
}

/** The SDK's image as a stage, for the platform of the user's stage. */
function sdkStage(name: string, stage: StageView, args: FrameworkLine, call: DirectiveCall): GeneratedStage {
  const wish = sdkWish(stage, args);
  const found = wish && stage.donor(wish);
  const image = args.from?.value ?? (found?.kind === "image" ? found.reference : "");
  const platform = stage.baseFrom.platform === undefined ? "" : `--platform=${stage.baseFrom.platform} `;
  const note = "the SDK that has the framework";
  return {
    name,
    note,
    calls: [call],
    lines: [{ text: `FROM ${platform}${image} AS ${name}\n`, step: `SDK ${image}` }],
  };
}

function builderLines(
  name: string,
  base: string,
  donor: string,
  stage: StageView,
  args: FrameworkLine,
  earlier: readonly string[],
): GeneratedLines[] {
  const builder = stage.base.builder ?? "";
  const target = `--mount=type=bind,from=${base},target=/target`;
  const have = [...stage.ancestorGrafts, ...earlier].map(
    (graft, index) => `--mount=type=bind,from=${graft},source=/out,target=/have/${index}`,
  );
  const run = (...parts: string[]) => `RUN --network=none ${parts.join(` ${stage.escape}\n    `)}\n`;
  const version = args.version === undefined ? "" : ` --version ${args.version}`;
  const words = `--framework ${args.framework}${version} ${args.word.value}`;
  const lend = `--mount=type=bind,from=${donor},target=/donor`;
  const command = `${architectureEnvironment(stage)}sh /dhi/framework.sh --release ${stage.base.release} ${words}`;
  return [
    { text: `FROM --platform=$BUILDPLATFORM ${builder} AS ${name}\n`, shared: `builder ${builder}` },
    { text: `${architectureArguments(stage)}USER 0:0\n`, step: "builder" },
    { text: run(scriptMount("framework.sh"), target, lend, ...have, command), step: "files" },
    {
      text: run(scriptMount("framework-proof.sh"), `${target},rw`, ...have, `sh /dhi/framework-proof.sh ${words}`),
      step: "proof",
    },
  ];
}

/** A service that is not root can't take port 80; hardened images of ASP.NET Core listen on 8080. */
function ports({ base }: StageView, { framework }: FrameworkLine): string {
  const set = base.env.some((pair) => pair.startsWith("ASPNETCORE_HTTP_PORTS="));
  if (framework !== "Microsoft.AspNetCore.App" || set) return "";
  return `ENV ASPNETCORE_HTTP_PORTS="\${ASPNETCORE_HTTP_PORTS:-8080}"\n`;
}
