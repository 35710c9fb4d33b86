import { failure } from "../diagnostic.ts";
import type { Argument, Directive, DirectiveLine } from "./directive.ts";
import { readFlags } from "./flags.ts";
import { runFamily } from "./run-stage.ts";

/** What one `DHI-RUN` line asks for. */
export interface RunLine {
  /** As USER takes it; absent for the user in force. */
  readonly user?: string;
  /** The image or stage that lends the shell. */
  readonly from?: Argument;
  readonly inPlace: boolean;
  /** Flags of RUN itself, as they stand there. */
  readonly flags: readonly string[];
  readonly command: RunCommand;
}

/** The command: words to execute, text for a shell, or a script that names its interpreter. */
export type RunCommand =
  | { readonly kind: "exec"; readonly words: readonly string[] }
  | { readonly kind: "shell"; readonly text: string }
  | { readonly kind: "script"; readonly text: string };

const own = ["user", "from", "in-place"];

/** A command in a stage that has no shell. */
export const run: Directive<RunLine> = {
  name: "DHI-RUN",
  usage:
    "DHI-RUN [--user=<user>] [--in-place] [--from=<image>] [--mount=...]... [--network=...] <command>, an exec form, or a heredoc",
  summary: "runs a command in a stage that has no shell",
  docs: `As RUN, with a shell and the programs of a static busybox lent for this step. What the command made or changed is copied into the stage, and nothing else:
no shell, no mount point. The words are the shell's, as in RUN; ARG and ENV of the stage are its environment. It runs as the stage's user, or as the one that
\`--user\` names, and the stage's user stays what it is. Flags of RUN (\`--mount\`, \`--network\`, \`--security\`, \`--device\`) mean what they mean there.

The stage is cut at the line: what stands above it gets a name, a throw-away stage on top of it runs the command, and what differs afterwards comes back with a
\`COPY --link\`. Files that the command wrote bear a fixed time (the start of 2000), so that two builds give the same bytes; files that keep a time of their own, as out of
an archive, keep it. A copy cannot delete, so a command that deletes files of the stage fails.

- \`--in-place\` runs it in the stage itself. Then it may delete; the layer holds what BuildKit leaves of a RUN, \`/etc\` with a new time for one.
- \`--user=0:0\` (or \`root\`) runs it as root.
- \`--from=<image>\` names the image, or a stage above, that lends the shell: one with a static busybox, or with apt-get or apk, which fetch the package \`busybox-static\`.
  Without it the image is the builder of DHI-NATIVE.
- Programs of the stage (\`node\`, \`python3\`) come before the lent ones (\`mkdir\`, \`chown\`, \`sed\`, \`awk\`, \`tar\`, \`wget\` ...; the build's output lists them), but for those that a lent one starts (\`xargs\`, \`find -exec\`). The stage has no \`/bin/sh\`, so a script is
  run as \`sh <script>\`; a heredoc may begin with \`#!/usr/bin/env node\`. A SHELL line is not for DHI-RUN.

In a stage that has a shell it becomes a plain RUN.`,
  samples: [
    {
      title: "A folder for data",
      dockerfile:
        "FROM dhi.io/node:22-debian13\nDHI-RUN --user=0:0 mkdir -p /data && chown 1000:1000 /data\nVOLUME /data\n",
    },
    {
      title: "A script of the image's own language",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nDHI-RUN --user=0:0 <<EOF\n#!/usr/bin/env node\nrequire("fs").writeFileSync("/version.txt", process.version)\nEOF\n',
    },
    { title: "No command", dockerfile: "FROM dhi.io/node:22-debian13\nDHI-RUN\n", error: "DhiMissingArgument" },
    {
      title: "A flag that RUN does not have",
      dockerfile: "FROM dhi.io/node:22-debian13\nDHI-RUN --users=0:0 mkdir /data\n",
      error: "DhiUnknownFlag",
    },
  ],
  parse: runLine,
  needs: () => [],
  family: runFamily,
};

/** Reads a line of DHI-RUN. Throws what readFlags throws, DhiUser, DhiMissingArgument, and DhiExecForm for a heredoc that RUN would refuse. */
function runLine(line: DirectiveLine): RunLine {
  const flags = readFlags(line, {
    user: { value: "0:0" },
    from: { value: "debian:trixie-slim" },
    "in-place": {},
    mount: { value: "type=cache,target=/root/.cache", many: true },
    network: { value: "none" },
    security: { value: "sandbox" },
    device: { value: "vendor.com/device=name", many: true },
  });
  const [from, user] = [flags.value("from"), flags.value("user")];
  const command = commandOf(line);
  const passed = line.call.flags.filter(({ name }) => !own.includes(name));
  return {
    command,
    inPlace: flags.has("in-place"),
    flags: passed.map(({ name, value }) => `--${name}=${value?.raw ?? ""}`),
    ...(from && { from }),
    ...(user && { user: userOf(user) }),
  };
}

/** `root` is a name that /etc/passwd must know; its numbers always work. */
function userOf({ value, span }: Argument): string {
  if (/^(?:root|0)(?::(?:root|0))?$/.test(value)) return "0:0";
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/.test(value)) return value;
  throw failure(
    "DhiUser",
    span,
    `\`${value}\` is no user`,
    "write a name or a number, and a group behind a colon: 65532:65532",
  );
}

function commandOf(line: DirectiveLine): RunCommand {
  const [rest] = line.words;
  const { heredocs } = line.call.instruction;
  if (!rest || rest.value === "") {
    throw failure(
      "DhiMissingArgument",
      line.span,
      "DHI-RUN has no command",
      "write one, as in RUN: DHI-RUN mkdir -p /data",
    );
  }
  const exec = execForm(rest.value);
  if (exec && exec.length === 0) {
    throw failure(
      "DhiMissingArgument",
      rest.span,
      "DHI-RUN has an empty command",
      'write one: DHI-RUN ["mkdir", "/data"]',
    );
  }
  if (exec) return { kind: "exec", words: exec };
  const [heredoc] = heredocs;
  const single = heredocs.length === 1 && /^[0-9]*<<-?\s*(?:\S+|"[^"]*"|'[^']*')$/.test(rest.value);
  if (heredoc && single) {
    const text = heredoc.chomp ? heredoc.body.replace(/^\t+/gm, "") : heredoc.body;
    return text.startsWith("#!") ? { kind: "script", text } : { kind: "shell", text };
  }
  // The shell reads heredocs that feed a command itself (BuildKit dockerfile2llb/convert.go, dispatchRun).
  return { kind: "shell", text: [rest.value, ...heredocs.map(({ body, name }) => `${body}${name}`)].join("\n") };
}

function execForm(text: string): string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
