import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { lab } from "./graft/lab.ts";

const bed = lab({});
t.teardown(bed.close);

/** Reads a command line as the entries do, and says what they get to know. */
async function read(...args: readonly string[]) {
  const script = `lib=${join(bed.root, "dhi")}; set -eu; export LC_ALL=C
for file in places fail lines; do . "$lib/$file.sh"; done
readLines "$@"
printf '%s|' "$expected" "$snapshot" "$directive" "$asked"`;
  const { exitCode, stdout, stderr } = await execa("sh", ["-c", script, "sh", ...args], { reject: false });
  return { code: exitCode, stdout, stderr };
}

t.test("each line keeps its own flags and words", async (t) => {
  const words = [
    "--line",
    "DHI-NATIVE",
    "--recommends",
    "--with",
    "/etc/*.d/{a,b}",
    "libpq5=17.6-0+deb13u1",
    "libgomp1",
  ];
  const tool = ["--line", "DHI-TOOL", "--allow-shell", "--without", "*/locale/[d-e]?/*", "git"];
  const known = await read("--release", "13", "--snapshot", "20260801T000000Z", ...words, ...tool);
  t.equal(known.stdout, "13|20260801T000000Z|DHI-NATIVE|libpq5=17.6-0+deb13u1 libgomp1, DHI-TOOL git|", known.stderr);
  t.same(bed.table("lines"), [
    ["1", "DHI-NATIVE", "--recommends", ""],
    ["1", "DHI-NATIVE", "--with", "/etc/*.d/{a,b}"],
    ["1", "DHI-NATIVE", "word", "libpq5=17.6-0+deb13u1"],
    ["1", "DHI-NATIVE", "word", "libgomp1"],
    ["2", "DHI-TOOL", "--allow-shell", ""],
    ["2", "DHI-TOOL", "--without", "*/locale/[d-e]?/*"],
    ["2", "DHI-TOOL", "word", "git"],
  ]);
});

t.test("a word that stands in several lines is said once", async (t) => {
  const { stdout } = await read("--line", "DHI-TOOL", "git", "jq", "--line", "DHI-TOOL", "jq");
  t.equal(stdout, "||DHI-TOOL|git jq|");
});

t.test("what no directive writes is refused", async (t) => {
  const wrong: readonly (readonly [RegExp, ...string[]])[] = [
    [/no package named/],
    [/DHI-NATIVE: no package named/, "--line", "DHI-NATIVE", "--recommends"],
    [/before the first --line/, "libpq5"],
    [/--line is DHI-NATIVE or DHI-TOOL, not 'DHI-RUN'/, "--line", "DHI-RUN", "x"],
    [/--line needs a value/, "--line"],
    [/--with needs a value/, "--line", "DHI-NATIVE", "--with"],
    [/unknown flag -y/, "--line", "DHI-NATIVE", "-y"],
    [/a time like 20260801T000000Z, not '2026-08-01'/, "--snapshot", "2026-08-01", "--line", "DHI-NATIVE", "x1"],
    [/visible ASCII/, "--line", "DHI-NATIVE", "a\tb"],
    [/visible ASCII/, "--line", "DHI-NATIVE", "a\nb"],
    [/visible ASCII/, "--line", "DHI-NATIVE", ""],
    ...["$(id)", "`id`", "a;b", "a'b", 'a"b', "a\\b", "a|b", "a b", "a&b", "a~b", "ä"].map(
      (glob) => [/no pattern for files|visible ASCII/, "--line", "DHI-TOOL", "--without", glob, "git"] as const,
    ),
  ];
  for (const [says, ...args] of wrong) {
    const { code, stderr } = await read(...args);
    t.equal(code, 1, args.join(" "));
    t.match(stderr, says);
    t.match(stderr, /^dhi: /);
  }
});
