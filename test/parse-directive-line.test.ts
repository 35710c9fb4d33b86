// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Dockerfile words
import t from "tap";
import { DiagnosticError } from "../src/diagnostic.ts";
import type { DirectiveCall, Span, Word } from "../src/model.ts";
import { parse } from "../src/parse/dockerfile.ts";
import { scan } from "../src/parse/scanner.ts";

function callOf(text: string, isDirective = (_: string) => true): { call: DirectiveCall; lines: readonly string[] } {
  const parsed = parse(scan({ name: "Dockerfile", bytes: Buffer.from(text) }), isDirective);
  const [call] = parsed.calls;
  if (!call) throw new Error("no call");
  return { call, lines: parsed.lines };
}

/** What stands in the file where a span points to; lines are joined by `|`. */
function pointed(lines: readonly string[], { start, end }: Span): string {
  const part = lines.slice(start.line - 1, end.line).map((line) => line.replace(/[\r\n]+$/, ""));
  const last = part.length - 1;
  part[last] = (part[last] ?? "").slice(0, end.column);
  part[0] = (part[0] ?? "").slice(start.column);
  return part.join("|");
}

const raws = (words: readonly Word[]) => words.map((word) => word.raw);

function problems(text: string): string[] {
  try {
    callOf(text);
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const lines = text.split(/(?<=\n)/);
    return error.diagnostics.map(({ code, span }) => `${code}: ${span ? pointed(lines, span) : "nowhere"}`);
  }
}

t.test("flags, then words, each with its place", async (t) => {
  const { call, lines } = callOf("FROM x\n dhi-native --with=*.so --recommends libgdiplus libc6=2.41-12\n");
  t.equal(call.word, "DHI-NATIVE");
  t.equal(call.stage, 0);
  t.same(
    call.flags.map(({ name, value, span }) => [
      name,
      value?.raw,
      value && pointed(lines, value.span),
      pointed(lines, span),
    ]),
    [
      ["with", "*.so", "*.so", "--with=*.so"],
      ["recommends", undefined, undefined, "--recommends"],
    ],
  );
  t.same(raws(call.words), ["libgdiplus", "libc6=2.41-12"]);
  t.same(
    call.words.map((word) => pointed(lines, word.span)),
    raws(call.words),
  );
});

t.test("quotes and the escape character group text and stay in it", async (t) => {
  t.same(raws(callOf(`FROM x\nDHI-X "two words" 'it''s' a\\ b "a\\"b" 'a\\' $X "\${A:-b c}" ''\n`).call.words), [
    '"two words"',
    "'it''s'",
    "a\\ b",
    '"a\\"b"',
    "'a\\'",
    "$X",
    '"${A:-b c}"',
    "''",
  ]);
  t.same(raws(callOf("# escape=`\nFROM x\nDHI-X a` b c\\ d\n").call.words), ["a` b", "c\\", "d"]);
  const { call } = callOf(`FROM x\nDHI-X --from="a b" --empty= --q='--x' w\n`);
  t.same(
    call.flags.map(({ name, value }) => [name, value?.raw]),
    [
      ["from", '"a b"'],
      ["empty", ""],
      ["q", "'--x'"],
    ],
  );
});

t.test("continuations, comments and CRLF", async (t) => {
  const { call, lines } = callOf("FROM x\r\nDHI-NATIVE --re\\\r\ncommends \\\r\n  # c\r\n  one \\\r\n\ttw\\\r\no\r\n");
  t.same(
    call.flags.map(({ name }) => name),
    ["recommends"],
  );
  t.same(raws(call.words), ["one", "two"]);
  t.same(
    call.words.map((word) => pointed(lines, word.span)),
    ["one", "tw\\|o"],
  );
  t.same(
    call.flags.map(({ span }) => pointed(lines, span)),
    ["--re\\|commends"],
  );
});

t.test("a bare -- ends the flags", async (t) => {
  const { call } = callOf("FROM x\nDHI-X --a -- --b c\n");
  t.same(
    call.flags.map(({ name }) => name),
    ["a"],
  );
  t.same(raws(call.words), ["--b", "c"]);
});

t.test("DHI-RUN keeps its command in one piece", async (t) => {
  const { call, lines } = callOf("FROM x\nDHI-RUN --mount=type=tmpfs,target=/x --in-place echo it's --x  \\\n && y \n");
  t.same(
    call.flags.map(({ name, value }) => [name, value?.raw]),
    [
      ["mount", "type=tmpfs,target=/x"],
      ["in-place", undefined],
    ],
  );
  t.same(raws(call.words), ["echo it's --x   && y"]);
  t.same(
    call.words.map((word) => pointed(lines, word.span)),
    ["echo it's --x  \\| && y"],
  );
  t.same(raws(callOf("FROM x\nDHI-RUN -- --odd-program\n").call.words), ["--odd-program"]);
  t.same(raws(callOf("FROM x\nDHI-RUN\n").call.words), []);
  t.same(raws(callOf('FROM x\nDHI-RUN ["a", "b c"]\n').call.words), ['["a", "b c"]']);
});

t.test("a word that is no directive is recorded as it stands", async (t) => {
  const { call } = callOf("FROM x\nDHI-NATIV it's --x\n", () => false);
  t.equal(call.word, "DHI-NATIV");
  t.same(raws(call.words), ["it's --x"]);
});

t.test("errors in the line", async (t) => {
  t.same(problems("FROM x\nDHI-X a --recommends\n"), ["DhiFlagAfterWord: --recommends"]);
  t.same(problems("FROM x\nDHI-X a 'b c\n"), ["DhiUnterminatedQuote: 'b c"]);
  t.same(problems('FROM x\nDHI-X --a="b c\n'), ['DhiUnterminatedQuote: --a="b c']);
  t.same(
    problems("FROM x\nDHI-X a --b\nDHI-Y 'c\n"),
    ["DhiFlagAfterWord: --b", "DhiUnterminatedQuote: 'c"],
    "all at once",
  );
});

t.test("errors of place", async (t) => {
  t.same(problems("ARG A\nDHI-X \\\n a\nFROM x\n"), ["DhiBeforeFrom: DHI-X \\| a"]);
  t.same(problems("FROM x\nonbuild dhi-run true\n"), ["DhiInOnbuild: onbuild dhi-run true"]);
  t.same(problems("DHI-X\nFROM x\nONBUILD DHI-X\nDHI-X a --b\n").length, 3);
  t.same(problems("DHI-X a"), ["DhiBeforeFrom: DHI-X a"], "a file without FROM");
});
