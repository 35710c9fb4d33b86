import type { Diagnostic } from "../diagnostic.ts";
import type { Expansion, GeneratedLines, ParsedCall, StageView } from "./directive.ts";
import type { PackageLine } from "./package-line.ts";
import { spelled } from "./package-words.ts";

/** What is wrong with lines that become a plain install: flags that a package manager cannot keep to. */
export function checkInstall({ base }: StageView, calls: readonly ParsedCall<PackageLine>[]): Diagnostic[] {
  const manager = base.packageManager ?? "";
  return calls.flatMap(({ line, args }) => {
    const whole = `${base.reference} has ${manager} and a shell, so the packages are installed there, whole, by ${manager} itself`;
    const refused = new Set(["with", "without", "from", "snapshot"]);
    const flags = line.flags.filter((flag) => refused.has(flag.name));
    const problems = flags.map((flag): Diagnostic => {
      const problem = `--${flag.name} cannot hold in this stage: ${whole}`;
      const advice = "leave it out, or use a base without package manager";
      return { code: "DhiFlagInPlace", severity: "error", span: flag.span, problem, advice };
    });
    return [...problems, ...recommendsOnAlpine(base.distro ?? manager, line.flags, args)];
  });
}

/** Alpine's packages recommend nothing: `install_if` is the index's choice, not the user's. */
export function recommendsOnAlpine(
  distro: string,
  flags: ParsedCall<PackageLine>["line"]["flags"],
  { recommends }: PackageLine,
): Diagnostic[] {
  const span = flags.find((flag) => flag.name === "recommends")?.span;
  if (!recommends || (distro !== "alpine" && distro !== "apk") || !span) return [];
  const problem = "--recommends means nothing on Alpine: its packages recommend no others";
  return [{ code: "DhiFlagHere", severity: "error", span, problem, advice: "name the packages that you want, too" }];
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
