import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import t from "tap";
import { rules } from "../src/check/rules/index.ts";
import { isDirective } from "../src/directives/index.ts";
import type { ParsedFile } from "../src/model.ts";
import { parse } from "../src/parse/dockerfile.ts";
import { reachable } from "../src/parse/reachable.ts";
import { scan } from "../src/parse/scanner.ts";
import { type StageScopes, stageScopes } from "../src/parse/scope.ts";
import { referencedStage, stageNames } from "../src/parse/stages.ts";
import { catalogFacts } from "../src/resolve/from-catalog.ts";
import { engine } from "./engine/engine.ts";
import { FRONTEND, frontendImage, RULES } from "./frontend-image.ts";
import { tinyImages } from "./tiny-images.ts";

// The samples of all rules, three ways: the command line, the warnings of a real build, and `docker build --check`. Same facts, same findings.

const cli = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));
const today = "2026-11-22";
const linux = { os: "linux", architecture: "amd64" };

interface Sample {
  readonly rule: string;
  readonly title: string;
  readonly text: string;
  readonly parsed: ParsedFile;
  readonly scopes: StageScopes;
}

/** A finding as all three ways tell it: `DhiShellForm 3-3`. */
type Told = string;

const samples: readonly Sample[] = rules.flatMap((rule) =>
  rule.bad.map(({ title = "sample", dockerfile }) => {
    // The syntax line is the first, so the lines of a sample that has none move by one in every way.
    const text = dockerfile.includes("# syntax=") ? dockerfile : `# syntax=${FRONTEND}\n${dockerfile}`;
    const parsed = parse(scan({ name: "Dockerfile", bytes: Buffer.from(text) }), isDirective);
    const settings = { buildArgs: {}, buildPlatform: linux, targetPlatform: linux };
    return { rule: rule.name, title, text, parsed, scopes: stageScopes(parsed, settings, () => undefined) };
  }),
);

/** The images that a sample names, without those that are wrong in it. */
function imagesOf({ parsed, scopes }: Sample): string[] {
  const names = stageNames(parsed);
  const from = scopes.froms.flatMap(({ image, stage, scratch }) => (stage === undefined && !scratch ? [image] : []));
  const copied = parsed.stages.flatMap(({ references }) =>
    references.flatMap(({ kind, name }) =>
      kind === "directive" || referencedStage(names, parsed.stages.length, kind, name) !== undefined ? [] : [name],
    ),
  );
  return [...new Set([...from, ...copied])].filter((image) => image !== "" && !catalogFacts(image).unlisted);
}

/** What builds look at: of the findings of the whole file, those in stages on hardened bases, and for a build in those that it needs. */
function expected({ parsed, scopes }: Sample, all: readonly Told[], way: "build" | "check"): Told[] {
  const needed = way === "build" ? reachable(parsed, scopes) : undefined;
  const untold = new Set<string>(
    rules.flatMap(({ name, notInBuilds }) => (notInBuilds && way === "build" ? [name] : [])),
  );
  return all.filter((told) => {
    if (untold.has(told.split(" ")[0] ?? "")) return false;
    const line = Number(/ (\d+)-/.exec(told)?.[1]);
    const stage = parsed.stages.findLast(({ from }) => from.line <= line);
    let at = stage?.index ?? 0;
    for (let parent = scopes.froms[at]?.stage; parent !== undefined; parent = scopes.froms[at]?.stage) at = parent;
    const looked = catalogFacts(scopes.froms[at]?.image ?? "").hardened;
    return looked && (needed?.has(stage?.index ?? 0) ?? true);
  });
}

const used = await engine();
const frontend = await frontendImage(used);
const tiny = await tinyImages(used, [...new Set(samples.flatMap(imagesOf))]);
t.teardown(() => tiny.remove());
const folder = mkdtempSync(join(tmpdir(), "dhi-rules-"));
t.teardown(() => rmSync(folder, { recursive: true }));

function docker(sample: Sample, ...options: readonly string[]) {
  const lent = imagesOf(sample).flatMap((image) => ["--build-context", `${image}=${tiny.source(image)}`]);
  const words = [
    ...frontend.buildContextArgs,
    ...lent,
    `--build-arg=DHI_TODAY=${today}`,
    ...options,
    "--file=-",
    folder,
  ];
  return used.docker(["buildx", "build", ...words], { reject: false, input: sample.text });
}

/** What each sample gives in one way. */
type Way = ReadonlyMap<Sample, readonly Told[]>;

const fileOf = (sample: Sample) => `${samples.indexOf(sample)}.Dockerfile`;

