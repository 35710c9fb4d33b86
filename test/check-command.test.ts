import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import t from "tap";
import { rules } from "../src/check/rules/index.ts";

// `dhi-frontend check` as people and pipelines call it.

const cli = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));
/** By its digest, so that nothing is to be said of it. */
const from = `FROM dhi.io/node:22-debian13@sha256:${"0".repeat(64)}\n`;
const bad = `${from}COPY server.js ./\nCMD node server.js\n`;
const good = `${from}COPY server.js ./\nCMD ["node", "server.js"]\n`;

function run(args: readonly string[], options: { input?: string; cwd?: string; env?: Record<string, string> } = {}) {
  const { env = {}, ...rest } = options;
  return execa(process.execPath, [cli, ...args], {
    reject: false,
    stripFinalNewline: false,
    env: { GITHUB_ACTIONS: "", ...env },
    ...rest,
  });
}

function check(input: string, ...args: readonly string[]) {
  return run(["check", "--offline", ...args, "-"], { input });
}

t.test("text: place, severity, rule, the user's lines, what to write", async (t) => {
  const { stdout, stderr, exitCode } = await check(bad);
  t.equal(exitCode, 1);
  t.equal(stderr, "");
  t.match(stdout, /^<stdin>:3: error: CMD is in shell form.* \[DhiShellForm\]$/m);
  t.match(stdout, />>> CMD node server\.js/);
  t.match(stdout, 'write `CMD ["node", "server.js"]`');
  t.match(stdout, /^1 file checked: 1 error; --fix mends 1$/m);
  t.notMatch(stdout, "\u001b", "no colours where there is no terminal");
});

t.test("nothing found: exit code 0, and it says so", async (t) => {
  const { stdout, exitCode } = await check(good);
  t.equal(exitCode, 0);
  t.equal(stdout, "1 file checked, nothing found\n");
});

t.test("several files, by -f and as words; Dockerfile by default", async (t) => {
  const cwd = t.testdir({ Dockerfile: bad, "a.Dockerfile": good, "b.Dockerfile": `# b\n${bad}` });
  const { stdout, exitCode } = await run(["check", "--offline", "--json", "b.Dockerfile", "-f", "a.Dockerfile"], {
    cwd,
  });
  t.equal(exitCode, 1);
  t.strictSame(
    JSON.parse(stdout).map(({ file, line }: { file: string; line: number }) => [file, line]),
    [["b.Dockerfile", 4]],
  );
  t.match((await run(["check", "--offline"], { cwd })).stdout, /^Dockerfile:3: error/m);
});

t.test("--json: exactly the promised fields", async (t) => {
  const text = `${from}RUN mkdir /app/data && \\\n    touch /app/data/x\nCMD ["node"]\n`;
  const { stdout } = await check(text, "--json");
  const [finding, ...more] = JSON.parse(stdout);
  t.strictSame(more, []);
  t.strictSame(Object.keys(finding), ["rule", "severity", "file", "line", "endLine", "message", "suggestion"]);
  t.match(finding, { rule: "DhiShellForm", severity: "error", file: "<stdin>", line: 2, endLine: 3 });
  t.equal((await check(good, "--json")).stdout, "[]\n");
});

t.test("--sarif: a log of version 2.1.0 with all that its schema requires", async (t) => {
  const cwd = t.testdir({ "my app": { Dockerfile: bad } });
  const { stdout, exitCode } = await run(["check", "--offline", "--sarif", "my app/Dockerfile"], { cwd });
  t.equal(exitCode, 1);
  const log = JSON.parse(stdout);
  t.equal(log.version, "2.1.0");
  const [{ tool, results, columnKind }, ...more] = log.runs;
  t.strictSame(more, []);
  t.equal(tool.driver.name, "dhi-frontend");
  t.equal(columnKind, "utf16CodeUnits");
  t.strictSame(
    tool.driver.rules.map(({ id }: { id: string }) => id),
    rules.map(({ name }) => name),
  );
  for (const { shortDescription, help, defaultConfiguration } of tool.driver.rules) {
    t.type(shortDescription.text, "string");
    t.type(help.text, "string");
    t.ok(["error", "warning", "note"].includes(defaultConfiguration.level));
  }
  const [result] = results;
  t.equal(tool.driver.rules[result.ruleIndex].id, result.ruleId);
  t.match(result, { ruleId: "DhiShellForm", level: "error", message: { text: /shell form/ } });
  const { physicalLocation } = result.locations[0];
  t.strictSame(physicalLocation, {
    artifactLocation: { uri: "my%20app/Dockerfile" },
    region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 19 },
  });
  const [change] = result.fixes[0].artifactChanges;
  t.strictSame(change.replacements, [
    {
      deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 19 },
      insertedContent: { text: '["node", "server.js"]' },
    },
  ]);
});

