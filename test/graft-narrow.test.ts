import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import t from "tap";
import { lab } from "./graft/lab.ts";

const stanza = (name: string, fields = "") => `Package: ${name}\nVersion: 1\n${fields}Description: no Package: other\n`;
const main = [
  stanza("app", "Pre-Depends: early\nDepends: libone:any (>= 1), two | three (= 2) , virtual\nRecommends: wish\n"),
  stanza("early"),
  stanza("libone", "Depends: deep\nSuggests: idea\n"),
  stanza("two"),
  stanza("three"),
  stanza("provider", "Provides: other (= 1), virtual (= 1)\nConflicts: app2\n"),
  stanza("idea"),
  stanza("wish", "Depends: wished\n"),
  stanza("wished"),
  stanza("twofold"),
  stanza("app2"),
];
const security = [stanza("deep", "Depends: app\n"), stanza("libone"), stanza("libonefold")];
const table = "extra\tlibone\tadded\nextra\tidea\tnot-added\n";

/** Runs the script for these words; the names in each list that is left, and all names. */
async function narrowed(
  words: readonly string[],
  lines = "",
  more: Readonly<Record<string, string>> = {},
  packed: Readonly<Record<string, Buffer>> = {},
) {
  const bed = lab({}, table);
  bed.write("apt/lists", {
    x_main_Packages: main.join("\n"),
    x_security_Packages: security.concat(stanza("added"), stanza("not-added")).join("\n"),
    x_InRelease: "signed\n",
    ...more,
  });
  bed.write("graft", {
    lines,
    asked: words.map((word) => `${word}\t${word}\t\t1\tDHI-NATIVE\n`).join(""),
    "apt.conf": "",
  });
  for (const [name, content] of Object.entries(packed)) writeFileSync(join(bed.root, "apt/lists", name), content);
  const { code, stderr } = await bed.run("narrow.sh");
  const list = (name: string) =>
    [...readFileSync(join(bed.root, "apt/lists", name), "utf8").matchAll(/^Package: (.*)$/gm)].map(
      ([, found]) => found,
    );
  const all = {
    main: list("x_main_Packages"),
    security: list("x_security_Packages"),
    other: "x_other_Packages" in more ? list("x_other_Packages") : [],
  };
  const otherText =
    "x_other_Packages" in more ? readFileSync(join(bed.root, "apt/lists/x_other_Packages"), "utf8") : "";
  const names = existsSync(join(bed.work, "names")) ? readFileSync(join(bed.work, "names"), "utf8").split("\n") : [];
  const left = readdirSync(join(bed.root, "apt"));
  const lists = readdirSync(join(bed.root, "apt/lists"));
  const release = readFileSync(join(bed.root, "apt/lists/x_InRelease"), "utf8");
  const text = readFileSync(join(bed.root, "apt/lists/x_security_Packages"), "utf8");
  bed.close();
  t.equal(code, 0, stderr);
  return { ...all, otherText, names: [...new Set(names)].filter(Boolean), release, text, lists, left };
}

t.test("apt keeps every package that it may come to look at, whole, and its release files", async (t) => {
  const { main, security, names, release, text } = await narrowed(["app"]);
  t.same(main, ["app", "early", "libone", "two", "three", "provider"]);
  t.same(security, ["deep", "libone", "added"], "in every list, other versions too, and the table's extra packages");
  t.equal(names.length, 15, "the names are all names");
  t.equal(release, "signed\n");
  t.match(text, `${stanza("deep", "Depends: app\n")}\n${stanza("libone")}\n`);
});

t.test("recommended packages are reached when a line asks for them", async (t) => {
  const { main } = await narrowed(["app"], "1\tDHI-NATIVE\tword\tapp\n1\tDHI-NATIVE\t--recommends\t\n");
  t.ok(main.includes("wish") && main.includes("wished"));
});

t.test("a name that only others provide leads to all of them", async (t) => {
  t.same((await narrowed(["virtual"])).main, ["provider"]);
  t.same((await narrowed(["nothing"])).main, []);
});

t.test("lists with relations over several lines stay whole", async (t) => {
  for (const depends of ["Depends: early,\n libone\n", "Depends:\n early\n", "Depends: early\n , libone\n"]) {
    const more = { x_other_Packages: stanza("folded", depends) };
    const { main, names } = await narrowed(["app", "folded"], "", more);
    t.equal(main.length, 11, depends);
    t.ok(names.includes("folded"), "and all names are known");
    t.ok((await narrowed(["folded"], "", more)).main.includes("libone"), "apt itself reads the relation");
  }
});

t.test("a list whose Provides goes on in another line stays whole, whoever is asked for", async (t) => {
  const more = { x_other_Packages: stanza("folded", "Provides: early,\n virtual\n") };
  t.equal((await narrowed(["app"], "", more)).main.length, 11);
});

t.test("what crates provide is reached by their names, and what else one provides by any", async (t) => {
  const other = [
    stanza("librust-a-dev", "Provides: librust-a+default-dev (= 1), librust-a-1-dev (= 1)\nDepends: early\n"),
    stanza("librust-b-dev", "Provides: librust-b+default-dev (= 1), crate-b\n"),
    stanza("librust-c-dev", "Provides: librust-c-1-dev\nDepends: librust-a+default-dev (>= 1)\n"),
    stanza("user", "Depends: crate-b\n"),
  ].join("\n");
  const found = async (word: string) =>
    (await narrowed([word], "", { x_other_Packages: other })).other.filter((name) => name !== "user");
  t.same(await found("user"), ["librust-b-dev"]);
  t.same(await found("librust-a-1-dev"), ["librust-a-dev"]);
  t.same(await found("librust-c-dev"), ["librust-a-dev", "librust-c-dev"]);
  t.same(await found("two"), []);
});

t.test("an entry comes whole, however long it is", async (t) => {
  for (const lines of [900, 999, 1000, 1001, 5000]) {
    const long = `Package: long\nTag:\n${" one::tag,\n".repeat(lines)}Depends: early\n`;
    const more = { x_other_Packages: [stanza("shorter"), long, stanza("behind")].join("\n") };
    const { other, main, otherText } = await narrowed(["long"], "", more);
    t.same(other, ["long"], `${lines} lines`);
    t.equal(otherText, `${long}\n`);
    t.same(main, ["early"]);
  }
});

t.test("lists in gzip form are read as they are and left as text", async (t) => {
  const x_third_Packages = gzipSync([stanza("app", "Depends: third\n"), stanza("third"), stanza("fourth")].join("\n"));
  const { main, lists, left, names } = await narrowed(["app"], "", {}, { "x_third_Packages.gz": x_third_Packages });
  t.ok(main.includes("app"));
  t.same(lists.sort(), ["x_InRelease", "x_main_Packages", "x_security_Packages", "x_third_Packages"]);
  t.same(left, ["lists"], "nothing else is left");
  t.ok(names.includes("fourth"));
});

t.test("a list that cannot be read leaves all as they are", async (t) => {
  const damaged = gzipSync(Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * n) % 251)));
  damaged.fill(0xff, 20, 200);
  const packed = { "x_third_Packages.gz": damaged };
  const { main, lists } = await narrowed(["app"], "", {}, packed);
  t.equal(main.length, 11);
  t.ok(lists.includes("x_third_Packages.gz"));
});
