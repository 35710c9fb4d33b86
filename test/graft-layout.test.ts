import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, readlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { graft, kind, lab, type Tree, unpack } from "./graft/lab.ts";
import { landed, merged, on } from "./graft/layout-lab.ts";

t.test("files land where the base's own links lead", async (t) => {
  await t.test("a merged base gets /lib's files in /usr/lib, and no /lib", async (t) => {
    const made = await on(merged, {
      a: { files: { "lib/x86_64-linux-gnu/liba.so.1": "a", "usr/lib/liba-data": "d" } },
    });
    t.teardown(made.close);
    t.same(landed(made), ["usr/lib/liba-data", "usr/lib/x86_64-linux-gnu/liba.so.1"]);
  });

  await t.test("a base with a real /lib keeps it apart", async (t) => {
    const base = { "lib/x86_64-linux-gnu/libc.so.6": "libc", "usr/lib/x": "x", "etc/os-release": "ID=debian\n" };
    const made = await on(base, { a: { files: { "lib/x86_64-linux-gnu/liba.so.1": "a", "usr/lib/b": "b" } } });
    t.teardown(made.close);
    t.same(landed(made), ["lib/x86_64-linux-gnu/liba.so.1", "usr/lib/b"]);
  });

  await t.test("an absolute link starts at the base's root, not at the builder's", async (t) => {
    const base = {
      ...merged,
      opt: { to: "/srv/data" },
      "srv/data/x": "x",
      "etc/deep": { to: "../../../../usr/share/deep" },
    };
    const made = await on(base, { a: { files: { "opt/a": "a", "etc/deep/b": "b" } } });
    t.teardown(made.close);
    t.same(landed(made), ["srv/data/a", "usr/share/deep/b"]);
    t.equal(kind(made.out, "opt"), undefined, "no folder where the base has a link");
  });

  await t.test("a link of a package where the base has a folder is not brought", async (t) => {
    const base = { ...merged, "usr/share/data/old": "old" };
    const made = await on(base, { a: { files: { "usr/share/data": { to: "other" }, "usr/share/other/new": "new" } } });
    t.teardown(made.close);
    t.same(landed(made), ["usr/share/other/new"]);
  });

  await t.test("a package's file below another package's link lands at the link's end", async (t) => {
    const made = await on(merged, {
      a: { files: { "usr/share/x": { to: "y" } } },
      b: { files: { "usr/share/x/file": "b" } },
    });
    t.teardown(made.close);
    t.same(landed(made), ["usr/share/x", "usr/share/y/file"]);
    t.equal(readlinkSync(join(made.out, "usr/share/x")), "y");
  });

  await t.test("a file of the base where a folder is needed is an error that names it", async (t) => {
    await t.rejects(on({ ...merged, "usr/share/a": "file" }, { a: { files: { "usr/share/a/b": "b" } } }), {
      message: /dhi: the base has a file at \/usr\/share\/a/,
    });
  });

  await t.test("an ancestor's graft counts as the base", async (t) => {
    const made = lab(merged);
    t.teardown(made.close);
    made.write("have/0", {
      "usr/lib/x86_64-linux-gnu/liba.so.1": "a",
      "var/lib/dpkg/status.d/a": "Package: a\nVersion: 1-1\n",
    });
    unpack(made, {
      a: { files: { "usr/lib/x86_64-linux-gnu/liba.so.1": "again" } },
      b: { files: { "usr/lib/b": "b" } },
    });
    await graft(made);
    t.same(landed(made), ["usr/lib/b"]);
    t.equal(kind(made.out, "var/lib/dpkg/status.d/a"), undefined);
  });
});

