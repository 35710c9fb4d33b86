import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import t from "tap";
import { compile } from "../src/compile.ts";
import { DiagnosticError } from "../src/diagnostic.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

const platform = { os: "linux", architecture: "amd64" };
const base = "FROM dhi.io/debian-base:trixie-dev AS ours\nFROM dhi.io/node:22-debian13 AS final\n";

/** What a line expands to; the code of its first error when it is refused. */
async function expansion(line: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${base}${line}\n`);
  const options = { buildArgs: {}, platform, buildPlatform: platform, facts: fromCatalog(), scope: "all" } as const;
  try {
    return (await compile({ name: "Dockerfile", bytes }, options)).text;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics[0]?.code ?? "";
  }
}

/** The words that a shell gives to the graft's script. */
function shellWords(text: string): string[] {
  const [, command = ""] = /^ {4}sh \/dhi\/graft\.sh ((?:.*\\\n)*.*)$/m.exec(text) ?? [];
  const script = `printf '%s\\n' ${command.replace(/ \\\n */g, " ")}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\n").slice(0, -1);
}

t.test("the three forms of a time are one", async (t) => {
  for (const time of ["20260801T000000Z", "2026-08-01", "2026-08-01T00:00:00Z"]) {
    t.match(await expansion(`DHI-TOOL --snapshot=${time} git`), "--release 13 --snapshot 20260801T000000Z", time);
  }
  t.match(await expansion("DHI-TOOL --snapshot=2024-02-29 git"), "--snapshot 20240229T000000Z", "a leap day");
  for (const time of ["2023-02-29", "2026-8-1", "20260801", "2026-08-01T00:00:60Z", "0000-00-00", "2026-08-01;id"]) {
    t.equal(await expansion(`DHI-TOOL --snapshot="${time}" git`), "DhiSnapshot", time);
  }
});

t.test("a pattern reaches the script as it was written", async (t) => {
  for (const pattern of ["/usr/bin/*", "*/locale/[d-e]?/*", "/usr/bin/pdf{detach,sig}", "/a{,b{c,d}}", "/x[!a].so"]) {
    const text = await expansion(`DHI-NATIVE --with=${pattern} --without=/not libpq5`);
    if (pattern.includes("!")) t.equal(text, "DhiFilePattern", "what no list allows");
    else t.same(shellWords(text).slice(4), ["--with", pattern, "--without", "/not", "libpq5"], pattern);
  }
});

t.test("no value of a line gets out of its word", async () => {
  const sharp = fc.constantFrom(..."'\"`$()\\;|&<> \n\t*?[]{}!#~=-+./:@,^%aZ0_".split(""));
  const value = fc.oneof(fc.string({ unit: sharp, maxLength: 12 }), fc.string({ maxLength: 12 }));
  const flag = fc.constantFrom("with", "without", "from", "snapshot", "word", "version");
  await fc.assert(
    fc.asyncProperty(flag, value, async (flag, value) => {
      const raw = value.replace(/[\\"$`]/g, (sign) => `\\${sign}`).replace(/[\n\r]/g, "");
      const line =
        flag === "word"
          ? `DHI-TOOL "${raw}"`
          : flag === "version"
            ? `DHI-TOOL "x1=${raw}"`
            : `DHI-TOOL --${flag}="${raw}" x1`;
      const text = await expansion(line);
      if (/^Dhi\w+$/.test(text)) return true;
      const [release, number, ...rest] = shellWords(text);
      const words = rest.filter((word) => word !== "--line" && word !== "DHI-TOOL");
      const from = /^FROM (.*) AS dhi--tool--final$/m.exec(text)?.[1] ?? "";
      return (
        release === "--release" &&
        number === "13" &&
        /^(?:--platform=\$BUILDPLATFORM )?[\w.:/@-]+$/.test(from) &&
        words.length <= 3 &&
        words.every((word) => /^[A-Za-z0-9._+/@*?[\]{},:~=-]+$/.test(word))
      );
    }),
    { numRuns: 400 },
  );
});
