import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { type Base, muslPackage, skip } from "./graft/alpine/lab.ts";
import { lab, source, zlib } from "./graft/alpine/source.ts";

// What a graft on Alpine does with odd words and odd bases. As graft-alpine.test.ts.

t.test("what apk cannot do is told in the user's words", { skip }, async (t) => {
  const complaint = async (...args: string[]) => {
    const made = lab(t, { packages: [zlib] });
    const { code, stderr } = await made.graft("--line", "DHI-NATIVE", ...args);
    t.equal(code, 1, args.join(" "));
    return stderr;
  };
  t.match(
    await complaint("libpicc", "liblow"),
    /^dhi: DHI-NATIVE libpicc is no package of Alpine 3\.23; did you mean libpic\?$/m,
  );
  t.match(
    await complaint("qqqqqqqq"),
    "dhi: DHI-NATIVE qqqqqqqq is no package of Alpine 3.23; no name there is near to it",
  );
  t.match(
    await complaint("libpic=9-r0"),
    "dhi: DHI-NATIVE libpic=9-r0 is not there in this version; the package sources have 1.0-r0",
  );
  const older = await complaint("needsnew");
  t.match(older, "breaks: needsnew-1.0-r0[zlib=2.0-r0]", "apk's own words");
  t.match(
    older,
    "dhi: DHI-NATIVE needsnew: apk cannot bring these packages together with the base's own, which stay in their versions",
  );
  t.match(await complaint("needsgone"), "so:gone.so.1 (no such package)");
  t.match(
    await complaint("zlib=2.0-r0"),
    "dhi: DHI-NATIVE zlib=2.0-r0: the base has zlib 1.0-r0, and a graft never changes the base's packages",
  );
});

t.test("a word that is no package name never reaches apk", { skip }, async (t) => {
  const made = lab(t);
  const words = [
    "so:libz.so.1",
    "cmd:sh",
    "zlib~1",
    "zlib>1",
    "!zlib",
    "zlib@edge",
    "x.apk",
    "-x",
    "./x",
    "a;b",
    "$(id)",
    "zlib=",
    "zlib=a",
    "zlib=1 2",
    "zlib=1;id",
    "",
  ];
  for (const word of words) {
    const { code, stderr } = await made.graft("--line", "DHI-NATIVE", word);
    t.equal(code, 1, JSON.stringify(word));
    t.match(stderr, /^dhi: /, JSON.stringify(word));
    t.notMatch(stderr, /ERROR/, JSON.stringify(word));
  }
  t.match((await made.graft("--line", "DHI-NATIVE", "so:x.so.1")).stderr, "`apk search -x so:x.so.1` tells which");
  t.match((await made.graft("--line", "DHI-NATIVE", "zlib~1")).stderr, "write zlib=<version>, or the name alone");
  t.match(
    (await made.graft("--line", "DHI-NATIVE", "--recommends", "zlib")).stderr,
    "Alpine's packages recommend none",
  );
  const archived = await made.graft("--snapshot", "20260801T000000Z", "--line", "DHI-NATIVE", "zlib");
  t.match(archived.stderr, "Alpine keeps no archive of its past packages");
});

t.test("bases that cannot be served", { skip }, async (t) => {
  const complaint = async (base: Base) => (await lab(t, base).graft("--line", "DHI-NATIVE", "liblow")).stderr;
  t.match(await complaint({ static: true }), "use a base with musl: dhi.io/static:<date>-musl-alpine");
  const glibc = { static: true, files: { "usr/lib/x86_64-linux-gnu/libc.so.6": "glibc" } };
  t.match(await complaint(glibc), "the base has glibc (/usr/lib/x86_64-linux-gnu/libc.so.6)");
  const other = { files: { "etc/os-release": "ID=alpine\nVERSION_ID=3.22.4\n" } };
  t.match(await complaint(other), "the base is Alpine 3.22.4, and the builder image is Alpine 3.23");
  t.match(await complaint({ files: { "etc/os-release": "ID=dhi\nVERSION_ID=3.23\n" } }), "the base is dhi 3.23");
  const hardened = lab(t, { files: { "etc/os-release": "ID=dhi\nID_LIKE=alpine\nVERSION_ID=3.23\n" } });
  t.equal((await hardened.graft("--line", "DHI-NATIVE", "liblow")).code, 0);
  const bare = lab(t);
  execFileSync("rm", [join(bare.root, "target/lib/apk/db/installed")]);
  t.match((await bare.graft("--line", "DHI-NATIVE", "liblow")).stderr, "the base has no apk database");
  const odd = await lab(t).run("alpine.sh", ["--line", "DHI-NATIVE", "liblow"], { TARGETARCH: "mips64le" });
  t.match(odd.stderr, "Alpine has no packages for the platform linux/mips64le");
});

