import fc from "fast-check";
import t from "tap";
import type { LineOrigin, Piece, ScannedFile } from "../src/model.ts";
import { scan } from "../src/parse/scanner.ts";
import { print } from "../src/print/print.ts";
import { userSpans } from "../src/print/source-map.ts";
import { renderDiagnostics } from "../src/print/terminal.ts";

function scanned(bytes: Uint8Array): ScannedFile {
  return scan({ name: "Dockerfile", bytes });
}

function printed(file: ScannedFile, pieces: readonly Piece[]) {
  return print(file, { pieces, stageNames: new Map(), generatedFor: new Map() });
}

const at = (line: number, last = line) => ({ start: { line, column: 0 }, end: { line: last, column: 0 } });

function generated(text: string, ...lines: number[]): Piece {
  return { kind: "generated", text, origins: lines.map((line) => at(line)), label: "DHI-TEST" };
}

t.test("original lines pass byte for byte, whatever they hold", async (t) => {
  const bytes = Buffer.concat([
    Buffer.from("\ufeffFROM a\r\nENV B=\t "),
    Buffer.from([0xff, 0xfe]),
    Buffer.from("\r\nCMD c"),
  ]);
  const result = printed(scanned(bytes), [{ kind: "original", first: 1, last: 3 }]);
  t.strictSame(Buffer.from(result.bytes), bytes);
  t.ok(result.unchanged);
  t.equal(result.map.length, 3);
});

t.test("a byte order mark stays at the very beginning", async (t) => {
  const result = printed(scanned(Buffer.from("\ufeffFROM a\n")), [
    generated("FROM x\n", 1),
    { kind: "original", first: 1, last: 1 },
  ]);
  t.equal(Buffer.from(result.bytes).toString(), "\ufeffFROM x\nFROM a\n");
  t.notOk(result.unchanged);
});

t.test("every output line has an origin", async (_t) => {
  const pieces = fc.array(
    fc.oneof(
      fc.record({ first: fc.integer({ min: 1, max: 9 }), more: fc.nat(3) }).map(({ first, more }): Piece => {
        return { kind: "original", first, last: Math.min(9, first + more) };
      }),
      fc
        .array(fc.constantFrom("a", "", "RUN x \\"), { minLength: 1, maxLength: 4 })
        .map((lines) => generated(`${lines.join("\n")}\n`, 2)),
    ),
  );
  const file = scanned(Buffer.from("FROM a\nA\nB\nC\nD\nE\nF\nG\nH\n"));
  fc.assert(
    fc.property(pieces, (list) => {
      const { map, text } = printed(file, list);
      return (
        map.length === (text === "" ? 0 : text.split("\n").length - 1) && map.every((origin) => origin.spans.length > 0)
      );
    }),
  );
});

t.test("spans of output lines: neighbours join, each stands once", async (t) => {
  const own = (line: number): LineOrigin => ({ spans: [at(line)], generated: false });
  const ours: LineOrigin = { spans: [at(3), at(7, 8)], generated: true };
  const map = [own(1), own(2), ours, ours, own(4), own(5), own(9)];
  t.strictSame(userSpans(map, 1, 2), [at(1, 2)]);
  t.strictSame(userSpans(map, 3, 4), [at(3), at(7, 8)]);
  t.strictSame(userSpans(map, 5, 7), [at(4, 5), at(9)]);
  t.strictSame(userSpans(map, 8, 9), [], "lines that are not there have no origin");
});

t.test("a diagnostic shows the user's lines, the meant ones marked", async (t) => {
  const source = { name: "app.Dockerfile", bytes: Buffer.from("FROM a\r\nRUN b\r\nCMD c\r\n") };
  const diagnostic = {
    code: "DhiX",
    severity: "error",
    span: at(2),
    problem: "b is wrong",
    advice: "write d",
  } as const;
  t.equal(
    renderDiagnostics(source, [diagnostic], false),
    "app.Dockerfile:2: error: b is wrong [DhiX]\n    1 |     FROM a\n    2 | >>> RUN b\n    3 |     CMD c\n    4 |\n  write d\n",
  );
  t.match(renderDiagnostics(source, [diagnostic], true), "\u001b[31merror\u001b[0m");
});
