import { chmodSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { graft, kind, type Lab, lab, lines, type Tree, type Unpacked, unpack } from "./graft/lab.ts";

const base: Tree = {
  "usr/lib/x86_64-linux-gnu/libc.so.6": "libc",
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "loader",
  "usr/bin/env": "program",
  bin: { to: "usr/bin" },
  lib: { to: "usr/lib" },
  "etc/os-release": "ID=debian\nVERSION_ID=13\n",
};

type Fact = readonly [string, string];

/** A graft of these packages for lines such as `["DHI-TOOL", ["--with", "/x"], ["word", "a"]]`. */
async function grafted(
  packages: Readonly<Record<string, Unpacked>>,
  ...asked: readonly (readonly [string, ...Fact[]])[]
): Promise<Lab> {
  const made = lab(base);
  unpack(made, packages, lines(...asked));
  await graft(made);
  return made;
}

const packages: Readonly<Record<string, Unpacked>> = {
  tool: {
    lines: "1",
    files: {
      "usr/bin/tool": "program",
      "usr/sbin/toold": "program",
      "usr/games/toy": "program",
      "usr/bin/alias": { to: "tool" },
      "usr/share/man/man1/tool.1": "manual",
      "usr/share/locale/de/LC_MESSAGES/tool.mo": "translation",
      "usr/share/tool/data": "data",
      "usr/share/tool/big/picture": "data",
      "usr/include/tool.h": "header",
      "usr/share/doc/tool/copyright": "free",
    },
  },
  library: { lines: "1 2", files: { "usr/lib/library/data": "data", "usr/bin/library-config": "program" } },
  other: { lines: "2", files: { "usr/bin/other": "program", "usr/share/other/data": "data" } },
};
const word: Fact = ["word", "x"];

t.test("programs come along for what a DHI-TOOL line reaches, and only that", async (t) => {
  const made = await grafted(packages, ["DHI-TOOL", word], ["DHI-NATIVE", word]);
  t.teardown(made.close);
  for (const path of ["usr/bin/tool", "usr/sbin/toold", "usr/games/toy", "usr/bin/library-config"]) {
    t.equal(kind(made.out, path), "file", path);
  }
  t.equal(readlinkSync(join(made.out, "usr/bin/alias")), "tool");
  for (const path of ["usr/bin/other", "usr/share/man", "usr/share/locale", "usr/include"]) {
    t.equal(kind(made.out, path), undefined, path);
  }
});

t.test(
  "--with brings files that the rules leave out, --without leaves files out, for the packages of their own line",
  async (t) => {
    const flags: Fact[] = [
      ["--with", "*/locale/d[a-e]/*"],
      ["--with", "/usr/include/{tool,nothing}.h"],
      ["--without", "/usr/share/tool/big/*"],
      ["--without", "/usr/share/other/*"],
      ["--without", "/usr/lib/library/*"],
      ["--with", "/usr/share/tool/missing"],
    ];
    const made = await grafted(packages, ["DHI-NATIVE", ...flags, word], ["DHI-NATIVE", word]);
    t.teardown(made.close);
    t.equal(kind(made.out, "usr/share/locale/de/LC_MESSAGES/tool.mo"), "file");
    t.equal(kind(made.out, "usr/include/tool.h"), "file");
    t.equal(kind(made.out, "usr/share/tool/big"), undefined);
    t.equal(kind(made.out, "usr/share/tool/data"), "file", "the rest stays");
    t.equal(kind(made.out, "usr/share/other/data"), "file", "a package of another line");
    t.equal(kind(made.out, "usr/lib/library/data"), "file", "the other line, which reaches the package too, brings it");
    t.same(
      made.table("unmatched").flat(),
      ["DHI-NATIVE --without=/usr/share/other/*", "DHI-NATIVE --with=/usr/share/tool/missing"],
      "patterns that fit nothing are said",
    );
  },
);

t.test("--without is stronger than --with of the same line", async (t) => {
  const flags: Fact[] = [
    ["--with", "/usr/bin/*"],
    ["--without", "*/alias"],
  ];
  const made = await grafted(packages, ["DHI-NATIVE", ...flags, word], ["DHI-NATIVE", word]);
  t.teardown(made.close);
  t.equal(kind(made.out, "usr/bin/tool"), "file");
  t.equal(kind(made.out, "usr/bin/alias"), undefined);
});

t.test("a pattern fits the path in the package and the place where it lands", async (t) => {
  for (const glob of ["/bin/old", "/usr/bin/old"]) {
    const made = await grafted({ tool: { files: { "bin/old": "program" } } }, ["DHI-NATIVE", ["--with", glob], word]);
    t.equal(kind(made.out, "usr/bin/old"), "file", glob);
    made.close();
  }
});

t.test("documents of a package that is nothing else here come when they are asked for", async (t) => {
  const files = { "usr/share/doc/a/manual.txt": "text", "usr/bin/a": "program" };
  const made = await grafted({ a: { files } }, ["DHI-NATIVE", ["--with", "*/manual.txt"], word]);
  t.teardown(made.close);
  t.equal(kind(made.out, "usr/share/doc/a/manual.txt"), "file");
});

t.test("what patterns mean", async (t) => {
  const made = lab({});
  t.teardown(made.close);
  made.write("", { "fits.awk": "BEGIN { exit ARGV[2] ~ expression(ARGV[1]) ? 0 : 1 }\n" });
  const fits = async (glob: string, path: string) => {
    const ran = await execa(
      "awk",
      ["-f", join(made.root, "dhi/globs.awk"), "-f", join(made.root, "fits.awk"), "--", glob, path],
      { reject: false },
    );
    if (ran.exitCode !== 0 && ran.stderr) throw new Error(ran.stderr);
    return ran.exitCode === 0;
  };
  const yes: [string, string][] = [
    ["*", "/a/b"],
    ["/a/*", "/a/b/c"],
    ["/a/?", "/a/b"],
    ["/lib[x-z]/[0-9].so", "/liby/1.so"],
    ["/{usr/,}bin/{a,b{c,d}}", "/bin/bd"],
    ["/g++", "/g++"],
    ["/a{b", "/ab"],
    ["/a[b", "/a[b"],
    ["/a]b", "/a]b"],
  ];
  const no: [string, string][] = [
    ["/a/?", "/a/bc"],
    ["/a.c", "/abc"],
    ["/a", "/ab"],
    ["b", "/b"],
    ["/g++", "/gg"],
    ["/{a,b}", "/c"],
  ];
  for (const [glob, path] of yes) t.ok(await fits(glob, path), `${glob} fits ${path}`);
  for (const [glob, path] of no) t.notOk(await fits(glob, path), `${glob} does not fit ${path}`);
});

t.test("scripts without their interpreter are notes, one for each package and program", async (t) => {
  const script = (line: string) => `#!${line}\necho\n`;
  const files: Tree = {
    "usr/bin/perl": "program",
    "usr/bin/has-perl": script("/usr/bin/perl -w"),
    "usr/bin/has-perl-too": script(" /usr/bin/env perl"),
    "usr/bin/also": script("/bin/perl"),
    "usr/bin/a-shell": script("/bin/sh -e"),
    "usr/bin/b-shell": script("/bin/sh"),
    "usr/bin/c-shell": script("/bin/sh"),
    "usr/bin/snake": script("/usr/bin/env -S python3 -u"),
    "usr/share/tool/not-executable": script("/bin/sh"),
    "usr/bin/binary": "\0ELF",
    "usr/bin/empty": "",
  };
  const made = lab(base);
  t.teardown(made.close);
  unpack(made, { tool: { files } }, lines(["DHI-TOOL", word]));
  for (const path of Object.keys(files)) {
    if (path.startsWith("usr/bin/")) chmodSync(join(made.work, "tree/tool", path), 0o755);
  }
  made.write("graft", { notes: "" });
  await graft(made);
  const { stderr } = await made.run("interpreters.sh");
  t.equal(stderr, "");
  t.same(made.table("notes").flat(), [
    "note: 3 scripts of tool need /bin/sh, which neither the base nor this graft has (DHI-TOOL --allow-shell brings a shell): /usr/bin/a-shell, /usr/bin/b-shell, ...",
    "note: 1 script of tool needs python3, which neither the base nor this graft has: /usr/bin/snake",
  ]);
});