async function onCommandLine(): Promise<Way> {
  const args = ["check", "--offline", "--json", `--today=${today}`, ...samples.map(fileOf)];
  for (const sample of samples) writeFileSync(join(folder, fileOf(sample)), sample.text);
  const { stdout } = await execa(process.execPath, [cli, ...args], { reject: false, cwd: folder });
  const found: { rule: string; file: string; line: number; endLine: number }[] = JSON.parse(stdout);
  const told = (sample: Sample) =>
    found.flatMap(({ rule, file, line, endLine }) => (file === fileOf(sample) ? [`${rule} ${line}-${endLine}`] : []));
  return new Map(samples.map((sample) => [sample, told(sample)]));
}

interface Range {
  readonly start: { readonly line: number };
  readonly end: { readonly line: number };
}

function toldOf(rule: string, [range]: readonly Range[]): Told[] {
  return rule.startsWith("Dhi") ? [`${rule} ${range?.start.line}-${range?.end.line}`] : [];
}

/** The warnings of builds, whatever becomes of them: their images are empty, so nothing in them can run. Some at a time: a build is mostly waiting. */
async function inBuilds(): Promise<Way> {
  const found = new Map<Sample, Told[]>();
  const queue = [...samples];
  const work = async () => {
    for (let sample = queue.shift(); sample; sample = queue.shift()) found.set(sample, await inBuild(sample));
  };
  await Promise.all([work(), work(), work(), work()]);
  return found;
}

async function inBuild(sample: Sample): Promise<Told[]> {
  const { stderr } = await docker(sample, "--progress=rawjson", "--output=type=cacheonly");
  type Warning = { short: string; range: Range[]; url: string; sourceInfo: { data: string } };
  const events = String(stderr)
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as { warnings?: Warning[] }] : []));
  return events.flatMap(({ warnings = [] }) =>
    warnings.flatMap(({ short, range, url, sourceInfo }) => {
      if (Buffer.from(sourceInfo.data, "base64").toString() !== sample.text) throw new Error("it tells another file");
      const rule = /^\w+/.exec(Buffer.from(short, "base64").toString())?.[0] ?? "";
      if (rule.startsWith("Dhi") && url !== RULES.replace("{rule}", rule)) throw new Error(`${rule} points to ${url}`);
      return toldOf(rule, range);
    }),
  );
}

/** All checks are one command. */
async function inChecks(): Promise<Way> {
  const lent = Object.fromEntries(
    frontend.buildContextArgs.filter((_, index) => index % 2 === 1).map((pair) => splitOnce(pair)),
  );
  const target = samples.map((sample, index) => {
    const contexts = { ...lent, ...Object.fromEntries(imagesOf(sample).map((image) => [image, tiny.source(image)])) };
    const args = { DHI_TODAY: today };
    return [`s${index}`, { context: folder, dockerfile: fileOf(sample), contexts, args }] as const;
  });
  writeFileSync(join(folder, "bake.json"), JSON.stringify({ target: Object.fromEntries(target) }));
  const words = ["--file=bake.json", "--call=check,format=json", ...target.map(([name]) => name)];
  const { stdout, stderr } = await used.docker(["buildx", "bake", ...words], { reject: false, cwd: folder });
  type Warning = { ruleName: string; location: { ranges: Range[] } };
  const answer = readJson(String(stdout), String(stderr)) as {
    target: Record<string, { check: { warnings: Warning[] | null } }>;
  };
  const told = (index: number) =>
    (answer.target[`s${index}`]?.check.warnings ?? []).flatMap(({ ruleName, location: { ranges } }) =>
      toldOf(ruleName, ranges),
    );
  return new Map(samples.map((sample, index) => [sample, told(index)]));
}

function splitOnce(pair: string): [string, string] {
  const equals = pair.indexOf("=");
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function readJson(stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`the check was not answered:\n${stderr}${stdout}`);
  }
}

t.test("samples of all rules", async (t) => {
  const [commands, builds, checks] = await Promise.all([onCommandLine(), inBuilds(), inChecks()]);
  for (const { name } of rules) {
    await t.test(name, async (t) => {
      for (const sample of samples.filter(({ rule }) => rule === name)) {
        const command = commands.get(sample) ?? [];
        const told = (way: Way) => [...(way.get(sample) ?? [])].sort();
        t.ok(
          command.some((one) => one.startsWith(`${name} `)),
          `${sample.title}: the command line finds it`,
        );
        t.strictSame(told(builds), expected(sample, command, "build").sort(), `${sample.title}: a build warns once`);
        t.strictSame(told(checks), expected(sample, command, "check").sort(), `${sample.title}: --check tells it`);
      }
    });
  }
});