t.test("files that the base has without a record", { skip }, async (t) => {
  const has = (files: Base["files"]) => lab(t, { packages: [zlib], ...(files && { files }) });
  const other = await has({ "usr/share/low/data": "other" }).graft("--line", "DHI-NATIVE", "liblow");
  t.equal(other.code, 1);
  t.match(other.stderr, "the base has /usr/share/low/data, which no package of it owns, and liblow brings another");
  t.match(other.stderr, "--without=/usr/share/low/data keeps the base's");
  const same = has({ "usr/share/low/data": "data" });
  t.equal((await same.graft("--line", "DHI-NATIVE", "liblow")).code, 0);
  t.notOk(same.list("out").includes("usr/share/low/data"), "the same file is the base's");
  const configured = has({ "etc/pic.conf": "own" });
  const { code, stdout } = await configured.graft("--line", "DHI-NATIVE", "libpic");
  t.equal(code, 0, "configuration is the base's to change");
  t.match(stdout, "note: the base has /etc/pic.conf of its own, which stays; libpic brings another");
  const folder = await has({ "usr/share/low": "a file" }).graft("--line", "DHI-NATIVE", "liblow");
  t.equal(folder.code, 1);
  t.match(folder.stderr, /\/usr\/share\/low/);
  const linked = lab(t, { files: { "usr/share/low": { to: "/data/low" }, "data/low/own": "x" } });
  t.equal((await linked.graft("--line", "DHI-NATIVE", "liblow")).code, 0);
  t.ok(linked.list("out").includes("data/low/data"), "an absolute link of the base leads inside the base");
});

t.test("a graft on a graft", { skip }, async (t) => {
  const made = lab(t, { packages: [zlib] });
  await made.graft("--line", "DHI-NATIVE", "liblow");
  execFileSync("mv", [join(made.root, "out"), join(made.root, "have/0")]);
  const { code, stdout, stderr } = await made.graft("--line", "DHI-NATIVE", "libpic");
  t.equal(code, 0, stderr);
  t.match(stdout, "kept the base's: liblow 1.0-r0, musl 1.2.5-r9, zlib 1.0-r0");
  t.notOk(made.list("out").includes("lib/liblow.so.1"));
  t.match(made.read("out/lib/apk/db/installed"), /^P:zlib$(.|\n)*^P:liblow$(.|\n)*^P:libpic$/m);
});

t.test("two runs give the same bytes, and the base's folders keep their looks", { skip }, async (t) => {
  const looks = async (gnu: boolean) => {
    const made = lab(t, { packages: [zlib], world: ["zlib"] });
    if (gnu) made.withGnuTools();
    execFileSync("chmod", ["711", join(made.root, "target/etc")]);
    execFileSync("touch", ["-d", "@1600000000", join(made.root, "target/etc")]);
    const { code, stderr } = await made.graft("--line", "DHI-NATIVE", "libpic");
    t.equal(code, 0, stderr);
    const at = join(made.root, "out");
    return execFileSync(
      "sh",
      ["-c", "find . -printf '%p %y %m %U %G %T@ %l\\n' | sort; find . -type f | sort | xargs sha256sum"],
      { cwd: at },
    ).toString();
  };
  const first = await looks(false);
  t.match(first, /^\.\/etc d 711 0 0 1600000000/m, "a folder of the base as it is there");
  const settled = (text: string) => text.replace(/^\.\/(lib|lib\/apk|lib\/apk\/db|etc\/apk) d .*$/gm, "");
  await new Promise((resolve) => setTimeout(resolve, 1100));
  t.equal(settled(await looks(false)), settled(first));
  t.equal(settled(await looks(true)), settled(first), "with GNU's tools in the builder, too");
});

t.test("special knowledge", { skip }, async (t) => {
  const drawing = lab(t);
  t.equal((await drawing.graft("--line", "DHI-NATIVE", "libgdiplus")).code, 0);
  t.equal(
    readlinkSync(join(drawing.root, "out/usr/lib/gdiplus.dll")),
    "libgdiplus.so.0",
    "libgdiplus by the name that .NET asks for",
  );
  t.ok(drawing.list("out").includes("usr/share/fonts/dejavu/DejaVuSans.ttf"), "and a font");
  t.match(drawing.read("out/var/lib/dhi/packages/font-dejavu"), "Dhi-Requested: DHI-NATIVE libgdiplus\n");

  const managed = lab(t);
  const { stdout } = await managed.graft("--line", "DHI-TOOL", "managed");
  t.notOk(
    managed.list("out").some((path) => /apk$|libapk/.test(path)),
    "package management stays away, and what only it needs",
  );
  t.match(stdout, "left out, only for package installation: apk-tools");
  const named = lab(t);
  await named.graft("--line", "DHI-TOOL", "apk-tools");
  t.ok(named.list("out").includes("sbin/apk"), "unless it is named");

  const unrecorded = lab(t, { packages: [] });
  unrecorded.write("target", { "lib/apk/db/installed": "" });
  unrecorded.offer([...source, { ...muslPackage, version: "9.9-r9", files: { "lib/ld-musl-x86_64.so.1": "another" } }]);
  const { code, stderr } = await unrecorded.graft("--line", "DHI-NATIVE", "needsmusl");
  t.equal(code, 0, stderr);
  t.notOk(
    unrecorded.list("out").some((path) => /ld-musl/.test(path)),
    "the C library is the base's, with or without a record",
  );
  t.notMatch(unrecorded.read("out/lib/apk/db/installed"), /^P:musl$/m);
});
