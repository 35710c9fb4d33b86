import { execFileSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { skip } from "./graft/alpine/lab.ts";
import { lab, zlib } from "./graft/alpine/source.ts";

// Scripts run under busybox, with the stand-in for apk, or with the one that DHI_REAL_APK names.

for (const merged of [false, true]) {
  t.test(`a library, ${merged ? "everything below /usr" : "/lib beside /usr"}`, { skip }, async (t) => {
    const made = lab(t, { merged, packages: [zlib], world: ["musl", "zlib"] });
    const { code, stdout, stderr } = await made.graft("--line", "DHI-NATIVE", "libpic");
    t.equal(code, 0, stderr);
    const lib = merged ? "usr/lib" : "lib";
    t.same(
      made.list("out"),
      [
        "etc/apk/world",
        "etc/pic.conf",
        `${lib}/apk/db/installed`,
        `${lib}/liblow.so.1`,
        "usr/lib/libpic.so.1",
        "usr/lib/libpic.so.1.0",
        "usr/share/licenses/libpic/COPYING",
        "usr/share/low/data",
        "usr/share/pic/extra",
        ...["liblow", "libpic", "libpic-extra"].flatMap((name) => [
          `var/lib/dhi/packages/${name}`,
          `var/lib/dhi/packages/${name}.md5sums`,
        ]),
      ].sort(),
      "what programs load, and no program, shell, header, manual, translation or static library",
    );
    t.equal(lstatSync(join(made.root, "out", "var/lib/pic")).mode & 0o7777, 0o1775, "an empty folder, made safe");

    const before = made.read(`target/${lib}/apk/db/installed`);
    const after = made.read(`out/${lib}/apk/db/installed`);
    t.ok(after.startsWith(before), "the base's records are as they were");
    const names = [...after.slice(before.length).matchAll(/^P:(.*)$/gm)].map(([, name]) => name);
    t.same(names, ["liblow", "libpic", "libpic-extra"], "and the new ones follow");
    t.ok(after.endsWith("\n\n"));
    t.match(after.slice(before.length), /^R:pic\.1$/m, "as apk wrote them, with all files of the package");
    t.equal(made.read("out/etc/apk/world"), "musl\nzlib\nlibpic\n");
    t.match(
      made.read("out/var/lib/dhi/packages/liblow"),
      "Package: liblow\nVersion: 1.0-r0\nArchitecture: x86_64\nSource: liblow\nDhi-Requested: DHI-NATIVE libpic\n",
    );
    const sums = made.read("out/var/lib/dhi/packages/libpic.md5sums").split("\n").filter(Boolean);
    t.same(
      sums.map((line) => line.slice(34)).sort(),
      ["etc/pic.conf", "usr/lib/libpic.so.1.0", "usr/share/licenses/libpic/COPYING"],
      "the files that came along",
    );
    t.match(
      execFileSync("md5sum", ["-c", "-"], { input: `${sums.join("\n")}\n`, cwd: join(made.root, "out") }).toString(),
      /OK/,
    );

    t.match(stdout, /dhi: libpic: 3 packages, 7 files, .*; the base keeps 2 packages of its own/);
    t.match(stdout, "kept the base's: musl 1.2.5-r9, zlib 1.0-r0", "pinned, though the source has a newer one");
    t.match(stdout, "not run, scripts of packages: libpic (post-install), libpic (trigger)");
    t.match(stdout, "DHI-NATIVE leaves out the 2 programs of libpic; DHI-TOOL libpic brings them");
    t.match(stdout, "made safe: /var/lib/pic had mode 1777");
    t.same(
      made.list("graft").filter((path) => !path.startsWith("proof/")),
      [],
      "only what the proof reads stays behind",
    );
  });
}

t.test("a base without world file gets none", { skip }, async (t) => {
  const made = lab(t);
  t.equal((await made.graft("--line", "DHI-NATIVE", "liblow")).code, 0);
  t.notOk(made.list("out").includes("etc/apk/world"));
});

t.test("programs", { skip }, async (t) => {
  const tool = async (t: Test, ...args: string[]) => {
    const made = lab(t, { packages: [zlib] });
    const { code, stdout, stderr } = await made.graft("--line", ...args);
    t.equal(code, 0, stderr);
    const programs = made.list("out").filter((path) => /(^|\/)bin\//.test(path));
    const records = made.list("out/var/lib/dhi/packages").filter((name) => !name.endsWith(".md5sums"));
    return { made, stdout, programs, records };
  };
  await t.test("of all that a TOOL line needs", async (t) => {
    const { made, programs, records } = await tool(t, "DHI-TOOL", "libpic-tools");
    t.same(programs, ["usr/bin/only", "usr/bin/pic", "usr/bin/pic-link"]);
    t.same(records, ["liblow", "libpic", "libpic-extra", "libpic-tools"]);
    t.equal(lstatSync(join(made.root, "out/usr/bin/pic")).mode & 0o7777, 0o755, "not set-user-id");
  });
  await t.test("a package that is nothing but programs leaves no record in NATIVE", async (t) => {
    const { programs, records } = await tool(t, "DHI-NATIVE", "libpic-tools");
    t.same(programs, []);
    t.same(records, ["liblow", "libpic", "libpic-extra"]);
  });
  await t.test("a package of both kinds of lines brings its programs", async (t) => {
    const { made, programs } = await tool(t, "DHI-NATIVE", "libpic", "--line", "DHI-TOOL", "libpic-tools");
    t.same(programs, ["usr/bin/only", "usr/bin/pic", "usr/bin/pic-link"]);
    t.match(made.read("out/var/lib/dhi/packages/libpic"), "Dhi-Requested: DHI-NATIVE libpic, DHI-TOOL libpic-tools\n");
  });
  await t.test("no shell unasked, even where a package depends on one", async (t) => {
    const { made, stdout, programs, records } = await tool(t, "DHI-TOOL", "scripts");
    t.same(programs, ["usr/bin/scripted"]);
    t.same(records, ["scripts"]);
    t.match(stdout, "left out, a shell that nobody asked for: bash");
    t.match(stdout, "note: 1 script of scripts needs /bin/bash, which neither the base nor this graft has");
    t.notMatch(made.read("out/lib/apk/db/installed"), /dhi-native|^P:(bash|busybox)/m);
  });
  await t.test("--allow-shell", async (t) => {
    const { programs, records } = await tool(t, "DHI-TOOL", "--allow-shell", "scripts");
    t.same(programs, ["bin/bash", "bin/busybox", "bin/sh", "usr/bin/scripted"]);
    t.same(records, ["bash", "busybox", "busybox-binsh", "scripts"]);
  });
  await t.test("a shell that is named", async (t) => {
    t.same((await tool(t, "DHI-TOOL", "bash")).programs, ["bin/bash"]);
    t.same((await tool(t, "DHI-NATIVE", "bash")).programs, []);
  });
});

t.test("patterns hold for the packages of their line", { skip }, async (t) => {
  const made = lab(t, { packages: [zlib] });
  const flags = [
    "--with",
    "/usr/include/*.h",
    "--with",
    "*/{bin,sbin}/pi[a-c]",
    "--without",
    "*/low/*",
    "--without",
    "/etc/pic.con?",
  ];
  const { code, stderr } = await made.graft("--line", "DHI-NATIVE", ...flags, "libpic");
  t.equal(code, 0, stderr);
  const files = made.list("out");
  t.ok(files.includes("usr/include/pic.h"));
  t.ok(files.includes("usr/bin/pic"));
  t.notOk(files.includes("usr/bin/pic-link"), "* is any characters, [a-c] is one");
  t.notOk(files.includes("usr/share/low/data"));
  t.notOk(files.includes("etc/pic.conf"));
  const two = lab(t, { packages: [zlib] });
  await two.graft("--line", "DHI-NATIVE", "--without", "*", "liblow", "--line", "DHI-NATIVE", "libpic-tools");
  t.ok(two.list("out").includes("usr/lib/libpic.so.1.0"));
  t.ok(two.list("out").includes("lib/liblow.so.1"), "a file of two lines comes when one of them brings it");
});
