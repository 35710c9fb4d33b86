import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import t from "tap";

const cli = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));
const file = "FROM dhi.io/node:22-debian13 AS final\nDHI-NATIVE libpq5\n";

function run(args: readonly string[], options: { input?: string; cwd?: string; env?: Record<string, string> } = {}) {
  return execa(process.execPath, [cli, ...args], { reject: false, stripFinalNewline: false, ...options });
}

t.test("the expansion goes to standard output, nothing else does", async (t) => {
  const { stdout, stderr, exitCode } = await run(["expand", "--offline", "-f", "-"], { input: file });
  t.equal(exitCode, 0);
  t.equal(stderr, "");
  t.match(stdout, /^FROM --platform=\$BUILDPLATFORM dhi\.io\/node:22-debian13-dev AS dhi--native--final$/m);
  t.match(stdout, /^COPY --link --from=dhi--native--final \/out\/ \/$/m);
});

t.test("the expansion expands to itself", async (t) => {
  const { stdout } = await run(["expand", "--offline", "-f", "-"], { input: file });
  t.equal((await run(["expand", "--offline", "-f", "-"], { input: stdout })).stdout, stdout);
});

t.test("a mistake is told as FILE:LINE with its snippet, exit code 1, and nothing on standard output", async (t) => {
  const cwd = t.testdir({ "app.Dockerfile": "FROM dhi.io/node:22-debian13\nDHI-NATIV libpq5\n" });
  const { stdout, stderr, exitCode } = await run(["expand", "-f", "app.Dockerfile"], { cwd });
  t.equal(exitCode, 1);
  t.equal(stdout, "");
  t.match(stderr, "app.Dockerfile:2: error: unknown directive DHI-NATIV");
  t.match(stderr, ">>> DHI-NATIV libpq5");
  t.match(stderr, "did you mean DHI-NATIVE?");
  t.notMatch(stderr, "\u001b", "no colours where there is no terminal");
});

t.test("all mistakes of a file come at once", async (t) => {
  const { stderr } = await run(["expand", "-f", "-"], { input: "FROM a\nDHI-NATIV x\nDHI-NATIVE\nDHI-NATIVE curl-\n" });
  t.match(stderr, /:2: error[\s\S]*:3: error[\s\S]*:4: error/);
});

t.test("a file without directives comes back byte for byte", async (t) => {
  const cwd = t.testdir();
  const bytes = Buffer.concat([
    Buffer.from("\ufeffFROM a\r\nENV B="),
    Buffer.from([0xff]),
    Buffer.from('\r\nCMD ["c"]'),
  ]);
  writeFileSync(join(cwd, "Dockerfile"), bytes);
  const { stdout } = await execa(process.execPath, [cli, "expand"], {
    cwd,
    encoding: "buffer",
    stripFinalNewline: false,
  });
  t.strictSame(Buffer.from(stdout), bytes);
});

t.test("a reader that goes away early is no error", async (t) => {
  const child = execa(process.execPath, [cli, "expand", "--offline", "-f", "-"], {
    input: `${file}${"# a long file\n".repeat(100_000)}`,
    buffer: { stdout: false },
    reject: false,
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const { exitCode, stderr } = await child;
  t.equal(exitCode, 0);
  t.equal(stderr, "");
});

t.test("--map shows where each line comes from", async (t) => {
  const { stdout } = await run(["expand", "--offline", "--map", "-f", "-"], { input: file });
  t.match(stdout, /^ {4}\+1 \| FROM dhi\.io\/node:22-debian13 AS dhi--body--final$/m);
  t.match(stdout, /^ {4}\+2 \| COPY --link --from=dhi--native--final/m);
});

t.test("--target expands what the target needs, --build-arg fills variables", async (t) => {
  const input =
    "ARG BASE=x\nFROM registry.example/private:1 AS other\nDHI-NATIVE a1\nFROM $BASE AS final\nDHI-NATIVE libpq5\n";
  const args = ["expand", "--offline", "-f", "-", "--build-arg", "BASE=dhi.io/node:22-debian13"];
  const { stdout, exitCode } = await run([...args, "--target", "final"], { input });
  t.equal(exitCode, 0);
  t.match(stdout, "FROM $BASE AS dhi--base--final");
  t.match(stdout, "# DHI-NATIVE a1: the target does not need this stage");
  t.equal((await run(args, { input })).exitCode, 1, "without a target every stage must expand");
});

t.test("help and wrong usage", async (t) => {
  const help = await run(["--help"]);
  t.equal(help.exitCode, 0);
  t.match(help.stdout, "dhi-frontend expand");
  for (const args of [[], ["bogus"], ["expand", "--bogus"], ["expand", "Dockerfile"]]) {
    const { exitCode, stdout, stderr } = await run(args);
    t.equal(exitCode, 2, `exit code of ${args.join(" ") || "nothing"}`);
    t.equal(stdout, "");
    t.not(stderr, "");
  }
  const missing = await run(["expand", "-f", "Dockerfil"], { cwd: t.testdir({ Dockerfile: "FROM a\n" }) });
  t.equal(missing.exitCode, 1);
  t.match(missing.stderr, "did you mean Dockerfile?");
});

t.test("explain: help, wrong usage, a machine without docker, a file that is not there", async (t) => {
  const help = await run(["explain", "--help"]);
  t.equal(help.exitCode, 0);
  t.match(help.stdout, "dhi-frontend explain --image IMAGE");
  const wrong: Readonly<Record<string, readonly string[]>> = {
    "explain --image app": ["explain", "app"],
    "not both": ["explain", "--image", "a", "--archive", "b"],
    "'--image <value>' argument missing": ["explain", "--image"],
    "empty word": ["explain", "--image", "a", ""],
    bogus: ["explain", "--bogus"],
  };
  for (const [problem, args] of Object.entries(wrong)) {
    const { exitCode, stdout, stderr } = await run(args);
    t.equal(exitCode, 2, args.join(" "));
    t.equal(stdout, "");
    t.match(stderr, problem);
  }
  const without = await run(["explain", "--image", "app"], { env: { PATH: t.testdir() } });
  t.equal(without.exitCode, 1);
  t.match(without.stderr, /no program docker; .*--archive FILE/);
  t.notMatch(without.stderr, "\u001b");
  const silent = await run(["explain", "--archive", "gone.tar", "--json"]);
  t.equal(silent.exitCode, 1);
  t.equal(silent.stdout, "");
  t.match(silent.stderr, "gone.tar: there is no such file");
});

t.test("the bundle holds the scripts as they stand in the tree", async (t) => {
  const { stdout } = await run(["expand", "--offline", "-f", "-"], { input: file });
  t.match(stdout, readFileSync(fileURLToPath(new URL("../src/graft/debian.sh", import.meta.url)), "utf8"));
});
