import { chmodSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { graft, type Lab, lab, type Tree, unpack } from "./graft/lab.ts";

const base: Tree = {
  "usr/lib/x86_64-linux-gnu/libc.so.6": "libc",
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "loader",
  "usr/share/kept/file": "base",
  "etc/os-release": "ID=debian\nVERSION_ID=13\n",
  "var/lib/dpkg/status.d/recorded": "Package: recorded\nVersion: 1-1\n",
};

/** What a graft made: folders end in a slash. Records are left out. */
function result(made: Lab): string[] {
  const below = (folder: string): string[] =>
    readdirSync(join(made.out, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [`${path}/`, ...below(path)] : [path];
    });
  return below("")
    .filter((path) => !/^var\//.test(path) && !/^(etc|usr|usr\/lib|usr\/share)\/$/.test(path))
    .sort();
}

/** The folders that came whole, with one move each. */
function whole(made: Lab): string[] {
  const moved = readFileSync(join(made.work, "place.out"), "utf8").matchAll(/ '[^']*\/tree\/[^/']+\/([^']*)'/g);
  return [...moved]
    .map(([, path = ""]) => path)
    .filter((path) => lstatSync(join(made.out, path), { throwIfNoEntry: false })?.isDirectory())
    .sort();
}

const cases: readonly {
  readonly name: string;
  readonly packages: Parameters<typeof unpack>[1];
  readonly whole: readonly string[];
  readonly result: readonly string[];
  readonly table?: string;
  readonly prepare?: (made: Lab) => void;
}[] = [
  {
    name: "one package's new folder, with the folders in it",
    packages: { a: { files: { "usr/lib/a/x": "x", "usr/lib/a/b/c/y": "y", "usr/lib/a/empty": null } } },
    whole: ["usr/lib/a"],
    result: ["usr/lib/a/", "usr/lib/a/b/", "usr/lib/a/b/c/", "usr/lib/a/b/c/y", "usr/lib/a/empty/", "usr/lib/a/x"],
  },
  {
    name: "a folder with nothing but an empty one in it",
    packages: { a: { files: { "usr/lib/liba.so.1": "a", "usr/lib/a/plugins": null } } },
    whole: ["usr/lib/a"],
    result: ["usr/lib/a/", "usr/lib/a/plugins/", "usr/lib/liba.so.1"],
  },
  {
    name: "a folder of two packages",
    packages: { a: { files: { "usr/lib/s/a/x": "x" } }, b: { files: { "usr/lib/s/b/x": "x", "usr/lib/s/y": "y" } } },
    whole: ["usr/lib/s/a", "usr/lib/s/b"],
    result: ["usr/lib/s/", "usr/lib/s/a/", "usr/lib/s/a/x", "usr/lib/s/b/", "usr/lib/s/b/x", "usr/lib/s/y"],
  },
  {
    name: "an empty folder of a second package in it",
    packages: { a: { files: { "usr/lib/s/a/x": "x" } }, b: { files: { "usr/lib/s/a/plugins": null } } },
    whole: ["usr/lib/s/a/plugins"],
    result: ["usr/lib/s/", "usr/lib/s/a/", "usr/lib/s/a/plugins/", "usr/lib/s/a/x"],
  },
  {
    name: "a file that two packages have",
    packages: { a: { files: { "usr/lib/s/x": "a" } }, b: { files: { "usr/lib/s/x": "b", "usr/lib/s/y": "b" } } },
    whole: [],
    result: ["usr/lib/s/", "usr/lib/s/x", "usr/lib/s/y"],
  },
  {
    name: "a folder of which something stays out",
    packages: { a: { files: { "usr/lib/a/x": "x", "usr/lib/a/cmake/y": "y", "usr/lib/a/b/z": "z" } } },
    whole: ["usr/lib/a/b"],
    result: ["usr/lib/a/", "usr/lib/a/b/", "usr/lib/a/b/z", "usr/lib/a/x"],
  },
  {
    name: "a folder of which an empty folder stays out",
    packages: { a: { files: { "usr/lib/a/x": "x", "usr/lib/a/pkgconfig": null } } },
    whole: [],
    result: ["usr/lib/a/", "usr/lib/a/x"],
  },
  {
    name: "a folder of a package of the base, whose empty folders stay out",
    packages: { recorded: { files: { "usr/lib/r/x": "x", "usr/lib/r/empty": null, "usr/lib/r/b/y": "y" } } },
    whole: ["usr/lib/r/b"],
    result: ["usr/lib/r/", "usr/lib/r/b/", "usr/lib/r/b/y", "usr/lib/r/x"],
  },
  {
    name: "a folder that the base has",
    packages: { a: { files: { "usr/share/kept/other": "x", "usr/share/kept/new/y": "y" } } },
    whole: ["usr/share/kept/new"],
    result: ["usr/share/kept/", "usr/share/kept/new/", "usr/share/kept/new/y", "usr/share/kept/other"],
  },
  {
    name: "a folder behind a package's own link",
    packages: {
      a: { files: { "usr/lib/a/to": { to: "real" }, "usr/lib/a/real/x": "x" } },
      b: { files: { "usr/lib/a/to/y": "y" } },
    },
    whole: [],
    result: ["usr/lib/a/", "usr/lib/a/real/", "usr/lib/a/real/x", "usr/lib/a/real/y", "usr/lib/a/to"],
  },
  {
    name: "a folder with a link that is made",
    packages: { a: { files: { "usr/lib/a/b/x": "x" } } },
    table: "link\ta\t0\t/usr/lib/a/made/link\t../b/x\t\n",
    whole: ["usr/lib/a/b"],
    result: ["usr/lib/a/", "usr/lib/a/b/", "usr/lib/a/b/x", "usr/lib/a/made/", "usr/lib/a/made/link"],
  },
  {
    name: "a folder that looks otherwise in the package that is asked first",
    packages: {
      a: { files: { "usr/lib/s/b/cmake/x": "x", "usr/lib/a": "a" } },
      b: { files: { "usr/lib/s/b/y": "y" } },
    },
    prepare: (made) => chmodSync(join(made.work, "tree/b/usr/lib/s/b"), 0o700),
    whole: [],
    result: ["usr/lib/a", "usr/lib/s/", "usr/lib/s/b/", "usr/lib/s/b/y"],
  },
  {
    name: "a name that a shell could read",
    packages: { a: { files: { "usr/lib/a'b $(c)/x": "x" } } },
    whole: [],
    result: ["usr/lib/a'b $(c)/", "usr/lib/a'b $(c)/x"],
  },
];

t.test("folders are moved whole where nothing else may come of it", async (t) => {
  for (const { name, packages, table, prepare, ...wanted } of cases) {
    await t.test(name, async (t) => {
      const made = lab(base, table);
      t.teardown(made.close);
      unpack(made, packages);
      prepare?.(made);
      await graft(made);
      t.same({ whole: whole(made), result: result(made) }, wanted);
      for (const [path = "", mode] of made.table("folders.new")) {
        const { mode: bits, mtimeMs } = lstatSync(join(made.out, path));
        t.equal((bits & 0o7777).toString(8), mode, `mode of ${path}`);
        t.equal(mtimeMs, Date.UTC(2000, 0, 1), `time of ${path}`);
      }
    });
  }
});

t.test("hundreds of files of many folders take a few commands", async (t) => {
  const made = lab(base);
  t.teardown(made.close);
  const files = Array.from({ length: 450 }, (_, i) => [`usr/share/a/${i % 90}/${i}`, "x"]);
  const beside = Array.from({ length: 450 }, (_, i) => [`usr/share/kept/${i}`, "x"]);
  unpack(made, { a: { files: Object.fromEntries([...files, ...beside]) } });
  await graft(made);
  t.equal(result(made).filter((path) => !path.endsWith("/")).length, 900);
  t.equal(readFileSync(join(made.work, "place.out"), "utf8").split("\n").filter(Boolean).length, 4);
});
