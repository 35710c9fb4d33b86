import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { lab } from "./graft/lab.ts";

const bed = lab({});
t.teardown(bed.close);

/** Runs an awk script of the graft on inputs given as `kind` and text. */
async function awk(
  script: string,
  inputs: readonly (readonly [string, string])[],
  ...options: string[]
): Promise<string[]> {
  const files = inputs.map(([kind, text], i) => {
    const file = join(bed.root, `input-${i}`);
    writeFileSync(file, text);
    return [`kind=${kind}`, file];
  });
  const args = [
    "-F",
    "\t",
    "-f",
    join(bed.root, "dhi", script),
    ...options.flatMap((option) => ["-v", option]),
    ...files.flat(),
  ];
  const { stdout } = await execa("awk", args, { env: { LC_ALL: "C" } });
  return stdout.split("\n").filter(Boolean);
}

t.test("a word that is no package name never reaches apt", async (t) => {
  const words = [
    "lib.*x",
    "?name(x)",
    "~nx",
    "-y",
    "curl/sid",
    "a;b",
    "$(id)",
    "x",
    "a b",
    "lib\tx",
    "libx=",
    "libx=1 2",
    "libx=$(id)",
    "libX11-6",
    "",
  ];
  for (const word of words) {
    const { code, stderr } = await named(word);
    t.equal(code, 1, JSON.stringify(word));
    t.match(stderr, /^dhi: DHI-NATIVE .*(no package name|no version|version after = is missing)/, JSON.stringify(word));
  }
  t.match((await named("libX11-6")).stderr, /write DHI-NATIVE libx11-6/);
});

/** Runs the step on one word, as a line whose words nobody looked at before. */
function named(word: string) {
  bed.write("graft", { lines: `1\tDHI-NATIVE\tword\t${word}\n` });
  return bed.run("names.sh", "Debian 13 (trixie)");
}

const show = `Package: libssl3
Versions: 

Reverse Provides: 
libssl3t64 3.5.7-1 (= 3.5.7-1)
libssl3t64 3.5.6-1 (= 3.5.6-1)
Package: libblas.so.3
Versions: 

Reverse Provides: 
libopenblas0-pthread 0.3 (= )
libblas3 3.12.1-6 (= )
Package: libpng16-16t64
Versions: 
1.6.48-2 (/var/lib/apt/lists/security_Packages)
1.6.48-1 (/var/lib/apt/lists/main_Packages)
 Description Language: 

Reverse Depends: 
  libfoo,libpng16-16t64 1.0
Reverse Provides: 
`;

t.test("--allow-shell brings dash where the base has no /bin/sh", async (t) => {
  const asked = async (facts: string) => {
    bed.write("graft", { facts, names: "app\n", lines: "1\tDHI-TOOL\t--allow-shell\t\n1\tDHI-TOOL\tword\tapp\n" });
    await bed.run("names.sh", "Debian 13 (trixie)");
    return bed.table("asked").map(([word]) => word);
  };
  t.same(await asked("id\tdebian\n"), ["app", "--allow-shell"]);
  t.same(await asked("sh\tusr/bin/dash\n"), ["app"]);
});

async function resolved(...words: readonly (readonly string[])[]) {
  const found = join(bed.root, "resolved");
  const problems = join(bed.root, "problems");
  const missing = join(bed.root, "missing");
  for (const file of [found, problems, missing]) writeFileSync(file, "");
  await awk(
    "names.awk",
    [
      [
        "words",
        words
          .map(
            ([word, name, version, line = "1", directive = "DHI-NATIVE"]) =>
              `${[word, name, version, line, directive].join("\t")}\n`,
          )
          .join(""),
      ],
      ["show", show],
    ],
    `resolved=${found}`,
    `problems=${problems}`,
    `missing=${missing}`,
  );
  const read = async (file: string) => (await execa("cat", [file])).stdout.split("\n").filter(Boolean);
  return { found: await read(found), problems: await read(problems), missing: await read(missing) };
}