t.test("in a GitHub workflow: annotations beside the text, never in JSON", async (t) => {
  const cwd = t.testdir({ "a,b:100%": bad });
  const env = { GITHUB_ACTIONS: "true" };
  const { stdout } = await run(["check", "--offline", "a,b:100%"], { cwd, env });
  t.match(stdout, /^::error file=a%2Cb%3A100%25,line=3,endLine=3,title=DhiShellForm::CMD is in shell form/m);
  t.notMatch((await run(["check", "--offline", "--json", "a,b:100%"], { cwd, env })).stdout, "::error");
});

t.test(
  "--fix: the file is changed and keeps its mode and links; what it did is said; then nothing is left",
  async (t) => {
    const cwd = t.testdir({ real: { "app.Dockerfile": `\ufeff${bad.replaceAll("\n", "\r\n")}` } });
    const real = join(cwd, "real/app.Dockerfile");
    chmodSync(real, 0o640);
    symlinkSync("real/app.Dockerfile", join(cwd, "Dockerfile"));
    const { stdout, stderr, exitCode } = await run(["check", "--offline", "--fix"], { cwd });
    t.equal(exitCode, 0);
    t.equal(stderr, 'Dockerfile:3: fixed DhiShellForm: write `CMD ["node", "server.js"]`\n');
    t.equal(stdout, "1 file checked, nothing found\n");
    t.equal(readFileSync(real, "utf8"), `\ufeff${good.replaceAll("\n", "\r\n")}`);
    t.equal(statSync(real).mode & 0o777, 0o640);
    t.ok(lstatSync(join(cwd, "Dockerfile")).isSymbolicLink());
    t.strictSame(readdirSync(join(cwd, "real")), ["app.Dockerfile"], "no temporary file is left");
  },
);

t.test("--fix tells what it can't mend", async (t) => {
  const { stdout, stderr, exitCode } = await check(`${from}RUN mkdir /x\nCMD node a.js\n`, "--fix");
  t.equal(exitCode, 1);
  t.equal(stdout, `${from}RUN mkdir /x\nCMD ["node", "a.js"]\n`, "the file, and nothing else");
  t.match(stderr, /<stdin>:3: fixed DhiShellForm/);
  t.match(stderr, /<stdin>:2: error: RUN is in shell form/);
});

t.test("a file that is not UTF-8 is left alone", async (t) => {
  const cwd = t.testdir();
  const bytes = Buffer.concat([Buffer.from(bad), Buffer.from([0x23, 0xff, 0x0a])]);
  writeFileSync(join(cwd, "Dockerfile"), bytes);
  const { exitCode } = await run(["check", "--offline", "--fix"], { cwd });
  t.equal(exitCode, 1);
  t.strictSame(readFileSync(join(cwd, "Dockerfile")), bytes);
});

