// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Dockerfile words
import t from "tap";
import type { ParsedFile, Span } from "../src/model.ts";
import { parse } from "../src/parse/dockerfile.ts";
import { scan } from "../src/parse/scanner.ts";

function parsed(text: string): ParsedFile {
  return parse(scan({ name: "Dockerfile", bytes: Buffer.from(text) }), () => true);
}

function pointed(file: ParsedFile, { start, end }: Span): string {
  const line = file.lines[start.line - 1] ?? "";
  return start.line === end.line ? line.slice(start.column, end.column) : `${line.slice(start.column).trimEnd()}|...`;
}

function references(text: string): string[] {
  const file = parsed(text);
  const all = file.stages.flatMap((stage) => stage.references);
  return all.map(
    ({ kind, name, value }) =>
      `${kind} ${name}${value.raw === name ? "" : ` raw ${value.raw}`} at ${pointed(file, value.span)}`,
  );
}

t.test("stages", async (t) => {
  const file = parsed(
    "ARG A\nARG B\nFROM --platform=$BUILDPLATFORM img:${A} AS Build\nARG C\nRUN x\nFROM\tbuild\n from  y  as\tz.1\n",
  );
  t.same(
    file.metaArgs.map((one) => one.text),
    ["ARG A", "ARG B"],
  );
  t.same(
    file.stages.map((stage) => [
      stage.index,
      stage.name,
      stage.image.raw,
      stage.platform?.raw,
      stage.instructions.map((one) => one.keyword),
    ]),
    [
      [0, "build", "img:${A}", "$BUILDPLATFORM", ["ARG", "RUN"]],
      [1, undefined, "build", undefined, []],
      [2, "z.1", "y", undefined, []],
    ],
  );
  t.same(
    file.stages.map((stage) => pointed(file, stage.image.span)),
    ["img:${A}", "build", "y"],
  );
  const [first] = file.stages;
  t.equal(first?.platform && pointed(file, first.platform.span), "$BUILDPLATFORM");
});

t.test("odd FROMs are read as far as they go, and left to BuildKit", async (t) => {
  const read = (text: string) => parsed(text).stages.map((stage) => [stage.image.raw, stage.name, stage.platform?.raw]);
  t.same(read("FROM"), [["", undefined, undefined]]);
  t.same(read("FROM a AS"), [["a", undefined, undefined]]);
  t.same(read("FROM a AS b c"), [["a", undefined, undefined]]);
  t.same(read("FROM a IN b"), [["a", undefined, undefined]]);
  t.same(read("FROM a AS 1b"), [["a", undefined, undefined]], "no stage's name");
  t.same(read('FROM --platform="linux/amd64" a'), [["a", undefined, "linux/amd64"]]);
  t.same(read("FROM --platform='a b' c AS d"), [["c", "d", "a b"]]);
  t.same(read("FROM a\\ b"), [["a\\", undefined, undefined]], "FROM knows no escapes");
  t.same(read('FROM "a b"'), [['"a', undefined, undefined]], "nor quotes");
  t.same(read("FROM a\\\n:b \\\n# c\n AS d"), [["a:b", "d", undefined]]);
  t.same(read("FROM a\fAS\vd"), [["a", "d", undefined]]);
  t.same(read("# escape=`\nFROM a\\b"), [["a\\b", undefined, undefined]]);
  t.same(read("FROM <<EOF\nEOF"), [["<<EOF", undefined, undefined]]);
  t.same(parsed("RUN x\nARG A\n").stages, []);
  t.same(parsed("RUN x\nARG A\n").metaArgs.length, 1);
});

t.test("--from of COPY and ADD, in any order of flags", async (t) => {
  t.same(references("FROM x\nCOPY --from=build a b"), ["copy build at build"]);
  t.same(references("FROM x\nCOPY --link --chown=1:1 --from=0 a b"), ["copy 0 at 0"]);
  t.same(references("FROM x\ncopy --from=a --link a b\nADD --from=b c d"), ["copy a at a", "copy b at b"]);
  t.same(references(`FROM x\nCOPY --from="a" b c\nCOPY '--from=a' b c\nCOPY --from=a\\b b c`), [
    "copy a at a",
    "copy ab raw a\\b at a\\b",
  ]);
  t.same(
    references("FROM x\nCOPY a --from=b c\nCOPY -- --from=b c\nCOPY --from= a b\nRUN --from=x y"),
    [],
    "no flags of COPY",
  );
  t.same(references("FROM x\nCOPY --fr\\\nom=bu\\\nild a b"), ["copy build at bu\\|..."]);
});

t.test("the mounts of RUN", async (t) => {
  t.same(references("FROM x\nRUN --mount=from=a,target=/x true"), ["mount a at a"]);
  t.same(
    references(
      "FROM x\nRUN --network=none --mount=target=/x,type=bind,From=a --mount=type=cache,target=/y --mount=from=b true",
    ),
    ["mount a at a", "mount b at b"],
  );
  t.same(references(`FROM x\nRUN --mount='type=bind,"from=a","target=/b, c"' true`), ["mount a at a"]);
  t.same(references('FROM x\nRUN --mount="type=bind,from=a" true'), ["mount a at a"]);
  t.same(references("FROM x\nRUN --mount=from=a,from=b true"), ["mount b at b"], "the last one counts");
  t.same(
    references(`FROM x\nRUN --mount='from=a"b' true\nRUN --mount='"from=a' true`),
    [],
    "broken fields are BuildKit's",
  );
  t.same(references("FROM x\nRUN --mount=type=bind,from=a \\\n  --mount=type=bind,\\\nfrom=b true"), [
    "mount a at a",
    "mount b at b",
  ]);
});

t.test("ONBUILD and our own lines", async (t) => {
  t.same(references("FROM x\nONBUILD COPY --link --from=a b c\nonbuild run --mount=from=d true"), [
    "copy a at a",
    "mount d at d",
  ]);
  t.same(references("FROM x\nDHI-FRAMEWORK --from=build aspnetcore\nDHI-RUN --mount=from=a,target=/x --from=b true"), [
    "directive build at build",
    "directive b at b",
    "mount a at a",
  ]);
});
