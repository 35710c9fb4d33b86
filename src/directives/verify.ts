import { failure } from "../diagnostic.ts";
import type { Argument, Directive, DirectiveLine } from "./directive.ts";
import { filePattern } from "./flag-values.ts";
import { readFlags } from "./flags.ts";
import { verifyFamily } from "./verify-stage.ts";

/** What one `DHI-VERIFY` line asks for. */
export interface VerifyLine {
  readonly off: boolean;
  /** Absolute paths; none for all that the stage adds. */
  readonly paths: readonly Argument[];
  readonly without: readonly Argument[];
}

/** The check of a finished stage. */
export const verify: Directive<VerifyLine> = {
  name: "DHI-VERIFY",
  usage: "DHI-VERIFY [--without=<glob>]... [<path>...] or DHI-VERIFY off",
  summary: "checks at build time that the finished stage can start",
  docs: `The last stage of a file that uses a directive is checked without a word; a line of DHI-VERIFY asks for the check in another stage, or chooses what is
looked at: with paths, only what is below them. \`off\` switches it off. The line may stand anywhere in its stage: the check comes behind its last line.

What the stage adds to its external base is looked at, in its own root and with its own loader, without network. The build fails, at the user's line, for

- a library that a file needs and the loader does not find, or finds in a version that is too old, with the package that has it and the line to add;
- a file for another processor or another C library, and a program whose loader is not there;
- an entrypoint or command that is not there, is no program, may not be run by the stage's user, or needs a shell that is not there; a user without entry in
  \`/etc/passwd\`;
- a link that leads nowhere.

Files that say by their path that they are for another platform (\`runtimes/linux-musl-x64\`, \`prebuilds/linux-arm64\`, \`@img/sharp-linuxmusl-x64\`) are passed over.
Plugins whose library stands elsewhere in the image, and scripts for a program that is not there, are notes in the build's output. A file that nothing ever loads can
be left out with \`--without=<glob>\`, compared with whole paths as in DHI-NATIVE, and so can an entrypoint that is mounted when the container runs.

The check adds no file, only one empty layer. Where the processor cannot run the stage's code, the files are read instead, and the output says so.
Nothing is checked in a stage on \`scratch\` or on a base without C library, unless a line asks for it, and where no builder image is known.`,
  samples: [
    {
      title: "Only the application, without a plugin that is never loaded",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nCOPY . /app\nDHI-VERIFY --without=*/optional/*.node /app\nCMD ["node", "/app/server.js"]\n',
    },
    {
      title: "No check",
      dockerfile: "FROM dhi.io/node:22-debian13\nDHI-NATIVE libvips42t64\nDHI-VERIFY off\n",
    },
    {
      title: "A path that is not whole",
      dockerfile: "FROM dhi.io/node:22-debian13\nDHI-VERIFY app\n",
      error: "DhiVerifyPath",
    },
  ],
  parse,
  needs: () => [],
  family: verifyFamily,
};

function parse(line: DirectiveLine): VerifyLine {
  const flags = readFlags(line, { without: { value: "/app/plugins/*", many: true } });
  const without = flags.values("without");
  for (const pattern of without) filePattern(pattern);
  const off = line.words.find(({ value }) => value.toLowerCase() === "off");
  if (off && (line.words.length > 1 || without.length > 0)) {
    throw failure("DhiVerifyOff", off.span, "`off` stands beside what to look at", "write `DHI-VERIFY off` alone");
  }
  if (off) return { off: true, paths: [], without };
  for (const { value, span } of line.words) {
    if (value.startsWith("/") && !/[\0\t\n]/.test(value)) continue;
    throw failure(
      "DhiVerifyPath",
      span,
      `\`${value}\` is no whole path`,
      `write a path that begins with /, such as \`DHI-VERIFY /${value.replace(/^[./]+/, "") || "app"}\`, or \`DHI-VERIFY off\``,
    );
  }
  return { off: false, paths: line.words, without };
}
