import t from "tap";
import type { Finding } from "../src/check/rule.ts";
import { checkSettings, parseCheckOptions, withoutSkipped } from "../src/check/skip.ts";
import { isDirective } from "../src/directives/index.ts";
import { parse } from "../src/parse/dockerfile.ts";
import { scan } from "../src/parse/scanner.ts";

// `# check=` as BuildKit reads it (frontend/dockerfile/linter/linter.go).

t.test("options", async (t) => {
  const read = (text: string) => {
    const { skipAll, skip, error, problem } = parseCheckOptions(text);
    return problem ?? [skipAll, [...skip], error];
  };
  t.strictSame(read(""), [false, [], false]);
  t.strictSame(read("skip=A, B;error=true"), [false, ["A", "B"], true]);
  t.strictSame(read(" error = 1 ; skip = all "), [true, [], true]);
  t.strictSame(read("experimental=all;error=F"), [false, [], false]);
  t.strictSame(read("skip=A;skip=B"), [false, ["B"], false], "the last one counts");
  t.equal(read("skip"), 'invalid check option "skip"');
  t.equal(read("skip=A;"), 'invalid check option ""');
  t.equal(read("nonsense=1"), 'invalid check option "nonsense"');
  t.equal(read("error=yes"), 'failed to parse check option "error=yes"');
  t.strictSame(read("skip=A;error=true;skip=B;error=false"), [false, ["B;error=false"], true], "three parts at most");
});

function parsed(text: string) {
  return parse(scan({ name: "Dockerfile", bytes: Buffer.from(text) }), isDirective);
}

t.test("the build argument replaces what the file says", async (t) => {
  const file = parsed("# check=skip=A;error=true\nFROM x\n");
  t.match(checkSettings(file, {}), { error: true, line: 1 });
  const given = checkSettings(file, { BUILDKIT_DOCKERFILE_CHECK: "skip=B" });
  t.strictSame([[...given.skip], given.error], [["B"], false]);
  t.equal(checkSettings(file, { BUILDKIT_DOCKERFILE_CHECK: "" }).error, false);
});

t.test("DHI_CHECK adds to what the file says, for our rules", async (t) => {
  const file = parsed("# check=skip=A\nFROM x\n");
  const both = checkSettings(file, { DHI_CHECK: "skip=B;error=true" });
  t.strictSame([[...both.skip], both.error, both.skipAll], [["A", "B"], true, false]);
  t.equal(checkSettings(file, { DHI_CHECK: "skip=all" }).skipAll, true);
  t.throws(() => checkSettings(file, { DHI_CHECK: "off" }), { message: /DHI_CHECK can't be read/ });
});

t.test("a comment above an instruction", async (t) => {
  const lines = (text: string) => {
    const file = parsed(text);
    const findings = file.instructions.map(({ line, endLine }): Finding => {
      const span = { start: { line: endLine, column: 0 }, end: { line: endLine, column: 1 } };
      return { rule: "A", severity: "warning", message: `${line}`, span };
    });
    return withoutSkipped(findings, file, checkSettings(file, {})).map(({ message }) => Number(message));
  };
  t.strictSame(lines("FROM x\n# check=skip=A\nRUN a\nRUN b\n"), [1, 4]);
  t.strictSame(lines("FROM x\n# why\n\n  # CHECK = skip=B,A and more\n# other\nRUN a \\\n  b\n"), [1]);
  t.strictSame(lines("FROM x\n# check=skip=A\n#\nRUN a\n"), [1, 4], "an empty comment takes it back");
  t.strictSame(lines("FROM x\n# check=skip=B\n# check=skip=A\nRUN a\n"), [1, 4], "the first one is read");
  t.strictSame(lines("FROM x\n# check=skip\nRUN a\n"), [1, 3], "one that can't be read skips nothing");
  t.strictSame(lines("FROM x\nRUN <<E\n# check=skip=A\nE\nRUN b\n"), [1, 2, 5], "a heredoc is no comment");
  t.strictSame(lines("FROM x\nRUN a \\\n# check=skip=A\n  b\nRUN c\n"), [1, 2, 5], "nor is one inside an instruction");
  t.strictSame(lines("# syntax=x\n# check=skip=B\nFROM x\n"), [3], "the file's own settings are no comment");
});