t.test("text of a check: our findings look like BuildKit's own", async (t) => {
  const [sample] = samples.filter(({ rule }) => rule === "DhiShellForm");
  if (!sample) return t.fail("there is no sample");
  const { stdout, exitCode } = await docker({ ...sample, text: `${sample.text}MAINTAINER x\n` }, "--check");
  t.equal(exitCode, 1);
  t.match(
    String(stdout),
    /^WARNING: DhiShellForm - https:.*DhiShellForm\.md\nCMD is in shell form.*\nstdin:4\n-+\n(.*\n)*.*>>> CMD node/m,
  );
  t.match(String(stdout), /^WARNING: MaintainerDeprecated - http/m);
  t.match(String(stdout), /^WARNING: DhiMutableTag - https:.*\n/m);
  t.match(String(stdout), /Check complete, 4 warnings have been found!/);
});

t.test("a file with directives: findings at the user's lines, in a check and in a build", async (t) => {
  const [sample] = samples.filter(({ rule }) => rule === "DhiShellForm");
  if (!sample) return t.fail("there is no sample");
  const mixed = { ...sample, text: sample.text.replace("COPY", "DHI-NATIVE libgif7\nMAINTAINER x\nCOPY") };
  const { stdout, exitCode } = await docker(mixed, "--check");
  t.equal(exitCode, 1);
  t.match(String(stdout), /^WARNING: DhiShellForm - .*\nCMD is in shell form.*\nstdin:6\n-+\n(.*\n)*.*>>> CMD node/m);
  t.match(String(stdout), /^WARNING: MaintainerDeprecated - .*\n.*\nstdin:4\n/m);
  t.strictSame(
    (await inBuild(mixed)).filter((told) => told.startsWith("DhiShellForm")),
    ["DhiShellForm 6-6"],
  );
});

t.test("error=true: one error with the rules of both; what is skipped counts for nothing", async (t) => {
  const [sample] = samples.filter(({ rule }) => rule === "DhiShellForm");
  if (!sample) return t.fail("there is no sample");
  const file = (check: string) => ({ ...sample, text: `# check=${check}\n${sample.text}MAINTAINER x\n` });
  const failed = async (check: string, ...options: readonly string[]) => {
    const { stderr, exitCode } = await docker(file(check), ...options, "--output=type=cacheonly");
    const rules = /lint violation found for rules: (.*)/.exec(String(stderr))?.[1];
    return [exitCode !== 0, rules?.split(", ").sort()];
  };
  const upstream = ["JSONArgsRecommended", "MaintainerDeprecated"];
  t.strictSame(await failed("error=true"), [true, ["DhiShellForm", ...upstream]]);
  t.strictSame(await failed(`skip=${upstream.join(",")};error=true`), [true, ["DhiShellForm"]]);
  t.strictSame(await failed("skip=DhiShellForm;error=true"), [true, upstream]);
  t.strictSame((await failed(`skip=DhiShellForm,${upstream.join(",")};error=true`))[1], undefined);
  const { stdout } = await docker(file("error=true"), "--call=check,format=json");
  t.match(JSON.parse(String(stdout)).buildError.message, /lint violation found for rules: .*DhiShellForm/);
});

t.test("a plain file on other bases gets nothing from us", async (t) => {
  const text = `# syntax=${FRONTEND}\nFROM scratch\nCMD node a.js\n`;
  const [sample] = samples;
  if (!sample) return t.fail("there is no sample");
  const plain: Sample = { ...sample, text, parsed: parse(scan({ name: "", bytes: Buffer.from(text) }), isDirective) };
  t.strictSame(
    await inBuild({
      ...plain,
      scopes: stageScopes(
        plain.parsed,
        { buildArgs: {}, buildPlatform: linux, targetPlatform: linux },
        () => undefined,
      ),
    }),
    [],
  );
});

t.test("the command line asks the engine, and finds the same as by the catalogue", async (t) => {
  if (used.kind !== "private") return t.pass("only our own engine has stand-ins under their real names");
  // What the frontend image stands on is there.
  const input = "FROM dhi.io/node:24-debian13\nCMD node a.js\n";
  const run = async (...args: readonly string[]) => {
    const words = ["check", "--json", `--today=${today}`, ...args, "-"];
    const { stdout, stderr } = await execa(process.execPath, [cli, ...words], { reject: false, input, env: used.env });
    // What to write instead may name what only an image can tell: its digest.
    type Finding = { suggestion?: string };
    const findings = (JSON.parse(stdout) as Finding[]).map(({ suggestion: _, ...finding }) => finding);
    return { stderr, findings };
  };
  const asked = await run();
  t.equal(asked.stderr, "", "the engine answered");
  t.match(JSON.stringify(asked.findings), "DhiShellForm");
  t.strictSame(asked.findings, (await run("--offline")).findings);
});
