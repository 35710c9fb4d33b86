import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import t, { type Test } from "tap";
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
import { FRONTEND, frontendImage } from "./frontend-image.ts";
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
  const lent = [...frontend.buildContextArgs, ...tiny.optionsFor(imagesOf(sample))];
  const words = [...lent, `--build-arg=DHI_TODAY=${today}`, ...options, "--file=-", folder];
  return used.docker(["buildx", "build", ...words], { reject: false, input: sample.text });
}

async function onCommandLine({ text }: Sample): Promise<Told[]> {
  const args = ["check", "--offline", "--json", `--today=${today}`, "-"];
  const { stdout } = await execa(process.execPath, [cli, ...args], { reject: false, input: text });
  type Finding = { rule: string; line: number; endLine: number };
  return (JSON.parse(stdout) as Finding[]).map(({ rule, line, endLine }) => `${rule} ${line}-${endLine}`);
}

/** The warnings of a build, whatever becomes of it: its images are empty, so nothing in it can run. */
async function inBuild(sample: Sample): Promise<Told[]> {
  const { stderr } = await docker(sample, "--progress=rawjson", "--output=type=cacheonly");
  type Range = { start: { line: number }; end: { line: number } };
  type Warning = { short: string; range: Range[]; sourceInfo: { data: string } };
  const events = String(stderr)
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as { warnings?: Warning[] }] : []));
  return events.flatMap(({ warnings = [] }) =>
    warnings.flatMap(({ short, range, sourceInfo }) => {
      const rule = /^(Dhi\w+): /.exec(Buffer.from(short, "base64").toString())?.[1];
      if (rule === undefined) return [];
      if (Buffer.from(sourceInfo.data, "base64").toString() !== sample.text)
        throw new Error("another file is warned of");
      return [`${rule} ${range[0]?.start.line}-${range[0]?.end.line}`];
    }),
  );
}

async function inCheck(sample: Sample): Promise<Told[]> {
  const { stdout, stderr } = await docker(sample, "--call=check,format=json");
  type Warning = { ruleName: string; location: { ranges: { start: { line: number }; end: { line: number } }[] } };
  const { warnings } = readJson(String(stdout), String(stderr)) as { warnings: Warning[] | null };
  return (warnings ?? []).flatMap(({ ruleName, location: { ranges } }) =>
    ruleName.startsWith("Dhi") ? [`${ruleName} ${ranges[0]?.start.line}-${ranges[0]?.end.line}`] : [],
  );
}

function readJson(stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`the check was not answered:\n${stderr}${stdout}`);
  }
}

const queue = [...samples];
const results: { readonly sample: Sample; readonly ways: readonly (readonly Told[])[] }[] = [];

/** Some at a time: a build is mostly waiting. */
async function work(): Promise<void> {
  for (let sample = queue.shift(); sample; sample = queue.shift()) {
    results.push({ sample, ways: [await onCommandLine(sample), await inBuild(sample), await inCheck(sample)] });
  }
}

function compare(t: Test, { sample, ways }: (typeof results)[number]): void {
  const [command = [], build = [], check = []] = ways;
  const { rule, title } = sample;
  t.ok(
    command.some((told) => told.startsWith(`${rule} `)),
    `${title}: the command line finds it`,
  );
  t.strictSame([...build].sort(), expected(sample, command, "build").sort(), `${title}: a build warns of it, once`);
  t.strictSame([...check].sort(), expected(sample, command, "check").sort(), `${title}: --check tells it`);
}

t.test("samples of all rules", async (t) => {
  await Promise.all([work(), work(), work()]);
  for (const { name } of rules) {
    await t.test(name, async (t) => {
      for (const result of results.filter(({ sample }) => sample.rule === name)) compare(t, result);
    });
  }
});

t.test("text of a check: our findings look like BuildKit's own", async (t) => {
  const [sample] = samples.filter(({ rule }) => rule === "DhiShellForm");
  if (!sample) return t.fail("there is no sample");
  const { stdout, exitCode } = await docker({ ...sample, text: `${sample.text}MAINTAINER x\n` }, "--check");
  t.equal(exitCode, 1);
  t.match(String(stdout), /^WARNING: DhiShellForm\nCMD is in shell form.*\nstdin:4\n-+\n(.*\n)*.*>>> CMD node/m);
  t.match(String(stdout), /^WARNING: MaintainerDeprecated - http/m);
  t.match(String(stdout), /Check complete, 3 warnings have been found!/);
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
