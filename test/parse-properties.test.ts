import fc from "fast-check";
import t from "tap";
import { DiagnosticError } from "../src/diagnostic.ts";
import { parse } from "../src/parse/dockerfile.ts";
import { splitBytes } from "../src/parse/lines.ts";
import { reachable } from "../src/parse/reachable.ts";
import { scan } from "../src/parse/scanner.ts";
import { stageScopes } from "../src/parse/scope.ts";

const amd64 = { os: "linux", architecture: "amd64" };

/** Pieces that mean something to the parser, so that random files reach its corners. */
const pieces = [
  ..."\n|\r\n| \\\n| `\n|\\ \n|#|# escape=`\n|FROM |FROM a AS b\n|RUN |COPY |--from=0 |--mount=type=bind,from=b |ONBUILD |ENV A=|ARG ".split(
    "|",
  ),
  ..."DHI-NATIVE |DHI-RUN |dhi-tool |--flag=|<<EOF|<<-'E F'|3<<A|EOF\n|A\n|E F\n|'|\"|$A|$|{A:-|{A//|}|/|\\|`|[\"a\"]|,|\ufeff|\0|é|😀|\u00a0|\t".split(
    "|",
  ),
];
const file = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => Buffer.from(parts.join(""))),
  fc.uint8Array({ maxLength: 200 }),
);

/** Runs everything in src/parse over a file; what it finds wrong is a diagnostic, never another error. */
function run(bytes: Uint8Array) {
  const scanned = scan({ name: "Dockerfile", bytes });
  const parsed = parse(scanned, () => true);
  const scopes = stageScopes(
    parsed,
    { buildArgs: { A: "a" }, buildPlatform: amd64, targetPlatform: amd64 },
    () => undefined,
  );
  for (const stage of parsed.stages) scopes.walk(stage.index, () => {});
  reachable(parsed, scopes);
}

t.test("any input gives a result or a diagnostic with a place in the file", async (t) => {
  fc.assert(
    fc.property(file, (bytes) => {
      try {
        run(bytes);
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        const lines = splitBytes(bytes).length;
        return error.diagnostics.every(({ span }) => span && span.start.line >= 1 && span.end.line <= lines);
      }
      return true;
    }),
    { numRuns: 3000 },
  );
  t.pass();
});

t.test("lines are the file, and every character of an instruction is found where its run says", async (t) => {
  fc.assert(
    fc.property(file, (bytes) => {
      let scanned: ReturnType<typeof scan>;
      try {
        scanned = scan({ name: "Dockerfile", bytes });
      } catch {
        return true;
      }
      const { lines, text, instructions } = scanned;
      if (lines.join("") !== text || lines.length !== splitBytes(bytes).length) return false;
      return instructions.every((one) => {
        const read = one.runs.map((run, index) => {
          const end = one.runs[index + 1]?.offset ?? one.text.length;
          return lines[run.line - 1]?.slice(run.column, run.column + end - run.offset);
        });
        return read.join("") === one.text && one.runs.every((run) => run.line >= one.line && run.line <= one.endLine);
      });
    }),
    { numRuns: 3000 },
  );
  t.pass();
});

t.test("instructions follow each other without overlap", async (t) => {
  fc.assert(
    fc.property(file, (bytes) => {
      try {
        const { instructions } = scan({ name: "Dockerfile", bytes });
        return instructions.every(
          (one, index) => one.line <= one.endLine && one.line > (instructions[index - 1]?.endLine ?? 0),
        );
      } catch (error) {
        return error instanceof DiagnosticError;
      }
    }),
  );
  t.pass();
});

t.test("time grows with the file, not faster", async (t) => {
  const files: Readonly<Record<string, string>> = {
    "10,000 ordinary lines": `${'FROM debian AS s\nARG A=x\nENV B=$A\nRUN --mount=type=cache,target=/x a \\\n  # c\n  b\nCOPY --from=s /a /b\nDHI-TOOL curl\nCMD ["x"]\n\n'.repeat(1000)}`,
    "one instruction of 10,000 lines": `FROM x\nRUN a \\\n${"  b ' << \" \\\n".repeat(10_000)}`,
    "a chain of stages": Array.from(
      { length: 3000 },
      (_, i) => `FROM ${i ? `s${i - 1}` : "x"} AS s${i}\nCOPY --from=s${i} a b\nDHI-TOOL curl\n`,
    ).join(""),
    "variables in variables": `FROM x\n${"ENV A=$A$A\n".repeat(5000)}`,
    "deep substitutions": `FROM x\nENV A=${"${a:-".repeat(10_000)}\nRUN <<${"${a:-".repeat(10_000)}\n`,
    "white space": `# syntax=${" ".repeat(65_000)}x\nFROM x\nRUN <<${" ".repeat(65_000)}<\n${`RUN a${"\r".repeat(60_000)}b\n`.repeat(20)}`,
    "a pattern of stars": `FROM x\nENV A=${"a".repeat(60_000)}\nENV B=\${A##${"*a".repeat(20_000)}b}\nENV C=\${A//${"?".repeat(20_000)}/x}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    const start = performance.now();
    run(bytes);
    const took = performance.now() - start;
    // Ten times what a quiet machine takes: anything quadratic takes far longer.
    t.ok(took < 2000, `${name}: ${took.toFixed(0)} ms`);
  }
});
