import type { Diagnostic } from "../diagnostic.ts";
import { cooldownScript } from "../graft/scripts.ts";
import type { DirectiveCall } from "../model.ts";
import type { CooldownLine } from "./cooldown.ts";
import { settingsOf } from "./cooldown-tools.ts";
import type { Expansion, Family, GeneratedLines, GeneratedStage, ParsedCall, StageView } from "./directive.ts";
import { stageName } from "./graft-stage.ts";

type Call = ParsedCall<CooldownLine>;

/**
 * Sets the age as build arguments: the only environment that holds for RUN and is not in the image. A stage that continues this one would get them
 * (BuildKit dockerfile2llb/convert.go, dispatchArg), so they are emptied behind the last RUN.
 */
export const cooldownFamily: Family<CooldownLine> = { check, expand };

function check(stage: StageView, calls: readonly Call[]): Diagnostic[] {
  return calls.flatMap(({ line, below }): Diagnostic[] => {
    const warning = (problem: string, advice: string): Diagnostic[] => [
      { code: "DhiCooldown", severity: "warning", span: line.span, problem, advice },
    ];
    if (below.length === 0) {
      return warning("no RUN stands below it in this stage, so it does nothing", "put it above the RUN that installs");
    }
    if (stage.base.shell !== false) return [];
    const problem = `${stage.base.reference} has no shell, so the versions of its tools can't be checked`;
    return warning(problem, "a tool that is too old for an age would take any release; the docs tell the versions");
  });
}

function expand(stage: StageView, calls: readonly Call[]): Expansion {
  const replacements = new Map<DirectiveCall, readonly GeneratedLines[]>();
  const effective = calls.filter(({ below }) => below.length > 0);
  const checked = stage.base.shell !== false;
  for (const call of calls) {
    const lines = effective.includes(call)
      ? [...(checked ? [versionCheck(stage, call)] : []), { text: argument(settings([call])) }]
      : [{ text: `# ${call.line.label}: no RUN stands below it\n` }];
    replacements.set(call.line.call, lines);
  }
  const [first] = effective;
  const last = first?.below.at(-1);
  const back = [...settings(effective)].filter(([, { canBeEmpty }]) => canBeEmpty);
  if (!first || !last) return { stages: [], replacements, grafts: [], scripts: {} };
  const reset = { text: `ARG ${back.map(([name]) => `${name}=`).join(" ")}\n` };
  return {
    stages: checked ? [scriptStage(stage, effective)] : [],
    replacements,
    grafts: [],
    scripts: {},
    ...(back.length > 0 ? { behind: new Map([[last, { call: first.line.call, lines: [reset] }]]) } : {}),
  };
}

function settings(calls: readonly Call[]) {
  const all = calls.flatMap(({ args }) => args.tools.flatMap((tool) => settingsOf(tool, args.hours)));
  return new Map(all.map((setting) => [setting.name, setting] as const));
}

function argument(values: ReturnType<typeof settings>): string {
  return `ARG ${[...values.values()].map(({ name, value }) => `${name}=${value}`).join(" ")}\n`;
}

/** In /dev, which is the builder's own while a RUN goes on, the mount leaves nothing in the layer. The exec form needs no SHELL. */
function versionCheck(stage: StageView, { args }: Call): GeneratedLines {
  const words = ["sh", "/dev/.dhi/cooldown.sh", args.named ? "named" : "all", ...args.tools];
  const text = `RUN --network=none \\
    --mount=type=bind,from=${stageName("cooldown", stage)},target=/dev/.dhi \\
    ${JSON.stringify(words)}
`;
  return { text: text.replaceAll("\\\n", `${stage.escape}\n`), step: "versions of the tools" };
}

function scriptStage(stage: StageView, calls: readonly Call[]): GeneratedStage {
  const name = stageName("cooldown", stage);
  return {
    name,
    note: `looks at the versions of the tools in stage ${stage.name}`,
    calls: calls.map(({ line }) => line.call),
    lines: [
      { text: `FROM scratch AS ${name}\nCOPY <<'DHI_EOF' /cooldown.sh\n${cooldownScript}DHI_EOF\n`, shared: "scripts" },
    ],
  };
}
