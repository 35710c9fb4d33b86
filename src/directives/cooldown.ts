import { closest } from "fastest-levenshtein";
import { failure } from "../diagnostic.ts";
import { cooldownFamily } from "./cooldown-stage.ts";
import { ageOf, type Tool, tools } from "./cooldown-tools.ts";
import type { Argument, Directive, DirectiveLine } from "./directive.ts";
import { readFlags } from "./flags.ts";

/** What one `DHI-COOLDOWN` line asks for. */
export interface CooldownLine {
  readonly hours: number;
  readonly tools: readonly Tool[];
  /** True when the line names its tools. */
  readonly named: boolean;
}

const names = tools.join(", ");

/** Only releases of dependencies that have been public for a while. */
export const cooldown: Directive<CooldownLine> = {
  name: "DHI-COOLDOWN",
  usage: "DHI-COOLDOWN [--for=npm,pip,...] <duration>",
  summary: "lets package managers take only releases older than that",
  docs: `For the RUN and DHI-RUN lines below it in its stage. Releases that are withdrawn soon after they appear, as malicious ones mostly are, never get into the build. The duration is
\`36h\`, \`7d\` or \`2w\`. A later line in the same stage holds from there, for the tools that it is for. \`--for\` names the tools; without it all of these are meant:

- npm from 11.10.0 on, \`min-release-age\`.
- pnpm from 10.16.0 on, \`minimumReleaseAge\`.
- yarn from 4.10.0 on, \`npmMinimalAgeGate\`; classic yarn has none.
- pip from 26.1 on, \`uploaded-prior-to\`, in whole days, rounded up.
- uv from 0.9.17 on, \`exclude-newer\`.

The settings are build arguments (ARG) of the stage, in the environment of each RUN: no file of yours is touched or hidden, nothing is in the image's ENV or files (its history shows them, as that of
every ARG). They name an age and no date, so a cached step stays cached; it runs again when something above it changes. A file with exact versions (\`npm ci\`) is obeyed as
the tool does it. They go before what the tool's own configuration files say, and a \`--build-arg\` of the same name goes before them.

A step in front of the first RUN looks at the tools that are there: one that is too old for an age ends the build, since it would take anything. Classic yarn, which comes with many Node images, ends it only when
\`--for\` names it. A tool that a later RUN installs is not looked at. Nor is any in a stage without a shell.

Behind the last RUN the settings are taken back, so that stages that continue this one are free of them; yarn and uv take no empty setting, so for these two it
holds there, too. ONBUILD RUN lines are for other builds and stay as they are. npm says on each call that it does not know pnpm's setting: \`--for=npm\` leaves that out.`,
  samples: [
    {
      title: "Packages of npm that are a week old",
      dockerfile: "FROM dhi.io/node:24-debian13-dev AS build\nDHI-COOLDOWN --for=npm 7d\nRUN npm install\n",
    },
    {
      title: "All tools, 36 hours",
      dockerfile: "FROM dhi.io/python:3.13-debian13-dev AS build\nDHI-COOLDOWN 36h\nRUN pip install flask\n",
    },
    {
      title: "A duration that is none",
      dockerfile: "FROM dhi.io/node:24-debian13-dev\nDHI-COOLDOWN 7 days\nRUN npm install\n",
      error: "DhiDuration",
    },
    {
      title: "A tool that is not known",
      dockerfile: "FROM dhi.io/node:24-debian13-dev\nDHI-COOLDOWN --for=npn 7d\nRUN npm install\n",
      error: "DhiUnknownTool",
    },
  ],
  parse: cooldownLine,
  needs: () => [],
  family: cooldownFamily,
};

/** Reads a line of DHI-COOLDOWN. Throws what readFlags throws, DhiMissingArgument, DhiDuration and DhiUnknownTool. */
function cooldownLine(line: DirectiveLine): CooldownLine {
  const flags = readFlags(line, { for: { value: "npm,pip" } });
  const [duration, more] = line.words;
  if (!duration) {
    throw failure("DhiMissingArgument", line.span, "DHI-COOLDOWN has no duration", "write one: DHI-COOLDOWN 7d");
  }
  const hours = ageOf(duration);
  if (more) {
    const problem = `\`${more.value}\` is one word too many`;
    throw failure("DhiDuration", more.span, problem, "write the duration in one word: 36h, 7d or 2w");
  }
  const named = flags.value("for");
  return { hours, tools: named ? namedTools(named) : tools, named: named !== undefined };
}

function namedTools({ value, span }: Argument): Tool[] {
  const words = value.split(",").map((word) => word.trim().toLowerCase());
  const found = words.map((word) => {
    const tool = tools.find((one) => one === word);
    if (tool) return tool;
    throw failure(
      "DhiUnknownTool",
      span,
      word === "" ? "--for holds an empty name" : `no tool \`${word}\` is known`,
      word === ""
        ? `write --for=npm,pip (known: ${names})`
        : `did you mean ${closest(word, [...tools])}? (known: ${names})`,
    );
  });
  return tools.filter((tool) => found.includes(tool));
}