t.test("which package a word means", async (t) => {
  t.same((await resolved(["libpng16-16t64", "libpng16-16t64", ""])).found, ["libpng16-16t64\tlibpng16-16t64\t\t1"]);
  t.same(
    (await resolved(["libssl3", "libssl3", ""])).found,
    ["libssl3\tlibssl3t64\t\t1"],
    "an old name with one provider",
  );
  t.same((await resolved(["libblas.so.3", "libblas.so.3", ""])).problems, [
    "DHI-NATIVE libblas.so.3 is a name that several packages provide; write one of them: libopenblas0-pthread, libblas3",
  ]);
  t.same((await resolved(["libicu72", "libicu72", ""])).missing, ["libicu72\tDHI-NATIVE"]);
  t.same((await resolved(["libpng16-16t64=1.6.48-1", "libpng16-16t64", "1.6.48-1"])).found, [
    "libpng16-16t64=1.6.48-1\tlibpng16-16t64\t1.6.48-1\t1",
  ]);
  t.same(
    (
      await resolved(
        ["libpng16-16t64=1.6.48-1", "libpng16-16t64", "1.6.48-1"],
        ["libpng16-16t64=1.6.48-2", "libpng16-16t64", "1.6.48-2", "2", "DHI-TOOL"],
      )
    ).problems,
    ["DHI-TOOL libpng16-16t64=1.6.48-2 is asked for in version 1.6.48-1 too; a stage has one of them"],
  );
  t.same((await resolved(["libpng16-16t64=2", "libpng16-16t64", "2"])).problems, [
    "DHI-NATIVE libpng16-16t64=2 is not there in this version; the package sources have 1.6.48-2, 1.6.48-1",
  ]);
});

t.test("near names", async (t) => {
  const names =
    "libcue2 libicu76 libicu-dev libgdiplus libssl3t64 libssl-dev libxslt1.1 libjpeg62-turbo libjpeg-tools fontconfig gdb";
  const near = async (missing: string) =>
    (
      await awk("near.awk", [
        ["missing", `${missing}\n`],
        ["names", `${names.split(" ").join("\n")}\n`],
      ])
    )[0];
  t.equal(await near("libicu72"), "libicu72\tlibicu76", "another version, and nothing else");
  t.equal(await near("libssl1.1"), "libssl1.1\tlibssl3t64");
  t.equal(await near("libgdipluss"), "libgdipluss\tlibgdiplus", "a typing error");
  t.equal(await near("lbigdiplus"), "lbigdiplus\tlibgdiplus", "two");
  t.equal(await near("libjpeg8"), "libjpeg8\tlibjpeg62-turbo", "a longer name with a version");
  t.equal(await near("qqqqqqqq"), "qqqqqqqq\t", "none");
  const many = Array.from({ length: 9 }, (_, i) => `libx${i}`).join("\n");
  const five = await awk("near.awk", [
    ["missing", "libx77\n"],
    ["names", `${many}\n`],
  ]);
  t.equal(five[0]?.split(", ").length, 5, "at most five");
});

t.test("packages that only package scripts use go, with what only they need", async (t) => {
  const closure = [
    control("app", "libone (>= 1), debconf (>= 0.5) | debconf-2.0,\n libtwo:any | other"),
    control("libone", "virtual"),
    control("provider", "libthree", "Provides: virtual (= 1)\n"),
    control("libtwo", ""),
    control("libthree", "", "Recommends: extra-thing\n"),
    control("extra-thing", ""),
    control("debconf", "perl-thing, libthree"),
    control("perl-thing", ""),
  ].join("");
  const states = async (asked: string): Promise<Record<string, string[]>> => {
    const found = await neededFrom(closure, asked, "maintainer\tdebconf\n");
    return Object.fromEntries(Object.entries(found).map(([name, fields]) => [name, fields.slice(0, 2)]));
  };
  const keep = ["keep", "DHI-NATIVE app"];
  t.same(await states("DHI-NATIVE app"), {
    app: keep,
    libone: keep,
    provider: keep,
    libtwo: keep,
    libthree: keep,
    "extra-thing": ["unneeded", ""],
    debconf: ["maintainer", ""],
    "perl-thing": ["unneeded", ""],
  });
  t.same(
    (await states("DHI-NATIVE app debconf")).debconf,
    ["keep", "DHI-NATIVE app, DHI-NATIVE debconf"],
    "unless a word names it",
  );
});

const control = (name: string, depends: string, more = "") =>
  `Package: ${name}\nVersion: 1\nArchitecture: all\nDepends: ${depends}\n${more}Description: x\n`;

/** State, words and lines of each package of a closure, when lines such as `DHI-TOOL --allow-shell git` ask for packages. */
async function neededFrom(closure: string, asked: string, table = ""): Promise<Record<string, string[]>> {
  const lines = asked.split("\n").map((line) => line.split(" "));
  const facts = lines.flatMap(([directive, ...words], i) =>
    words.map((word) => [`${i + 1}`, directive, ...(word.startsWith("--") ? [word, ""] : ["word", word])]),
  );
  const words = facts.filter(([, , what]) => what === "word").map(([line, , , word = ""]) => [word, word, "", line]);
  const text = (rows: readonly (readonly (string | undefined)[])[]) =>
    rows.map((row) => `${row.join("\t")}\n`).join("");
  const found = await awk("needed.awk", [
    ["table", table],
    ["lines", text(facts)],
    ["words", text(words)],
    ["extra", ""],
    ["control", closure],
  ]);
  return Object.fromEntries(found.map((line) => line.split("\t")).map(([name, ...field]) => [name, field.slice(3)]));
}

