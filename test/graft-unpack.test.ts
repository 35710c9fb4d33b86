import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { archive, type MadePackage } from "./graft/archive.ts";
import { graft, type Lab, lab, lines, type Tree, unpack } from "./graft/lab.ts";

const base: Tree = {
  "usr/lib/x86_64-linux-gnu/libc.so.6": "libc",
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "loader",
  "etc/os-release": "ID=debian\nVERSION_ID=13\n",
  "var/lib/dpkg/status.d/libc6": "Package: libc6\nVersion: 1\n",
};
const table = "maintainer\tdebconf\nmaintainer\ttar\nprogram\ttar\nshell\tdash\nbase\tlibc6\nbase\tlibc-bin\n";

/** Writes what the scripts before it leave for hold.sh. */
async function prepared(made: Lab, asked: string, words: string): Promise<void> {
  made.write("graft", { lines: asked, words });
  const { stderr } = await made.run("target.sh");
  if (stderr !== "") throw new Error(stderr);
}

t.test("which packages are held back at first", async (t) => {
  const perhaps = [
    ["dash", "perhaps"],
    ["debconf", "perhaps"],
    ["tar", "perhaps"],
  ];
  const held = async (of: Tree, asked: string, words = "app\tapp\t\t1\n") => {
    const made = lab(of, table);
    t.teardown(made.close);
    await prepared(made, asked, words);
    t.equal((await made.run("hold.sh")).stderr, "");
    return { held: made.table("held"), unwritten: made.table("unwritten").length > 0 };
  };
  const line = lines(["DHI-NATIVE", ["word", "app"]]);
  const all = { held: [...perhaps.slice(0, 2), ["libc6", "base"], ...perhaps.slice(2)], unwritten: true };
  t.same(await held(base, line), all, "libc-bin is not the base's");
  const { "var/lib/dpkg/status.d/libc6": _, ...unrecorded } = base;
  t.same(await held(unrecorded, line), { held: perhaps, unwritten: true }, "a base without the record");
  const { "usr/lib/x86_64-linux-gnu/libc.so.6": __, ...bare } = base;
  t.same(await held(bare, line), { held: perhaps, unwritten: true }, "a base without the library");
  for (const flag of ["--with", "--without"]) {
    const asked = lines(["DHI-NATIVE", ["word", "app"], [flag, "/usr/share/*"]]);
    t.same(await held(base, asked), { held: perhaps, unwritten: flag === "--without" }, `a pattern of ${flag}`);
  }
  const words = "libc6\tlibc6\t\t1\ndash\tdash\t\t1\n";
  t.same(await held(base, line, words), { held: perhaps.slice(1), unwritten: true }, "packages that a word names");
});

/** A lab whose package source has these packages, as apt sees it, with one line of one word. */
async function sourced(directive: string, packages: readonly MadePackage[]): Promise<Lab> {
  const made = lab(base, table);
  const repository = join(made.root, "repository");
  mkdirSync(repository);
  for (const [name, content] of archive(packages)) writeFileSync(join(repository, name), content);
  await prepared(made, lines([directive, ["word", "app"]]), "app\tapp\t\t1\n");
  for (const folder of ["tree", "control", "archives/partial", "lists/partial"])
    mkdirSync(join(made.work, folder), { recursive: true });
  const settings = {
    "Dir::State::status": "/dev/null",
    "Dir::State::lists": `${made.work}/lists`,
    "Dir::Cache": `${made.work}/cache`,
    "Dir::Cache::archives": `${made.work}/archives`,
    "Dir::Etc::sourcelist": `${made.work}/sources.list`,
    "Dir::Etc::sourceparts": "/dev/null",
    "Debug::NoLocking": "true",
    "APT::Sandbox::User": "root",
  };
  made.write("graft", {
    "sources.list": `deb [trusted=yes] copy:${repository} ./\n`,
    "apt.conf": Object.entries(settings)
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(""),
    cache: null,
  });
  await execa("apt-get", ["-c", join(made.work, "apt.conf"), "update"]);
  return made;
}

const below = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** The packages of a folder that have files. */
function filled(made: Lab, folder: string): string[] {
  const at = join(made.work, folder);
  return below(at).filter((name) => readdirSync(join(at, name)).length > 0);
}

/** The states of the packages, as debian.sh asks for them. */
async function needed(made: Lab): Promise<void> {
  const at = (name: string) => join(made.work, name);
  const controls = below(at("control")).map((name) => at(`control/${name}/control`));
  const scripts = join(made.root, "dhi");
  const inputs = [`${scripts}/packages.txt`, at("lines"), at("words"), at("extra")];
  const kinds = ["table", "lines", "words", "extra"].flatMap((kind, i) => [`kind=${kind}`, inputs[i] ?? ""]);
  const args = ["-F", "\t", "-f", join(scripts, "needed.awk"), ...kinds, "kind=control", ...controls];
  const { stdout } = await execa("awk", args);
  writeFileSync(at("needed"), `${stdout}\n`);
}

const library = (name: string): MadePackage => ({
  name,
  version: "1",
  files: { [`usr/lib/${name}/${name}.so.1`]: name },
  control: { md5sums: `${"0".repeat(32)}  usr/lib/${name}/${name}.so.1\n` },
});

