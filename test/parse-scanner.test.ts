import t from "tap";
import { DiagnosticError } from "../src/diagnostic.ts";
import type { ScannedFile } from "../src/model.ts";
import { isJsonForm } from "../src/parse/command.ts";
import { position, span, wholeSpan } from "../src/parse/position.ts";
import { scan } from "../src/parse/scanner.ts";

function scanned(text: string | Uint8Array): ScannedFile {
  return scan({ name: "Dockerfile", bytes: typeof text === "string" ? Buffer.from(text) : text });
}

/** `line-endLine KEYWORD: text` of every instruction. */
function outline(text: string | Uint8Array): string[] {
  return scanned(text).instructions.map((one) => `${one.line}-${one.endLine} ${one.keyword}: ${one.text}`);
}

function heredocs(line: string, body: string) {
  const [instruction] = scanned(`${line}\n${body}`).instructions;
  return instruction?.heredocs.map(({ name, expand, chomp, fileDescriptor, bodyStart, bodyEnd, terminator }) =>
    [
      name,
      expand ? "expand" : "literal",
      chomp ? "chomp" : "keep",
      fileDescriptor,
      bodyStart,
      bodyEnd,
      terminator,
    ].join(" "),
  );
}

function code(text: string): string | undefined {
  try {
    scanned(text);
    return undefined;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0]?.code;
    throw error;
  }
}

t.test("where dockerfile-ast and BuildKit differ, BuildKit is right", async (t) => {
  t.same(
    outline("ENV A=c:\\\\\nENV B=2\n"),
    ["1-1 ENV: ENV A=c:\\\\", "2-2 ENV: ENV B=2"],
    "an escaped escape character",
  );
  t.same(outline("ENV A=1 \\\n  B=2\nRUN x\n"), ["1-2 ENV: ENV A=1   B=2", "3-3 RUN: RUN x"], "where ENV ends");
  t.same(
    heredocs("RUN <<'end of it'", "x\nend of it\n"),
    ["end of it literal keep 0 2 2 3"],
    "a space in a heredoc's name",
  );
  t.same(heredocs("RUN cat 3<<EOF", "x\nEOF\n"), ["EOF expand keep 3 2 2 3"], "a heredoc's descriptor");
  t.same(outline("\\\nRUN a \\\n\\\n b\n"), ["1-4 RUN: RUN a  b"], "a line of nothing but the escape character");
  t.same(outline("FROM x\nRUN <<EOF\nnever\n"), ["1-1 FROM: FROM x"], "an unterminated heredoc ends the parse");
  t.same(outline("# only\n\n"), [], "a file of comments");
  t.same(outline(""), [], "an empty file");
  t.same(outline("ENV A\n"), ["1-1 ENV: ENV A"], "ENV without a value is BuildKit's to refuse");
  t.same(
    outline("LABEL a=<<EOF\nUSER <<EOF\nCMD cat <<EOF\n").map((line) => line.slice(0, 3)),
    ["1-1", "2-2", "3-3"],
    "heredocs on instructions that have none",
  );
  t.same(outline("DHI-X <<EOF\nRUN x\n").length, 2, "none on our words either");
  t.same(outline("DHI-RUN <<EOF\nRUN x\nEOF\n"), ["1-3 DHI-RUN: DHI-RUN <<EOF"], "but on DHI-RUN");
});

