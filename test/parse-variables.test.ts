// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Dockerfile words
import t from "tap";
import { DiagnosticError } from "../src/diagnostic.ts";
import { expandWord, wordValue } from "../src/parse/variables.ts";

const variables = new Map([
  ["NAME", "curl"],
  ["VERSION", "1.20.3"],
  ["PATHS", "/usr/lib:/lib"],
  ["STARS", "a*b*c"],
  ["LINES", "one\ntwo"],
  ["EMPTY", ""],
  ["SPACED", "two words"],
]);
const lookup = (name: string) => variables.get(name);

/** `raw` as it is written, and what BuildKit makes of it; undefined when BuildKit refuses it. */
const table: readonly (readonly [raw: string, value: string | undefined])[] = [
  ["libgdiplus", "libgdiplus"],
  ["", ""],
  ["$NAME", "curl"],
  ["a${NAME}b", "acurlb"],
  ["$NAMES", ""],
  ["${EMPTY}", ""],
  ["$", "$"],
  ["$.", "$."],
  ["$1x", "x"],
  ["${1:-x}", "x"],
  ["$?x", "x"],
  ["\\$NAME", "$NAME"],
  ["'$NAME'", "$NAME"],
  ['"$NAME"', "curl"],
  ['"\\$NAME \\" \\a"', '$NAME " \\a'],
  ["'a\\'", "a\\"],
  ["a\\ b", "a b"],
  ["a\\", "a"],
  ['"$SPACED"x', "two wordsx"],
  ["${NAME:-x}", "curl"],
  ["${NONE:-x}", "x"],
  ["${NONE-x}", "x"],
  ["${EMPTY-x}", ""],
  ["${EMPTY:-x}", "x"],
  ["${NONE:-${NAME}}", "curl"],
  ["${NONE:-a b}", "a b"],
  ["${NONE:-\\}}", "}"],
  ["${NAME+x}", "x"],
  ["${NONE+x}", ""],
  ["${EMPTY+x}", "x"],
  ["${EMPTY:+x}", ""],
  ["${NAME?x}", "curl"],
  ["${EMPTY?x}", ""],
  ["${EMPTY:?x}", undefined],
  ["${NONE?}", undefined],
  ["${VERSION#1.}", "20.3"],
  ["${VERSION#*.}", "20.3"],
  ["${VERSION##*.}", "3"],
  ["${VERSION%.*}", "1.20"],
  ["${VERSION%%.*}", "1"],
  ["${VERSION#?.}", "20.3"],
  ["${VERSION#x}", "1.20.3"],
  ["${STARS#a\\*}", "b*c"],
  ["${STARS%\\*?}", "a*b"],
  ["${LINES%%o*}", "one\ntw"],
  ["${VERSION/./-}", "1-20.3"],
  ["${VERSION//./-}", "1-20-3"],
  ["${PATHS//\\/lib/X}", "/usrX:X"],
  ["${VERSION//[0-9]/x}", "1.20.3"],
  ["${VERSION/.*/}", "1"],
  ["${VERSION/*2/x}", "x0.3"],
  ["${VERSION///x}", "x1x.x2x0x.x3x"],
  ["${VERSION//?/$EMPTY}", ""],
  ["${VERSION//*/x}", "x"],
  ["${VERSION//./<\\$0>}", "1<\\.>20<\\.>3"],
  ["${VERSION/./$NAME}", "1curl20.3"],
  ["${NONE#x}", ""],
  ["${VERSION:#x}", undefined],
  ["${VERSION:=x}", undefined],
  ["${VERSION^^}", undefined],
  ["${VERSION//x}", undefined],
  ["${VERSION#\\a}", undefined],
  ["${}", undefined],
  ["${{NAME}}", undefined],
  ["${NAME", undefined],
  ["${NAME:-x", undefined],
  ["'a", undefined],
  ['"a', undefined],
  ["<<x", "<<x"],
];

t.test("words get the values that BuildKit gives them", async (t) => {
  for (const [raw, value] of table) {
    const { problem, value: found } = expandWord(raw, lookup, "\\");
    t.equal(problem === undefined ? found : undefined, value, raw);
  }
  t.equal(expandWord("`$NAME \\$NAME", lookup, "`").value, "$NAME \\curl", "the other escape character");
});

t.test("variables without a value are named", async (t) => {
  t.same([...expandWord("$NAME $A ${B:-x} ${A}", lookup, "\\").unset], ["A", "B"]);
});

t.test("values that grow without bounds are refused", async (t) => {
  const huge = (name: string) => (name === "A" ? "a".repeat(200_000) : undefined);
  t.match(expandWord("$A$A", huge, "\\").problem, /too long/);
  t.match(expandWord('"$A$A"', huge, "\\").problem, /too long/);
  t.match(expandWord("${A//a/bb}", huge, "\\").problem, /too long/);
  t.match(expandWord(`\${A##${"*a".repeat(1000)}b}`, huge, "\\").problem, /too long to match/);
  t.match(expandWord("${a:-".repeat(1000) + "}".repeat(1000), huge, "\\").problem, /nested/);
});

t.test("a word that can't be replaced is an error with its place", async (t) => {
  const span = { start: { line: 3, column: 4 }, end: { line: 3, column: 9 } };
  t.equal(wordValue({ raw: "$NAME", span }, lookup, "\\"), "curl");
  try {
    wordValue({ raw: "${NONE:?give it}", span }, lookup, "\\");
    t.fail("no error");
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    t.match(error.diagnostics, [{ code: "DhiVariable", span, problem: /NONE: give it/ }]);
  }
});