t.test("folders", async (t) => {
  const made = lab({ ...merged, "var/spool/x": "x", "usr/share/new-in-base": null });
  t.teardown(made.close);
  const of = (root: string, path: string) => lstatSync(join(root, path));
  chmodSync(join(made.target, "var/spool"), 0o1777);
  chownSync(join(made.target, "var/spool"), 65532, 65532);
  for (const path of ["var/spool/x", "etc/os-release", "usr/lib/x86_64-linux-gnu/libc.so.6"]) {
    utimesSync(join(made.target, path), 1_600_000_000, 1_600_000_000);
  }
  utimesSync(join(made.target, "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"), 1_500_000_000, 1_500_000_000);
  utimesSync(join(made.target, "var/spool"), 1_550_000_000, 1_550_000_000);
  unpack(made, {
    a: {
      files: {
        "var/spool/a": "a",
        "usr/share/new-in-base/a": "a",
        "usr/share/fresh/deep/a": "a",
        "var/cache/empty": null,
      },
    },
  });
  chmodSync(join(made.work, "tree/a/usr/share/fresh"), 0o750);
  await graft(made);

  t.equal(of(made.out, "var/spool").mode & 0o7777, 0o1777, "the base's mode stays");
  t.same([of(made.out, "var/spool").uid, of(made.out, "var/spool").gid], [65532, 65532], "the base's owner stays");
  t.equal(of(made.out, "var/spool").mtimeMs, 1_550_000_000_000, "the base's time stays");
  t.equal(of(made.out, "usr/share/fresh").mode & 0o7777, 0o750, "a new folder has the package's mode");
  t.equal(of(made.out, "usr/share/fresh/deep").mtimeMs, 946_684_800_000, "and a fixed time");
  t.equal(
    of(made.out, "usr/share/new-in-base").mtimeMs,
    946_684_800_000,
    "a time that comes from unpacking the image is not copied",
  );
  t.equal(kind(made.out, "var/cache/empty"), "folder", "a package's empty folder comes along");
});

t.test("a folder that the base and an ancestor's graft have is like the base's", async (t) => {
  const made = lab({ ...merged, "var/spool/x": "x" });
  t.teardown(made.close);
  made.write("have/0", { "var/spool/y": "y" });
  chmodSync(join(made.target, "var/spool"), 0o1777);
  unpack(made, { a: { files: { "var/spool/a": "a" } } });
  await graft(made);
  t.equal(lstatSync(join(made.out, "var/spool")).mode & 0o7777, 0o1777);
});