t.test("heredocs", async (t) => {
  t.same(heredocs("COPY <<A <<-B /x/", "1\nA\n\t2\n\tB\n"), ["A expand keep 0 2 2 3", "B expand chomp 0 4 4 5"]);
  t.same(heredocs('ADD <<"A" /x', "A\n"), ["A literal keep 0 2 1 2"], "an empty body");
  t.same(heredocs("RUN <<E'O'F", "EOF\n"), ["EOF literal keep 0 2 1 2"], "a name that is quoted in part");
  t.same(heredocs("RUN <<E\\OF", "EOF\n"), ["EOF expand keep 0 2 1 2"], "an escape character does not make it literal");
  t.same(heredocs("RUN << EOF > /x", "EOF\n"), ["EOF expand keep 0 2 1 2"]);
  t.same(heredocs("ONBUILD RUN <<EOF", "x\nEOF\n"), ["EOF expand keep 0 2 2 3"]);
  t.same(heredocs("run --mount=type=tmpfs,target=/x <<EOF", "x\r\nEOF\r\n"), ["EOF expand keep 0 2 2 3"], "CRLF");
  for (const line of [
    'RUN ["cat", "<<EOF"]',
    "RUN echo '<<EOF'",
    "RUN echo $((1<<2))",
    "RUN cat <<<EOF",
    "RUN cat << ''",
    "RUN x<<EOF",
    "ONBUILD ONBUILD RUN <<EOF",
    "RUN echo it's <<EOF",
    // BuildKit's lexer does not know this modifier, and then sees no heredoc in the whole line.
    `RUN cat <<EOF ${"$"}{x^^}`,
    // A substitution with a word in it clears what stands before it in its own word.
    `RUN cat <<${"$"}{x:-E}OF`,
  ]) {
    t.same(heredocs(line, "EOF\n"), [], line);
  }
  // In the file's own escape character the flag holds `<<EOF`; the lexer, which knows the backslash only, sees it as a word.
  t.equal(outline('# escape=`\nRUN --a=` <<EOF ["x"]\nRUN y\n').length, 2, "none in exec form");
  t.equal(outline("# escape=`\nRUN --a=` <<EOF x\nRUN y\nEOF\n").length, 1, "though the shell form has one");
  t.match(outline("RUN <<EOF\n EOF\nEOF \n\tEOF\nEOF\n"), [/^1-5 /], "the terminator stands alone");
  t.match(outline("RUN <<-EOF\n\t \tEOF\n\t\tEOF\n"), [/^1-3 /], "chomped are tabs only");
});

t.test("the exec form", async (t) => {
  for (const rest of ['["a"]', "[]", '["a", "\\u00e9"]']) t.ok(isJsonForm(rest), rest);
  for (const rest of ["", "a", '["a", 1]', "['a']", '["a"', '["a"] b', '{"a": "b"}']) t.notOk(isJsonForm(rest), rest);
});

t.test("continuations", async (t) => {
  t.same(outline("RUN a \\ \t\n b\n"), ["1-2 RUN: RUN a  b"], "blanks behind the escape character");
  t.same(outline("RUN a\\\n  b\n"), ["1-2 RUN: RUN a  b"], "white space at the beginning of a continuing line stays");
  t.same(
    outline("RUN a \\\n# c \\\n\n \t\n\t# d\n b\nRUN c\n"),
    ["1-6 RUN: RUN a  b", "7-7 RUN: RUN c"],
    "comments and empty lines",
  );
  t.same(outline("# a \\\nRUN b\n"), ["2-2 RUN: RUN b"], "a comment does not continue");
  t.same(outline("RUN a \\\\\\\nRUN b\n").length, 2, "three escape characters do not continue");
  t.same(outline("RUN a \\"), ["1-1 RUN: RUN a "], "at the end of the file");
  t.same(outline("RUN a \\\n# b\n\n"), ["1-3 RUN: RUN a "], "nothing but comments up to the end");
  t.same(outline("\\"), ["1-1 : "], "a file of one escape character");
  t.same(outline("R\\\nUN a\n"), ["1-2 RUN: RUN a"], "inside the keyword");
  t.same(outline("# escape=`\nRUN a `\n b \\\nRUN c\n").length, 2, "the other escape character");
});

t.test("lines and bytes", async (t) => {
  t.same(outline("\ufeffFROM x\r\nRUN a\r\n"), ["1-1 FROM: FROM x", "2-2 RUN: RUN a"], "byte order mark and CRLF");
  t.same(
    outline("  \tFROM x\n\u00a0RUN a\n"),
    ["1-1 FROM: FROM x", "2-2 RUN: RUN a"],
    "white space before the keyword",
  );
  t.same(
    outline(Buffer.from([0x52, 0x55, 0x4e, 0x20, 0xff, 0x0a, 0x41])),
    ["1-1 RUN: RUN \ufffd", "2-2 A: A"],
    "not UTF-8",
  );
  const limit = 65_535;
  t.same(outline(`FROM x\n# ${"y".repeat(limit - 2)}\nRUN a\n`).length, 2, "the longest line");
  t.same(outline(`FROM x\n# ${"y".repeat(limit - 1)}\nRUN a\n`).length, 1, "a longer one ends the parse");
  t.same(outline(`FROM x\n# ${"é".repeat((limit - 1) / 2)}\nRUN a\n`).length, 1, "its bytes count");
  t.equal(scanned("\ufeff").lines.length, 1, "a byte order mark alone is a line");
});