t.test("what is held back is unpacked when something needs it", async (t) => {
  const app: MadePackage = {
    name: "app",
    version: "1",
    fields: "Depends: libc6, liba, debconf, tar\n",
    files: { "usr/bin/app": "app", "usr/share/man/man1/app.1": "manual", "usr/share/doc/app/copyright": "terms" },
  };
  const packages = [app, ...["libc6", "liba", "debconf", "tar", "unasked"].map(library)];
  const closure = ["app", "debconf", "liba", "libc6", "tar"];

  await t.test("a program that the word's package calls", async (t) => {
    const made = await sourced("DHI-TOOL", packages);
    t.teardown(made.close);
    const { code, stderr } = await made.run("fetch.sh", "Debian");
    t.same({ code, stderr }, { code: 0, stderr: "" });
    t.same(below(join(made.work, "control")), closure, "the control files of all, and of nothing that nobody needs");
    t.same(filled(made, "tree"), ["app", "liba"]);
    t.same(below(join(made.work, "tree/app/usr/share/man")), [], "documentation is not written");
    await needed(made);
    t.equal((await made.run("later.sh")).stderr, "");
    t.same(filled(made, "tree"), ["app", "liba", "tar"]);
    t.same(below(join(made.work, "later")), ["debconf_1_all.deb", "libc6_1_all.deb"]);
    t.same(made.table("later.libraries").flat().sort(), ["debconf.so.1", "libc6.so.1"]);
    t.equal((await made.run("untaken.sh")).stderr, "");
    t.same(filled(made, "untaken"), ["debconf", "libc6"]);
  });

  await t.test("not for a library's sake", async (t) => {
    const made = await sourced("DHI-NATIVE", packages);
    t.teardown(made.close);
    t.equal((await made.run("fetch.sh", "Debian")).code, 0);
    await needed(made);
    t.equal((await made.run("later.sh")).stderr, "");
    t.same(filled(made, "tree"), ["app", "liba"]);
    t.notOk(existsSync(join(made.work, "foreseen")));
  });
});

t.test("a program that will run is foreseen by the files that packages list", async (t) => {
  const rows = "make\tx.sh\tx\t\t\t/usr/lib/{multiarch}/a/*.so /usr/share/c++/*.xml\t/x\n";
  for (const [path, foreseen] of [
    ["usr/lib/x86_64-linux-gnu/a/liba.so", true],
    ["usr/share/c++/a.xml", true],
    ["usr/share/ccc/a.xml", false],
    ["usr/lib/x86_64-linux-gnu/a/b/liba.so", false],
    ["usr/lib/x86_64-linux-gnu/a/liba.so.1", false],
  ] as const)
    for (const state of ["keep", "maintainer"]) {
      const made = lab(base, rows);
      t.teardown(made.close);
      unpack(made, { a: { files: { [path]: "x" }, state } });
      made.write("graft", { held: "" });
      t.equal((await made.run("later.sh")).stderr, "");
      t.equal(
        existsSync(join(made.work, "foreseen")),
        foreseen && state === "keep",
        `${path} of a package to ${state}`,
      );
    }
});

t.test("many packages, each unpacked once", async (t) => {
  const names = Array.from({ length: 60 }, (_, i) => `lib${i}`);
  const app = { name: "app", version: "1", fields: `Depends: ${names.join(", ")}\n`, files: { "usr/bin/app": "app" } };
  const made = await sourced("DHI-TOOL", [app, ...names.map(library)]);
  t.teardown(made.close);
  const { code, stderr } = await made.run("fetch.sh", "Debian");
  t.same({ code, stderr }, { code: 0, stderr: "" });
  t.same(filled(made, "tree"), ["app", ...names].sort());
  t.equal(below(join(made.work, "claimed")).length, 61);
});

t.test("a package that can't be unpacked ends the step", async (t) => {
  const made = await sourced("DHI-TOOL", [{ name: "app", version: "1" }]);
  t.teardown(made.close);
  writeFileSync(join(made.work, "archives/broken_1_all.deb"), "no package");
  const { code, stderr } = await made.run("fetch.sh", "Debian");
  t.equal(code, 1);
  t.match(stderr, /^dhi: a package could not be unpacked$/m);
});

t.test("a program of a package runs beside what nothing comes along of", async (t) => {
  const row =
    "make\tghostscript-fontmap.sh\tlist\t\t\t/etc/ghostscript/fontmap.d/*.conf\t/var/lib/ghostscript/fonts/Fontmap\n";
  const made = lab(base, row);
  t.teardown(made.close);
  unpack(made, { a: { files: { "etc/ghostscript/fontmap.d/x.conf": "x" } } });
  for (const [name, content] of archive([library("libheld")]))
    if (name.endsWith(".deb")) {
      mkdirSync(join(made.work, "later"), { recursive: true });
      writeFileSync(join(made.work, "later", name), content);
    }
  made.write("graft", { unwritten: "", held: "", archives: null });
  await graft(made);
  t.equal(readFileSync(join(made.work, "root/usr/lib/libheld/libheld.so.1"), "utf8"), "libheld");
});