t.test("what a file skips is not told", async (t) => {
  t.equal((await check(`# check=skip=DhiShellForm\n${bad}`)).exitCode, 0);
  t.equal((await check(`# check=skip=all\n${bad}`)).exitCode, 0);
  t.equal((await check(`# check=skip=DhiUnknownTag;error=true\n${bad}`)).exitCode, 1);
  t.equal((await check(bad.replace("CMD", "# check=skip=DhiShellForm\nCMD"))).exitCode, 0, "above an instruction");
  t.equal((await check(bad.replace("COPY", "# check=skip=DhiShellForm\nCOPY"))).exitCode, 1, "above another one");
  t.equal((await check(bad, "--build-arg", "BUILDKIT_DOCKERFILE_CHECK=skip=DhiShellForm")).exitCode, 0);
  const wrong = await check(`# check=skip\n${bad}`);
  t.match(wrong.stdout, /^<stdin>:1: error: the check options can't be read.* \[DhiCheckOptions\]$/m);
});

t.test("mistakes in directives are told, too, in the order of the file", async (t) => {
  const text = `${from}DHI-NATIV libpq5\nRUN mkdir /x\nDHI-NATIVE\nCMD ["node"]\n`;
  const { stdout, exitCode } = await check(text, "--json");
  t.equal(exitCode, 1);
  t.strictSame(
    JSON.parse(stdout).map(({ rule, line }: { rule: string; line: number }) => [rule, line]),
    [
      ["DhiUnknownDirective", 2],
      ["DhiShellForm", 3],
      ["DhiMissingArgument", 4],
    ],
  );
  t.match((await check("FROM a\nONBUILD DHI-NATIVE x\n")).stdout, /:2: error: .*\[DhiInOnbuild\]/);
});

t.test("advice about directives is told, and can be skipped", async (t) => {
  const text = 'FROM dhi.io/dotnet:10.0-debian13\nDHI-FRAMEWORK aspnetcore\nCMD ["dotnet"]\n';
  const { stdout, exitCode } = await check(text, "--json");
  const advice = JSON.parse(stdout).filter(({ line }: { line: number }) => line === 2);
  t.match(advice, [{ rule: "DhiFrameworkBase", severity: "info" }]);
  t.equal(exitCode, 0);
  t.notMatch((await check(`# check=skip=DhiFrameworkBase\n${text}`, "--json")).stdout, "DhiFrameworkBase");
});

t.test("--target looks at what the target needs; build arguments fill variables", async (t) => {
  const text = `ARG TAG=22-debian13-dev\nFROM dhi.io/node:22-debian13 AS other\nRUN mkdir /x\nFROM dhi.io/node:$TAG AS last\nCMD node a.js\n`;
  const lines = async (...args: readonly string[]) => {
    const found = JSON.parse((await check(text, "--json", ...args)).stdout) as { rule: string; line: number }[];
    return found.filter(({ rule }) => rule === "DhiShellForm").map(({ line }) => line);
  };
  t.strictSame(await lines(), [3]);
  t.strictSame(await lines("--target=last"), []);
  t.strictSame(await lines("--target=OTHER"), [3]);
  t.strictSame(await lines("--build-arg", "TAG=22-debian13"), [3, 5]);
  t.match((await check(text, "--target=oter")).stdout, /could not be found[\s\S]*did you mean other\?/);
});

t.test("--list and explain", async (t) => {
  const { stdout } = await run(["check", "--list"]);
  t.equal(stdout.split("\n").length, rules.length + 1);
  t.match(stdout, /^DhiShellForm +error +a command in shell form/m);
  t.strictSame(
    JSON.parse((await run(["check", "--list", "--json"])).stdout).map(({ rule }: { rule: string }) => rule),
    rules.map(({ name }) => name),
  );
  const page = await run(["explain", "DhiShellForm"]);
  t.equal(page.exitCode, 0);
  t.match(page.stdout, /^# DhiShellForm\n[\s\S]*## Found[\s\S]*## Fine/);
  const slip = await run(["explain", "DhiShelForm"]);
  t.equal(slip.exitCode, 2);
  t.match(slip.stderr, "did you mean DhiShellForm?");
});

t.test("without a registry or engine it says whom it asked", async (t) => {
  const { stderr, exitCode } = await run(["check", "-"], { input: bad, env: { PATH: "/nonexistent" } });
  t.equal(exitCode, 1);
  t.match(stderr, /^dhi\.io\/node:22-debian13@sha256:0+: No registry or engine answered .* the catalogue's\.$/m);
});

t.test("wrong usage, and files that can't be read: exit code 2", async (t) => {
  const cwd = t.testdir({ Dockerfil: bad });
  for (const args of [
    ["--nonsense"],
    ["--build-arg", "DHI_CHECK=off"],
    ["--json", "--sarif"],
    ["--today=2026-02-30"],
    ["--fix", "--json", "-"],
    [""],
  ]) {
    const { exitCode, stderr, stdout } = await run(["check", ...args], { cwd });
    t.equal(exitCode, 2, args.join(" "));
    t.equal(stdout, "");
    t.match(stderr, "Try: dhi-frontend");
  }
  const missing = await run(["check", "--offline"], { cwd });
  t.equal(missing.exitCode, 2);
  t.match(missing.stderr, "did you mean Dockerfil?");
  t.equal((await run(["check", "--help"])).exitCode, 0);
});
