import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { type PackageKnowledge, packageTable } from "../src/graft/scripts.ts";
import { graft, kind, type Lab, lab, type Tree, type Unpacked, unpack } from "./graft/lab.ts";

const base: Tree = {
  "usr/lib/x86_64-linux-gnu/libc.so.6": "libc",
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "loader",
  lib: { to: "usr/lib" },
  "etc/os-release": "ID=debian\nVERSION_ID=13\n",
};

interface Setting {
  readonly packages: Readonly<Record<string, Unpacked>>;
  readonly knowledge?: Omit<PackageKnowledge, "why">;
  /** Scripts that make files. */
  readonly scripts?: Tree;
  readonly base?: Tree;
}

async function made(setting: Setting): Promise<Lab> {
  const { knowledge } = setting;
  const made = lab({ ...base, ...setting.base }, knowledge && packageTable([{ why: "", ...knowledge }]));
  made.write("dhi", setting.scripts ?? {});
  unpack(made, setting.packages);
  await graft(made);
  return made;
}

const text = (lab: Lab, path: string) => readFileSync(join(lab.out, path), "utf8");
const notes = (lab: Lab) => readFileSync(join(lab.work, "notes"), "utf8");

t.test("defaults that a script copies to where programs read them", async (t) => {
  const of: Readonly<Record<string, readonly [from: string, to: string]>> = {
    "freetds-common": ["usr/share/freetds/freetds.conf", "etc/freetds/freetds.conf"],
    "krb5-config": ["usr/share/kerberos-configs/krb5.conf.template", "etc/krb5.conf"],
    "libreoffice-common": ["usr/lib/libreoffice/share/.registry/main.xcd", "etc/libreoffice/registry/main.xcd"],
    "readline-common": ["usr/share/readline/inputrc", "etc/inputrc"],
    "softhsm2-common": ["usr/share/softhsm/softhsm2.conf", "etc/softhsm/softhsm2.conf"],
  };
  for (const [name, [from, to]] of Object.entries(of)) {
    const own = await made({ packages: { [name]: { files: { [from]: `${name}'s` } } } });
    t.equal(text(own, to), `${name}'s`, name);
    t.match(text(own, `var/lib/dpkg/status.d/${name}.md5sums`), new RegExp(`^[0-9a-f]{32}  ${to}$`, "m"), "listed");
    t.same(own.table("caches"), [[to, "configuration", name, "f"]]);
    t.equal(statSync(join(own.out, to)).mtimeMs, 946684800000, "the fixed time");
    own.close();
    const other = await made({ packages: { other: { files: { [from]: "x" } } } });
    t.equal(kind(other.out, to), undefined, "only with its package");
    other.close();
  }
});

t.test("ODBC drivers are registered by name, all in one file", async (t) => {
  const files: Readonly<Record<string, Tree>> = {
    "odbc-mariadb": { "usr/share/odbc-mariadb/odbcinst.ini.template": "[MariaDB]\nDriver=a\n" },
    libsqliteodbc: { "usr/share/sqliteodbc/unixodbc.ini": "[SQLite3]\nDriver=b" },
    tdsodbc: { "usr/share/tdsodbc/odbcinst.ini": "[FreeTDS]\nDriver=c\n" },
    "odbc-postgresql": { "usr/share/psqlodbc/odbcinst.ini.template": "[PostgreSQL]\nDriver=d\n" },
    "odbc-mdbtools": { "usr/lib/x86_64-linux-gnu/odbc/libmdbodbc.so": "e" },
  };
  const packages = Object.fromEntries(Object.entries(files).map(([name, files]) => [name, { files }]));
  const all = await made({ packages });
  t.teardown(all.close);
  t.same(text(all, "etc/odbcinst.ini").match(/^\[.*\]$/gm), [
    "[MariaDB]",
    "[SQLite3]",
    "[FreeTDS]",
    "[PostgreSQL]",
    "[MDBTools]",
  ]);
  t.match(text(all, "etc/odbcinst.ini"), "Driver = libmdbodbc.so\n");

  const one = await made({ packages: { tdsodbc: packages.tdsodbc ?? { files: {} } } });
  t.teardown(one.close);
  t.equal(text(one, "etc/odbcinst.ini"), "[FreeTDS]\nDriver=c\n");

  const kept = await made({ packages, base: { "etc/odbcinst.ini": "" } });
  t.teardown(kept.close);
  t.equal(kind(kept.out, "etc/odbcinst.ini"), undefined, "the base's file is never changed");
  t.match(notes(kept), "note: the base's own /etc/odbcinst.ini stays as it is");
});

const makes = {
  what: "list",
  for: ["/usr/lib/{multiarch}/modules/*.so"],
  tool: "/usr/bin/lister*",
  script: "list.sh",
  files: ["/usr/lib/{multiarch}/modules/list", "/usr/lib/{multiarch}/modules/more-*"],
};
const script = `cd "usr/lib/$multiarch/modules"
echo *.so >list
echo "$tool" >more-b
ln -s list more-a
`;
const modules = "usr/lib/x86_64-linux-gnu/modules";
const packages: Readonly<Record<string, Unpacked>> = {
  liba: { files: { [`${modules}/a.so`]: "a", [`${modules}/z.so`]: "z" } },
  "liba-bin": { files: { "usr/bin/lister-1": "program", "usr/share/liba-bin": "x" } },
  libleft: { files: { [`${modules}/left.so`]: "left" }, state: "maintainer" },
  libtwo: { files: { "lib/x86_64-linux-gnu/modules/two.so": "two" } },
};