t.test("what BuildKit would refuse is left to it, unless a directive stands before it", async (t) => {
  t.equal(code("FROM x\nRUN <<EOF\nDHI-NATIVE a\n"), undefined);
  t.equal(code("FROM x\nDHI-NATIVE a\nRUN <<EOF\n"), "DhiUnterminatedHeredoc");
  t.equal(code("FROM x\nDHI-RUN <<EOF\n"), "DhiUnterminatedHeredoc");
  t.equal(code(`FROM x\ndhi-native a\nENV A=${"y".repeat(70_000)}\n`), "DhiLineTooLong");
  t.equal(code("# escape=x\nFROM x\nDHI-NATIVE a\n"), undefined, "a bad parser directive stands before everything");
});

t.test("parser directives", async (t) => {
  const directives = (text: string) => {
    const { directives, escape: escapeChar } = scanned(text);
    return [escapeChar, ...directives.map(({ name, value, line }) => `${line} ${name}=${value}`)].join(" | ");
  };
  t.equal(directives("# escape=`\nFROM x\n"), "` | 1 escape=`");
  t.equal(directives("#ESCAPE = `  \r\n"), "` | 1 escape=`");
  t.equal(directives("  # escape=`\n"), "` | 1 escape=`", "indented");
  t.equal(
    directives("# syntax = docker/dockerfile:1 // more\n# check=skip=all\n# escape=\\\n"),
    "\\ | 1 syntax=docker/dockerfile:1 // more | 2 check=skip=all | 3 escape=\\",
  );
  t.equal(
    directives("  # syntax=a\n# escape=`\n"),
    "` | 2 escape=`",
    "an indented syntax line counts for nothing, but ends nothing",
  );
  t.equal(directives("# comment\n# escape=`\n"), "\\");
  t.equal(directives("\n# escape=`\n"), "\\");
  t.equal(directives("# vendor=x\n# escape=`\n"), "\\", "an unknown name ends them");
  t.equal(directives("#!/bin/x\n# syntax=a\n# escape=`\n"), "\\ | 2 syntax=a", "a shebang hides escape, not syntax");
  t.equal(directives("// syntax=a\n"), "\\ | 1 syntax=a");
  t.equal(directives("// check=a\n"), "\\");
  t.equal(directives('{"syntax": "a"}'), "\\ | 1 syntax=a");
  t.equal(directives('{"syntax": 1}'), "\\");
  t.equal(directives("\ufeff# escape=`\n"), "` | 1 escape=`");
  t.same(outline("# escape=`\n# escape=`\nFROM x\n"), [], "twice is an error of BuildKit");
  t.same(outline("# escape=^\nFROM x\n"), [], "so is another character");
  t.same(outline("# escape= \nFROM x\n"), [], "so is none");
});

t.test("offsets lead back to the file", async (t) => {
  const [, instruction] = scanned("FROM x\n  RUN ab \\\r\n# no\n\tcd").instructions;
  if (!instruction) throw new Error("no instruction");
  t.equal(instruction.text, "RUN ab \tcd");
  t.same(position(instruction, 0), { line: 2, column: 2 });
  t.same(position(instruction, 6), { line: 2, column: 8 });
  t.same(position(instruction, 8), { line: 4, column: 1 });
  t.same(position(instruction, 10), { line: 4, column: 3 }, "behind the end");
  t.same(
    span(instruction, 4, 7),
    { start: { line: 2, column: 6 }, end: { line: 2, column: 9 } },
    "an end does not jump to the next line",
  );
  t.same(span(instruction, 4, 10), { start: { line: 2, column: 6 }, end: { line: 4, column: 3 } });
  t.same(span(instruction, 5, 5), { start: { line: 2, column: 7 }, end: { line: 2, column: 7 } });
  t.same(wholeSpan(instruction), { start: { line: 2, column: 2 }, end: { line: 4, column: 3 } });
});
