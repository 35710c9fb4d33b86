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
    const { code, stderr } = await bed.run("names.sh", "DHI-NATIVE", "Debian 13 (trixie)", word);
    t.equal(code, 1, JSON.stringify(word));
    t.match(stderr, /^dhi: DHI-NATIVE .*(no package name|no version|version after = is missing)/, JSON.stringify(word));
  }
  t.match((await bed.run("names.sh", "DHI-NATIVE", "Debian 13", "libX11-6")).stderr, /write DHI-NATIVE libx11-6/);
});

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

async function resolved(...words: readonly [string, string, string][]) {
  const found = join(bed.root, "resolved");
  const problems = join(bed.root, "problems");
  const missing = join(bed.root, "missing");
  for (const file of [found, problems, missing]) writeFileSync(file, "");
  await awk(
    "names.awk",
    [
      ["words", words.map((word) => `${word.join("\t")}\n`).join("")],
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
  t.same((await resolved(["libpng16-16t64", "libpng16-16t64", ""])).found, ["libpng16-16t64\tlibpng16-16t64\t"]);
  t.same(
    (await resolved(["libssl3", "libssl3", ""])).found,
    ["libssl3\tlibssl3t64\t"],
    "an old name with one provider",
  );
  t.same((await resolved(["libblas.so.3", "libblas.so.3", ""])).problems, [
    "libblas.so.3 is a name that several packages provide; write one of them: libopenblas0-pthread, libblas3",
  ]);
  t.same((await resolved(["libicu72", "libicu72", ""])).missing, ["libicu72"]);
  t.same((await resolved(["libpng16-16t64=1.6.48-1", "libpng16-16t64", "1.6.48-1"])).found, [
    "libpng16-16t64=1.6.48-1\tlibpng16-16t64\t1.6.48-1",
  ]);
  t.same((await resolved(["libpng16-16t64=2", "libpng16-16t64", "2"])).problems, [
    "libpng16-16t64=2 is not there in this version; the package sources have 1.6.48-2, 1.6.48-1",
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
  const control = (name: string, depends: string, more = "") =>
    `Package: ${name}\nVersion: 1\nArchitecture: all\nDepends: ${depends}\n${more}Description: x\n`;
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
  const states = async (words: string, ...options: string[]) => {
    const lines = await awk(
      "needed.awk",
      [
        ["table", "maintainer\tdebconf\n"],
        ["words", words],
        ["extra", ""],
        ["control", closure],
      ],
      ...options,
    );
    return Object.fromEntries(lines.map((line) => line.split("\t")).map((field) => [field[0], [field[4], field[5]]]));
  };
  const keep = ["keep", "app"];
  t.same(await states("app\tapp\t\n"), {
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
    (await states("app\tapp\t\ndebconf\tdebconf\t\n")).debconf,
    ["keep", "app, debconf"],
    "unless a word names it",
  );
  t.same(
    (await states("libone\tlibone\t\n", "recommends=yes"))["extra-thing"],
    ["keep", "libone"],
    "recommended ones when asked",
  );
});