t.test("recommended packages come for the words of the lines that ask, as apt follows them", async (t) => {
  const closure = [
    control("one", "", "Recommends: friend\n"),
    control("friend", "", "Recommends: friend-of-friend\n"),
    control("friend-of-friend", ""),
    control("two", "", "Recommends: other,\n another\n"),
    control("other", ""),
    control("another", ""),
  ].join("");
  t.same(await neededFrom(closure, "DHI-NATIVE --recommends one\nDHI-NATIVE two"), {
    one: ["keep", "DHI-NATIVE one", "1"],
    friend: ["keep", "DHI-NATIVE one", "1"],
    "friend-of-friend": ["keep", "DHI-NATIVE one", "1"],
    two: ["keep", "DHI-NATIVE two", "2"],
    other: ["unneeded", "", ""],
    another: ["unneeded", "", ""],
  });
  t.same(
    (await neededFrom(closure, "DHI-NATIVE --recommends two")).another,
    ["keep", "DHI-NATIVE two", "1"],
    "on a later line of the field",
  );
});

t.test("which lines reach a package, and for which words of which directive", async (t) => {
  const closure = [control("a", "common"), control("b", "common"), control("common", "")].join("");
  t.same(await neededFrom(closure, "DHI-NATIVE a\nDHI-TOOL b a"), {
    a: ["keep", "DHI-NATIVE a, DHI-TOOL a", "1 2"],
    b: ["keep", "DHI-TOOL b", "2"],
    common: ["keep", "DHI-NATIVE a, DHI-TOOL b, DHI-TOOL a", "1 2"],
  });
});

t.test("programs that package scripts use come for a word of DHI-TOOL that depends on them itself", async (t) => {
  const closure = [
    control("tool", "gnupg, adduser, library"),
    control("library", "gnupg"),
    control("gnupg", "gpg, debconf"),
    control("gpg", ""),
    control("adduser", ""),
    control("debconf", ""),
  ].join("");
  const table = ["adduser", "debconf", "gnupg", "gpg"].map((name) => `maintainer\t${name}\n`).join("");
  const kept = async (asked: string) => {
    const states = await neededFrom(closure, asked, `${table}program\tgnupg\nprogram\tgpg\n`);
    return Object.keys(states)
      .filter((name) => states[name]?.[0] === "keep")
      .sort();
  };
  t.same(await kept("DHI-TOOL tool"), ["gnupg", "gpg", "library", "tool"]);
  t.same(await kept("DHI-NATIVE tool"), ["library", "tool"]);
  t.same(await kept("DHI-TOOL library"), ["gnupg", "gpg", "library"], "a library is asked for as a tool");
  t.same(await kept("DHI-TOOL gnupg"), ["gnupg", "gpg"], "a word that names one brings the others that it needs");
});

t.test("a shell comes only when it is asked for", async (t) => {
  const closure = [control("app", "bash"), control("bash", "only-for-bash"), control("only-for-bash", "")].join("");
  const of = async (asked: string) => (await neededFrom(closure, asked, "shell\tbash\n")).bash;
  t.same(await of("DHI-TOOL app"), ["shell", "", ""]);
  t.same((await neededFrom(closure, "DHI-TOOL app", "shell\tbash\n"))["only-for-bash"], ["unneeded", "", ""]);
  t.same(await of("DHI-TOOL --allow-shell app"), ["keep", "DHI-TOOL app", "1"]);
  t.same(await of("DHI-TOOL app bash"), ["keep", "DHI-TOOL app, DHI-TOOL bash", "1"], "by its name");
  t.same(await of("DHI-NATIVE --recommends app\nDHI-TOOL bash"), ["keep", "DHI-NATIVE app, DHI-TOOL bash", "1 2"]);
  t.same(
    await of("DHI-NATIVE app\nDHI-TOOL --allow-shell only-for-bash"),
    ["shell", "", ""],
    "the flag holds for its own line",
  );
  t.same(
    await of("DHI-NATIVE bash"),
    ["keep", "DHI-NATIVE bash", "1"],
    "without its programs, which DHI-NATIVE never brings",
  );
});