t.test("what the base has stays the base's", async (t) => {
  const library = (version: string, at = "usr/lib/x86_64-linux-gnu"): Tree => ({
    [`${at}/liba.so.1`]: { to: `liba.so.1.${version}` },
    [`${at}/liba.so.1.${version}`]: `library ${version}`,
  });
  const copyright = { "usr/share/doc/a/copyright": "free" };

  await t.test("a library without a record: ours is dropped with all its links, and its package with it", async (t) => {
    const made = await on({ ...merged, ...library("2.3") }, { a: { files: { ...library("2.4"), ...copyright } } });
    t.teardown(made.close);
    t.same(landed(made), []);
    t.equal(kind(made.out, "var/lib/dpkg/status.d/a"), undefined);
  });

  await t.test("also when it stands in a folder of ld.so.conf", async (t) => {
    const conf = {
      "etc/ld.so.conf": "include /etc/ld.so.conf.d/*.conf\n",
      "etc/ld.so.conf.d/x.conf": "# ours\n/opt/x/lib\n",
    };
    const made = await on({ ...merged, ...conf, ...library("2.3", "opt/x/lib") }, { a: { files: library("2.4") } });
    t.teardown(made.close);
    t.same(landed(made), []);
  });

  await t.test("the bare name, or a folder that the loader does not search, is no reason", async (t) => {
    const base = { ...merged, ...library("2.3", "opt/private"), "usr/lib/x86_64-linux-gnu/liba.so": "some plugin" };
    const made = await on(base, {
      a: { files: { ...library("2.4"), "usr/lib/liba.so": { to: "x86_64-linux-gnu/liba.so.1" } } },
    });
    t.teardown(made.close);
    t.same(landed(made), [
      "usr/lib/liba.so",
      "usr/lib/x86_64-linux-gnu/liba.so.1",
      "usr/lib/x86_64-linux-gnu/liba.so.1.2.4",
    ]);
  });

  await t.test("a library that has the bare name only is known by it", async (t) => {
    const made = await on(
      { ...merged, "usr/lib/libplain.so": "base's" },
      { a: { files: { "usr/lib/x86_64-linux-gnu/libplain.so": "ours" } } },
    );
    t.teardown(made.close);
    t.same(landed(made), []);
  });

  await t.test("a package with a record: only files that the base lacks, no document, no new record", async (t) => {
    const record = { "var/lib/dpkg/status.d/a": "Package: a\nVersion: 1-0\n" };
    const made = await on(
      { ...merged, ...library("2.3"), ...record, "usr/share/a/kept": "base's" },
      {
        a: { files: { ...library("2.4"), ...copyright, "usr/share/a/kept": "ours", "usr/share/a/lacking": "new" } },
        b: { files: { "usr/share/b": "new" } },
      },
    );
    t.teardown(made.close);
    t.same(landed(made), ["usr/share/a/lacking", "usr/share/b"]);
    t.same(
      readdirSync(join(made.out, "var/lib/dpkg/status.d")).sort(),
      ["b", "b.md5sums"],
      "neither record nor checksums",
    );
    t.match(readFileSync(join(made.out, "var/lib/dhi/packages/a"), "utf8"), "Version: 1-1\n");
    t.match(
      readFileSync(join(made.out, "var/lib/dhi/packages/a.md5sums"), "utf8"),
      /^0+ {2}usr\/share\/a\/lacking\n$/,
      "what came is noted where no scanner looks",
    );
    t.same(made.table("skew"), [["a", "1-0", "1-1"]], "and the other version is said");
    const again = await on(
      { ...merged, ...record, "var/lib/dhi/packages/a": "Package: a\nVersion: 1-0\nDhi-Requested: DHI-NATIVE x\n" },
      { a: { files: { "usr/share/a/more": "new" } } },
    );
    t.teardown(again.close);
    t.same(
      readdirSync(join(again.out, "var/lib/dhi/packages")),
      ["a@2", "a@2.md5sums"],
      "a note of a graft below is not written over",
    );
  });

  await t.test("a record that says deinstall is no record", async (t) => {
    const status =
      "Package: a\nStatus: deinstall ok config-files\nVersion: 1-0\n\nPackage: b\nStatus: install ok installed\nVersion: 2\n";
    const made = await on({ ...merged, "var/lib/dpkg/status": status }, { a: { files: copyright } });
    t.teardown(made.close);
    t.same(made.table("base.packages"), [["b", "2"]]);
    t.equal(kind(made.out, "var/lib/dpkg/status.d/a"), "file");
  });

  await t.test("libc and the loader, whatever version the closure has", async (t) => {
    const files = { "usr/lib/x86_64-linux-gnu/libc.so.6": "new", "usr/lib/x86_64-linux-gnu/gconv/X.so": "module" };
    const made = await on(merged, { libc6: { files, source: "glibc" } });
    t.teardown(made.close);
    t.same(landed(made), []);
  });
});

t.test("a folder that ld.so.conf.d would name is reached by links in the multiarch folder", async (t) => {
  const made = await on(merged, {
    a: {
      files: {
        "etc/ld.so.conf.d/a.conf": "/usr/lib/a\n",
        "usr/lib/a/liba.so.1": { to: "liba.so.1.0" },
        "usr/lib/a/liba.so.1.0": "a",
      },
    },
  });
  t.teardown(made.close);
  t.equal(readlinkSync(join(made.out, "usr/lib/x86_64-linux-gnu/liba.so.1")), "/usr/lib/a/liba.so.1");
  t.match(
    readFileSync(join(made.out, "var/lib/dpkg/status.d/a"), "utf8"),
    "Dhi-Links:\n /usr/lib/a/liba.so.1\n /usr/lib/x86_64-linux-gnu/liba.so.1\n",
    "the record has the package's link and the one that was made for it",
  );
});

t.test("a file name that no table can hold is an error", async (t) => {
  await t.rejects(on(merged, { a: { files: { "usr/lib/a\tb": "x" } } }), {
    message: /dhi: package a has a file name with a tab/,
  });
});
