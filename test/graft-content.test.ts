import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, lutimesSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { graft, kind, lab, unpack } from "./graft/lab.ts";
import { landed, merged, on, tree } from "./graft/layout-lab.ts";

t.test("what a stage has no use for stays out", async (t) => {
  const made = await on(merged, {
    a: {
      files: {
        "usr/bin/a": "program",
        "sbin/a": "program",
        "usr/include/a.h": "header",
        "usr/lib/x86_64-linux-gnu/liba.a": "static",
        "usr/lib/x86_64-linux-gnu/liba.la": "libtool",
        "usr/lib/x86_64-linux-gnu/liba.so.1": "library",
        "usr/lib/x86_64-linux-gnu/a/plugin.la": "what libltdl opens the plugin by",
        "usr/lib/x86_64-linux-gnu/pkgconfig/a.pc": "pc",
        "usr/lib/x86_64-linux-gnu/cmake/a/a.cmake": "cmake",
        "usr/share/man/man1/a.1.gz": "manual",
        "usr/share/doc/a/README": "documentation",
        "usr/share/doc/a/copyright": "free",
        "usr/share/a/data": "data",
        "usr/share/a/program": { to: "../../bin/a" },
        "etc/a.conf": "configuration",
        "etc/init.d/a": "service",
      },
    },
    tools: { files: { "usr/bin/tool": "program", "usr/share/doc/tools/copyright": "free" } },
    meta: { files: { "usr/share/doc/meta/copyright": "free" } },
  });
  t.teardown(made.close);
  t.same(landed(made), [
    "etc/a.conf",
    "usr/lib/x86_64-linux-gnu/a/plugin.la",
    "usr/lib/x86_64-linux-gnu/liba.so.1",
    "usr/share/a/data",
    "usr/share/doc/a/copyright",
    "usr/share/doc/meta/copyright",
  ]);
  t.equal(kind(made.out, "usr/bin"), undefined, "no folder is left of them");
});

t.test("no bit that gives rights", async (t) => {
  const made = lab(merged);
  t.teardown(made.close);
  unpack(made, { a: { files: { "usr/lib/a/helper": "x", "usr/lib/a/open": "x", "var/lib/a/all/x": "x" } } });
  chmodSync(join(made.work, "tree/a/usr/lib/a/helper"), 0o4755);
  chmodSync(join(made.work, "tree/a/usr/lib/a/open"), 0o666);
  chmodSync(join(made.work, "tree/a/var/lib/a/all"), 0o3777);
  await graft(made);
  const mode = (path: string) => lstatSync(join(made.out, path)).mode & 0o7777;
  t.equal(mode("usr/lib/a/helper"), 0o755);
  t.equal(mode("usr/lib/a/open"), 0o664);
  t.equal(mode("var/lib/a/all"), 0o1775);
  t.same(
    made.table("unsafe").map(([path]) => path),
    ["usr/lib/a/helper", "usr/lib/a/open", "var/lib/a/all"],
  );
});

t.test("records", async (t) => {
  const made = await on(merged, {
    a: {
      files: { "lib/a": "a", "etc/a.conf": "conf\n", "usr/bin/a": "program", "usr/lib/l": { to: "a" } },
      depends: "libc6, dropped (>= 1)",
      packed: ["usr/share/man/man1/a.1", "usr/share/doc/a/NEWS"],
    },
    dropped: { files: { "lib/dropped": "x" }, state: "maintainer" },
  });
  t.teardown(made.close);
  const read = (name: string) => readFileSync(join(made.out, "var/lib/dpkg/status.d", name), "utf8");
  t.equal(
    read("a"),
    `Package: a
Source: a
Version: 1-1
Architecture: all
Description: test
 more
Dhi-Requested: a
Dhi-Links:
 /usr/lib/l
Dhi-Left-Out: 1 programs, 2 documentation, package dropped
`,
  );
  t.equal(
    read("a.md5sums"),
    `d31a3e7c4c01ba2dbefab163f68b0dd4  etc/a.conf\n${"0".repeat(32)}  usr/lib/a\n`.replace(
      "d31a3e7c4c01ba2dbefab163f68b0dd4",
      execFileSync("md5sum", { input: "conf\n" }).toString().slice(0, 32),
    ),
    "only what was delivered, at the place where it is",
  );
  t.same(readdirSync(join(made.out, "var/lib/dpkg/status.d")).sort(), ["a", "a.md5sums"]);
});

t.test("what a package ships under /opt/docker/sbom comes along, and no file of ours does", async (t) => {
  const snippet = { "opt/docker/sbom/a/.spdx.a.json": "{}" };
  const made = await on(merged, { a: { files: { "usr/lib/a": "a", ...snippet } } });
  t.teardown(made.close);
  t.same(landed(made), ["opt/docker/sbom/a/.spdx.a.json", "usr/lib/a"]);
});

t.test("the same packages on the same base give the same bytes", async (t) => {
  const then = 1_700_000_000;
  const digest = async () => {
    const made = lab(merged);
    unpack(made, {
      b: { files: { "usr/lib/b": "b", "usr/share/x/y": "y" } },
      a: { files: { "usr/lib/a": "a", "etc/a/a.conf": "a", "usr/lib/l": { to: "a" } } },
      c: { files: { "etc/ld.so.conf.d/c.conf": "/usr/lib/c\n", "usr/lib/c/libc.so.1": "makes a link" } },
    });
    // Packages and images bring the times of their files; what the steps make has none.
    for (const root of [join(made.work, "tree"), made.target]) {
      for (const path of tree(root)) lutimesSync(join(root, path), then, then);
    }
    for (const path of ["usr", "etc"]) utimesSync(join(made.target, path), then, then);
    await graft(made);
    const options = ["-c", "--sort=name", "--format=pax", "--pax-option=delete=atime,delete=ctime", "--numeric-owner"];
    const tar = execFileSync("tar", [...options, "-C", made.out, "."], { encoding: "latin1" });
    made.close();
    return tar;
  };
  const first = await digest();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  t.ok(first === (await digest()), "a second later");
});
