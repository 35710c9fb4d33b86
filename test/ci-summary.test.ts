import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";

// What continuous integration says at its end, of a log as tap writes it.

const folder = mkdtempSync(join(tmpdir(), "dhi-summary-"));
t.teardown(() => rmSync(folder, { recursive: true }));

async function summary(log: string, status = "0"): Promise<{ lines: string[]; code: number | undefined }> {
  const file = join(folder, "log");
  writeFileSync(file, log);
  const { stdout, exitCode } = await execa(process.execPath, [".ci/summary.mjs", file, status], { reject: false });
  return { lines: stdout.split("\n"), code: exitCode };
}

const PASSED =
  "# Subtest: test/good.test.ts\n    # Subtest: fine\n        ok 1 - one\n    ok 1 - fine # time=1ms\nok 1 - test/good.test.ts # time=2ms\n";

function failed(diagnostics: readonly string[]): string {
  return `# Subtest: test/bad.test.ts
    # Subtest: outer
        # Subtest: inner
            ok 1 - first
            not ok 2 - second
              ---
${diagnostics.map((line) => `              ${line}\n`).join("")}              ...
            1..2
        not ok 1 - inner # time=3ms
          ---
          at: here
          ...
        ok 2 - beside
    not ok 1 - outer # time=4ms
not ok 2 - test/bad.test.ts # time=5ms
`;
}

t.test("a log without failures", async (t) => {
  t.same(await summary(`${PASSED}# { total: 1, pass: 1 }\n`), { lines: ["1 passed, 0 failed"], code: 0 });
  t.equal((await summary(`${PASSED}# { total: 1, pass: 1 }\n`, "1")).code, 1, "tap's own exit code counts");
});

t.test("a failure is told again at the end, once, with where it stands", async (t) => {
  const log = `${PASSED}${failed(["expected: 1", "", "actual: 2"])}# { total: 4, pass: 3, fail: 1 }\n`;
  const { lines, code } = await summary(log, "1");
  t.same(lines, [
    "FAILED test/bad.test.ts > outer > inner > second",
    "              expected: 1",
    "              actual: 2",
    "",
    "3 passed, 1 failed",
  ]);
  t.equal(code, 1);
});

t.test("of a long one its start and its end", async (t) => {
  const long = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  const { lines } = await summary(`${failed(long)}# { total: 4, pass: 3, fail: 1 }\n`, "1");
  t.equal(lines.length, 1 + 40 + 1 + 2);
  t.match(lines, [/FAILED/, /line 0$/]);
  t.match(lines[21], "(60 lines left out)");
  t.match(lines[41], /line 99$/);
});

t.test("skipped and missing tests are failures", async (t) => {
  const skipped = await summary("# { total: 2, pass: 1, skip: 1 }\n");
  t.same([skipped.lines.at(-1), skipped.code], ["1 passed, 1 failed", 1]);
  t.same(await summary(""), { lines: ["no test ran", "0 passed, 0 failed"], code: 1 });
});
