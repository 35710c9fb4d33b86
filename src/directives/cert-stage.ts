import type { Diagnostic } from "../diagnostic.ts";
import { certScripts } from "../graft/scripts.ts";
import type { DirectiveCall, ImageFacts } from "../model.ts";
import type { CertLine } from "./cert.ts";
import type { Argument, Expansion, Family, GeneratedLines, ParsedCall, StageView } from "./directive.ts";
import { graftSteps } from "./graft-distros.ts";
import { baseStage, reservedPrefix, scriptMount, stageName } from "./graft-stage.ts";

type Call = ParsedCall<CertLine>;

/** All lines of a stage as one step: the certificates go to a builder, and lists made of them and the base's are copied at the first line. */
export const certFamily: Family<CertLine> = { check, expand };

/** What reads certificates where nothing better is known: they are the same everywhere. */
const anyBuilder = "dhi.io/debian-base:trixie-dev";

const folder = "/etc/ssl/dhi";

function check(stage: StageView, calls: readonly Call[]): Diagnostic[] {
  const named = calls.flatMap(({ args }) => (args.builder ? [args.builder] : []));
  const [first] = named;
  const conflicts = named
    .filter((one) => first && one.value !== first.value)
    .map(({ value, span }): Diagnostic => {
      const problem = `--builder=${value} contradicts --builder=${first?.value}`;
      const advice = "the stage's lines become one step: write the flag once, in any of them";
      return { code: "DhiConflictingFlags", severity: "error", span, problem, advice };
    });
  const sources = [...named, ...calls.flatMap(({ args }) => (args.from ? [args.from] : []))];
  return [...conflicts, ...sources.flatMap((argument) => sourceProblems(stage, argument))];
}

function sourceProblems(stage: StageView, { value, span }: Argument): Diagnostic[] {
  if (value === "scratch" || value.startsWith(reservedPrefix)) {
    const problem = `\`${value}\` has no files`;
    return [
      { code: "DhiSource", severity: "error", span, problem, advice: "name a stage above, an image, or a context" },
    ];
  }
  const source = stage.source(value);
  return source.kind === "none"
    ? [{ code: "DhiSource", severity: "error", span, problem: source.problem, advice: source.advice }]
    : [];
}

function expand(stage: StageView, calls: readonly Call[]): Expansion {
  const [first, ...others] = calls;
  if (!first) return { stages: [], replacements: new Map(), grafts: [], scripts: {} };
  const lines = calls.map(({ line }) => line.call);
  const name = stageName("cert", stage);
  const base = baseStage(stage, lines);
  const named = calls.find(({ args }) => args.builder)?.args.builder;
  const builder = named ? nameOf(stage, named.value) : (stage.base.builder ?? anyBuilder);
  const isStage = named !== undefined && stage.source(named.value).kind === "stage";
  const copy: GeneratedLines = { text: `COPY --link --from=${name} /out/ /\n` };
  return {
    stages: [
      base,
      {
        name,
        note: `certificates, read with ${builder}`,
        calls: lines,
        lines: [
          {
            text: `FROM ${isStage ? "" : "--platform=$BUILDPLATFORM "}${builder} AS ${name}\n`,
            shared: `builder ${builder}`,
          },
          { text: `${named ? 'SHELL ["/bin/sh", "-c"]\n' : ""}USER 0:0\n`, step: "builder" },
          ...stepLines(stage, calls, base.name),
        ],
      },
    ],
    replacements: new Map<DirectiveCall, readonly GeneratedLines[]>([
      [
        first.line.call,
        [copy, { text: `ENV ${variables(stage.base).join(` ${stage.escape}\n    `)}\n`, step: "variables" }],
      ],
      ...others.map((other) => [other.line.call, [{ text: `# ${other.line.label}: copied above\n` }]] as const),
    ]),
    grafts: [name],
    scripts: { "cert.sh": { entry: "cert.sh", files: certScripts } },
  };
}

/** The files of each word go to a folder of their own, because two may have the same name. */
function stepLines(stage: StageView, calls: readonly Call[], base: string): GeneratedLines[] {
  const copies: GeneratedLines[] = [];
  const secrets: string[] = [];
  const names: string[] = [];
  for (const { args } of calls) {
    for (const { value } of args.paths) {
      names.push(value);
      const from = args.from ? `--from=${nameOf(stage, args.from.value)} ` : "";
      const words = [copied(value, stage.escape), `/certs/${names.length}/`];
      copies.push({ text: `COPY ${from}${JSON.stringify(words)}\n`, step: value });
    }
    for (const { value } of args.secrets) {
      names.push(value);
      secrets.push(`--mount=type=secret,id=${value},target=/certs/${names.length}/${value},required=true`);
    }
  }
  const ancestors = stage.ancestorGrafts.map(
    (ancestor, index) => `--mount=type=bind,from=${ancestor},source=/out,target=/have/${index}`,
  );
  const { access } = graftSteps[stage.base.distro ?? "debian"];
  const bundle = variable(stage.base, "SSL_CERT_FILE");
  const flags = [
    ...(bundle !== undefined && /^\/[\w./+-]+$/.test(bundle) ? [`--bundle ${bundle}`] : []),
    ...(calls.some(({ args }) => args.baseBundle) ? ["--base-bundle"] : []),
    ...(isJava(stage.base) ? ["--java"] : []),
  ];
  const mounts = [
    scriptMount("cert.sh"),
    `--mount=type=bind,from=${base},target=/target`,
    ...ancestors,
    ...access,
    ...secrets,
    ["sh /dhi/cert.sh", ...flags, ...names.map(quoted)].join(" "),
  ];
  return [...copies, { text: `RUN ${mounts.join(` ${stage.escape}\n    `)}\n`, step: "certificates" }];
}

/** Where programs look. What only some of them read is set for all: it does no harm to the others. */
function variables(base: ImageFacts): string[] {
  const bundle = `${folder}/ca-bundle.pem`;
  const java = variable(base, "JAVA_TOOL_OPTIONS");
  const option = `-Djavax.net.ssl.trustStore=${folder}/cacerts.p12`;
  return [
    `SSL_CERT_FILE=${bundle}`,
    `CURL_CA_BUNDLE=${bundle}`,
    `REQUESTS_CA_BUNDLE=${bundle}`,
    `GIT_SSL_CAINFO=${bundle}`,
    `NODE_EXTRA_CA_CERTS=${folder}/extra.pem`,
    ...(isJava(base) ? [`JAVA_TOOL_OPTIONS="${java === undefined ? "" : "$JAVA_TOOL_OPTIONS "}${option}"`] : []),
  ];
}

function isJava(base: ImageFacts): boolean {
  return variable(base, "JAVA_HOME") !== undefined;
}

function variable({ env }: ImageFacts, name: string): string | undefined {
  return env.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
}

function nameOf(stage: StageView, text: string): string {
  const source = stage.source(text);
  return source.kind === "stage" ? source.name : text;
}

/** COPY replaces variables in its words; these have been replaced. */
function copied(path: string, escapeChar: string): string {
  return path.replace(/[\\$`"']/g, (character) =>
    character === escapeChar || "$\"'".includes(character) ? `${escapeChar}${character}` : character,
  );
}

function quoted(value: string): string {
  return /^[\w./@+-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