t.test("files that a program makes from what comes along", async (t) => {
  const one = await made({ packages, knowledge: { makes: [makes] }, scripts: { "list.sh": script } });
  t.teardown(one.close);
  t.equal(text(one, `${modules}/list`), "a.so two.so z.so\n", "of all packages, and of none that stays out");
  t.equal(text(one, `${modules}/more-b`), "/usr/bin/lister-1\n", "the program that stays out runs all the same");
  t.equal(readlinkSync(join(one.out, `${modules}/more-a`)), "list");
  t.equal(kind(one.out, "usr/bin"), undefined);
  t.same(one.table("caches"), [
    [`${modules}/list`, "list", "liba", "f"],
    [`${modules}/more-a`, "list", "liba", "l"],
    [`${modules}/more-b`, "list", "liba", "f"],
  ]);
  const sums = text(one, "var/lib/dpkg/status.d/liba.md5sums");
  t.match(sums, `${modules}/list\n`);
  t.notMatch(sums, "more-a", "links have no sum");
  t.match(text(one, "var/lib/dpkg/status.d/liba"), `Dhi-Links:\n /${modules}/more-a\n`, "they stand in the record");
  t.same(readdirSync(join(one.out, modules)).sort(), ["a.so", "list", "more-a", "more-b", "two.so", "z.so"]);
});

t.test("nothing runs when no such file comes along", async (t) => {
  const { libtwo, ...others } = packages;
  const one = await made({
    packages: { ...others, libtwo: { files: {}, ...libtwo, state: "maintainer" } },
    base: { [`${modules}/a.so`]: "a", [`${modules}/z.so`]: "z" },
    knowledge: { makes: [makes] },
    scripts: { "list.sh": "exit 1\n" },
  });
  t.teardown(one.close);
  t.same(one.table("caches"), []);
});

t.test("what the base has is listed with the new, and a list of the base's own stays as it is", async (t) => {
  const setting = { packages, knowledge: { makes: [makes] }, scripts: { "list.sh": script } };
  const one = await made({ ...setting, base: { [`${modules}/z.so`]: "base's" } });
  t.teardown(one.close);
  t.equal(text(one, `${modules}/list`), "a.so two.so z.so\n");

  const two = await made({ ...setting, base: { [`${modules}/list`]: "base's" } });
  t.teardown(two.close);
  t.same(readdirSync(join(two.out, modules)).sort(), ["a.so", "two.so", "z.so"], "none of the files that belong to it");
  t.match(notes(two), `note: the base's own /${modules}/list stays as it is, so it knows nothing of what liba and`);
});

t.test("a program that fails ends the build, or is a note where things work without", async (t) => {
  const setting = { packages, scripts: { "list.sh": "echo no such thing >&2; exit 3\n" } };
  await t.rejects(made({ ...setting, knowledge: { makes: [makes] } }), {
    message: /no such thing\ndhi: list, which liba needs, could not be made/,
  });
  const optional = { makes: [{ ...makes, optional: true }] };
  const one = await made({ ...setting, knowledge: optional });
  t.teardown(one.close);
  t.match(notes(one), "note: list, which liba asks for, could not be made: no such thing\n");
  const { "liba-bin": _, ...without } = packages;
  const two = await made({ ...setting, packages: without, knowledge: optional });
  t.teardown(two.close);
  t.match(notes(two), "could not be made: the program that makes it is in none of the packages\n");
});

t.test("the throw-away root is not what comes along: a script changes nothing of a package", async (t) => {
  const one = await made({
    packages,
    knowledge: { makes: [makes] },
    scripts: { "list.sh": `cd "usr/lib/$multiarch/modules" && rm a.so && echo new >a.so && echo list >list\n` },
  });
  t.teardown(one.close);
  t.equal(text(one, `${modules}/a.so`), "a");
});

t.test("folders of made files look like the base's, or like any new one", async (t) => {
  const one = await made({
    packages: { "krb5-config": { files: { "usr/share/kerberos-configs/krb5.conf.template": "x" } } },
    base: { "etc/other": "x" },
  });
  t.teardown(one.close);
  t.equal(statSync(join(one.out, "etc")).mode & 0o777, 0o755);
  t.equal(statSync(join(one.out, "etc/krb5.conf")).mode & 0o777, 0o644);
});

t.test("notes about what can't be made", async (t) => {
  for (const name of [
    "ca-certificates-java",
    "libnss-ldapd",
    "libnss-mdns",
    "libnss-sss",
    "docbook-xml",
    "mecab-ipadic",
    "php-common",
  ]) {
    const one = await made({ packages: { [name]: { files: { "usr/share/x": "x" } } } });
    t.match(notes(one), `note: ${name}: `);
    one.close();
  }
});
