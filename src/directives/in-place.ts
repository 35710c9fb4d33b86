import type { Diagnostic } from "../diagnostic.ts";
import type { Expansion, GeneratedLines, ParsedCall, StageView } from "./directive.ts";
import type { PackageLine } from "./package-line.ts";
import { spelled } from "./package-words.ts";

const refused = ["with", "without", "from", "snapshot"];

/** What is wrong with lines that become a plain install: flags that a package manager cannot keep to. */
export function checkInstall({ base }: StageView, calls: readonly ParsedCall<PackageLine>[]): Diagnostic[] {
  const manager = base.packageManager ?? "";
  return calls.flatMap(({ line }) => {
    const whole = `${base.reference} has ${manager} and a shell, so the packages are installed there, whole, by ${manager} itself`;
    const flags = line.flags.filter(
      ({ name }) => refused.includes(name) && !(name === "snapshot" && manager === "apk"),
    );
    return flags.map((flag): Diagnostic => {
      const problem = `--${flag.name} cannot hold in this stage: ${whole}`;
      const advice = "leave it out, or use a base without package manager";
      return { code: "DhiFlagInPlace", severity: "error", span: flag.span, problem, advice };
    });
  });
}

/**
 * Each line becomes a RUN at its own place. They are not merged: a line may count on what the user's lines above it do (a package source
 * that they add), each goes back to the user of its own place, and a change of one leaves the layers above it in the cache.
 */
export function expandInstall(
  { base, escape: escapeChar }: StageView,
  calls: readonly ParsedCall<PackageLine>[],
): Expansion {
  const commands = base.packageManager === "apk" ? apkCommands : aptCommands;
  const replacements = new Map(
    calls.map((call) => [call.line.call, [installLines(call, commands(call.args), escapeChar)]] as const),
  );
  return { stages: [], replacements, grafts: [], scripts: {} };
}

function aptCommands({ packages, recommends }: PackageLine): string[] {
  const flags = `-y${recommends ? "" : " --no-install-recommends"}`;
  const words = [...new Set(packages.map(spelled))].join(" ");
  return [
    "apt-get update",
    // Without the option a name that does not exist is taken for a regular expression: libicu.. would install forty packages.
    `DEBIAN_FRONTEND=noninteractive apt-get install ${flags} -o APT::Cmd::Pattern-Only=true ${words}`,
    "rm -rf /var/lib/apt/lists/*",
  ];
}

function apkCommands({ packages }: PackageLine): string[] {
  return [`apk add --no-cache ${[...new Set(packages.map(spelled))].join(" ")}`];
}

/** USER 0:0 works without passwd and group files, too; a name would not. */
function installLines({ settings }: ParsedCall<PackageLine>, commands: string[], escapeChar: string): GeneratedLines {
  const run = settings.ownShell
    ? `RUN ["/bin/sh", "-c", ${JSON.stringify(commands.join(" && "))}]\n`
    : `RUN ${commands.join(` ${escapeChar}\n    && `)}\n`;
  const { user } = settings;
  return { text: user === undefined || user.root ? run : `USER 0:0\n${run}USER ${user.text}\n` };
}
