import { argAssignments } from "../../parse/assignments.ts";
import type { Problem, Rule } from "../rule.ts";
import type { FileView, StageView, Step } from "../stage-view.ts";

/** Variables that only the images of others set. */
export const unsetVariable: Rule = {
  name: "DhiUnsetVariable",
  severity: "warning",
  summary: "a variable that Microsoft's or the official image sets, and the hardened one does not",
  docs: `Images set variables, and Dockerfiles rely on them. \`USER $APP_UID\`, which Visual Studio and Microsoft's samples write, is the known case: no hardened image sets \`APP_UID\`, so
the line says \`USER\` and nothing, and the container runs as root. \`COPY --chown=$APP_UID\` changes no owner.

Leave the line out, for hardened images have a user who is not root, or write the user: \`nonroot\` or \`65532\` for .NET. For other variables write the value itself.

Nothing is said when an ARG of the file has the name, since its value may come with \`--build-arg\`, nor when the word has a default: \`\${APP_UID:-65532}\`.`,
  looksAt: "hardened",
  bad: [
    {
      title: "The user of Microsoft's images",
      dockerfile:
        'FROM dhi.io/aspnetcore:10-debian13\nUSER $APP_UID\nCOPY --chown=$APP_UID out /app\nENTRYPOINT ["dotnet", "/app/web.dll"]\n',
      lines: [2, 3],
    },
    {
      title: "Other variables",
      dockerfile:
        'FROM dhi.io/rust:1-debian13-dev AS build\nENV EXTRA="$CARGO_HOME/bin" OTHER=x\nWORKDIR $CARGO_HOME/work\n\nFROM dhi.io/node:22-debian13\nENV YARN=$YARN_VERSION\nCMD ["node", "server.js"]\n',
      lines: [2, 3, 6],
    },
  ],
  good: [
    {
      title: "The user that the image has",
      dockerfile:
        'FROM dhi.io/aspnetcore:10-debian13\nUSER 65532\nCOPY --chown=65532 out /app\nENV SDK=$DOTNET_VERSION\nENTRYPOINT ["dotnet", "/app/web.dll"]\n',
    },
    {
      title: "Set in the file, by an argument, or by default",
      dockerfile: `ARG CARGO_HOME\nFROM dhi.io/aspnetcore:10-debian13 AS one\nENV APP_UID=65532\nUSER $APP_UID\n\nFROM one AS two\nUSER $APP_UID\n\nFROM dhi.io/aspnetcore:10-debian13\nARG CARGO_HOME\nENV HOME_OF_CARGO=$CARGO_HOME\nUSER \${APP_UID:-65532}\nENV OWN=$SOMETHING QUOTED='$APP_UID'\nENTRYPOINT ["dotnet", "/app/web.dll"]\n`,
    },
    {
      title: "Microsoft's own image",
      dockerfile: 'FROM mcr.microsoft.com/example:8.0\nUSER $APP_UID\nENTRYPOINT ["dotnet", "/app/web.dll"]\n',
    },
  ],
  *check(stage, file) {
    for (const step of stage.steps) {
      const names = unsetIn(step).filter((name) => Object.hasOwn(setBy, name));
      const name = names.find((one) => !isArgument(one, file));
      if (name !== undefined) yield problem(name, step, stage);
    }
  },
};

/** Who sets a variable that hardened images, as far as the catalogue and their facts tell, do not set. */
const setBy: Readonly<Record<string, string>> = {
  APP_UID: "Microsoft's .NET images",
  ASPNET_VERSION: "Microsoft's .NET images",
  CARGO_HOME: "the official rust image",
  PHPIZE_DEPS: "the official php image",
  PHP_EXTRA_CONFIGURE_ARGS: "the official php image",
  PYTHON_GET_PIP_URL: "the official python image",
  PYTHON_PIP_VERSION: "the official python image",
  PYTHON_SHA256: "the official python image",
  RUSTUP_HOME: "the official rust image",
  YARN_VERSION: "the official node image",
};

const looked: ReadonlySet<string> = new Set(["ADD", "COPY", "ENV", "EXPOSE", "USER", "WORKDIR"]);

/** The variables of a line that nothing sets and that have no default in it. */
function unsetIn({ command, keyword, expand }: Step): string[] {
  if (!looked.has(keyword)) return [];
  const words = [command.rest, ...command.flags.flatMap(({ value }) => value ?? [])].filter((word) =>
    word.includes("$"),
  );
  return words.flatMap((word) => {
    const bare = new Set(
      [...word.matchAll(/(?<![\\`])\$(?:(\w+)|\{(\w+)\})/g)].map(([, plain, braced]) => plain ?? braced),
    );
    return [...expand(word).unset].filter((name) => bare.has(name));
  });
}

const argumentsOf = new WeakMap<FileView, ReadonlySet<string>>();

/** True when an ARG of the file has the name. */
function isArgument(name: string, file: FileView): boolean {
  const names = argumentsOf.get(file) ?? argumentNames(file);
  argumentsOf.set(file, names);
  return names.has(name);
}

function argumentNames({ parsed }: FileView): Set<string> {
  const found = parsed.instructions.filter(({ keyword }) => keyword === "ARG");
  return new Set(found.flatMap(({ text }) => (argAssignments(text, parsed.escape) ?? []).map(({ name }) => name)));
}

function problem(name: string, step: Step, { base }: StageView): Problem {
  const user = base?.user === undefined || base.uid === 0 ? "65532" : base.user;
  const effect =
    step.keyword === "USER" && /^\$\{?\w+\}?$/.test(step.command.rest) ? ", and the container runs as root" : "";
  return {
    span: step.span,
    message: `\`$${name}\` is set by ${setBy[name] ?? "other images"}, and not by hardened ones: here it is nothing${effect}`,
    suggestion: name === "APP_UID" ? `write \`${user}\`, or leave it out` : "write the value itself",
  };
}
