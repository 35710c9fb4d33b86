import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import { programsOfRuntime } from "../src/check/program-table.ts";
import { runtimes } from "../src/directives/runtime-table.ts";
import { skip } from "./graft/compiled.ts";
import { type RuntimeLab, recorded, runtimeLab, text } from "./graft/runtime-lab.ts";

// The scripts of DHI-RUNTIME alone, on donors of a few files and programs that do no more than tell a version.

const triplet = skip ? "" : execFileSync("cc", ["-print-multiarch"]).toString().trim();
const says = (line: string) => `#include <stdio.h>\nint main(void) { puts("${line}"); return 0; }`;

function inLab(name: string, run: (t: Test, at: RuntimeLab) => Promise<void>): void {
  t.test(name, { skip }, async (t) => {
    const at = await runtimeLab();
    t.teardown(() => at.lab.close());
    await run(t, at);
  });
}

t.test("what checks take for brought is what the script looks for", async (t) => {
  for (const name of Object.keys(runtimes)) {
    const known = join(import.meta.dirname, "../src/graft/runtime/known.sh");
    const { stdout } = await execa("sh", ["-uc", `runtime=${name} word=x; . ${known}; echo $must $may`]);
    t.same(programsOfRuntime(name), stdout.split(" "), name);
  }
});

inLab("below /usr/local and without a record, a runtime is its own parts of it", async (t, at) => {
  const { lab } = at;
  await at.library(`usr/lib/${triplet}/libdeep.so.4.5`, "-Wl,-soname,libdeep.so.4");
  at.write({ [`usr/lib/${triplet}/libdeep.so.4`]: { to: "libdeep.so.4.5" } });
  await at.library(
    `usr/lib/${triplet}/libextra.so.2`,
    "-Wl,-soname,libextra.so.2",
    "-Wl,--no-as-needed",
    join(lab.root, `donor/usr/lib/${triplet}/libdeep.so.4`),
  );
  await at.library("usr/local/lib/libruby-inner.so.1", "-Wl,-soname,libruby-inner.so.1");
  await at.library(
    "usr/local/lib/libruby.so.3.3",
    "-Wl,-soname,libruby.so.3.3",
    "-Wl,--no-as-needed",
    join(lab.root, "donor/usr/local/lib/libruby-inner.so.1"),
    join(lab.root, `donor/usr/lib/${triplet}/libextra.so.2`),
  );
  await at.program(
    "usr/local/bin/ruby",
    `int one(void);\n${says("ruby 3.3.8 (2025-07-15)").replace("return 0", "return one() - 1")}`,
    join(lab.root, "donor/usr/local/lib/libruby.so.3.3"),
    "-Wl,--allow-shlib-undefined",
  );
  at.write({
    "usr/local/bin/gem": "#!/usr/local/bin/ruby\n",
    "usr/local/bin/other": "",
    "usr/local/lib/ruby/3.3.0/set.rb": "",
    "usr/local/lib/ruby/3.3.0/libruby.so.3.3": "of another",
    "usr/local/lib/libother.so.1": "",
    "usr/local/etc/gemrc": "gem: --no-document\n",
    "usr/share/doc/libextra2/copyright": "free",
    ...recorded("libextra2", [`usr/lib/${triplet}/libextra.so.2`, "usr/share/doc/libextra2/copyright"]),
  });
  chmodSync(join(lab.root, "donor/usr/local/bin/gem"), 0o755);
  // A folder of the configuration counts as far as the loader's cache goes, which knows none of the runtime's libraries.
  at.write({ "etc/ld.so.conf": "/usr/local/lib\n" }, "base");
  t.match(await at.take("ruby", "ruby:3.3"), { code: 0 });
  t.same(at.result(), [
    `usr/lib/${triplet}/libdeep.so.4`,
    `usr/lib/${triplet}/libdeep.so.4.5`,
    `usr/lib/${triplet}/libextra.so.2`,
    `usr/lib/${triplet}/libruby-inner.so.1`,
    `usr/lib/${triplet}/libruby.so.3.3`,
    "usr/local/bin/gem",
    "usr/local/bin/ruby",
    "usr/local/etc/gemrc",
    "usr/local/lib/libruby-inner.so.1",
    "usr/local/lib/libruby.so.3.3",
    "usr/local/lib/ruby/3.3.0/libruby.so.3.3",
    "usr/local/lib/ruby/3.3.0/set.rb",
    "usr/share/doc/libextra2/copyright",
    "var/lib/dpkg/status.d/dhi-runtime-libraries",
    "var/lib/dpkg/status.d/dhi-runtime-libraries.md5sums",
    "var/lib/dpkg/status.d/dhi-runtime-ruby-3-3",
    "var/lib/dpkg/status.d/dhi-runtime-ruby-3-3.md5sums",
    "var/lib/dpkg/status.d/libextra2",
    "var/lib/dpkg/status.d/libextra2.md5sums",
  ]);
  t.equal(
    readlinkSync(join(lab.out, `usr/lib/${triplet}/libruby.so.3.3`)),
    "/usr/local/lib/libruby.so.3.3",
    "the base's loader finds what the image's variable named",
  );
  t.equal(lstatSync(join(lab.out, `usr/lib/${triplet}/libruby.so.3.3`)).mtimeMs, 946684800000, "a fixed time");
  t.match(text(at, "var/lib/dpkg/status.d/libextra2"), /^Version: 3-1\n(.|\n)*^Dhi-Requested: DHI-RUNTIME ruby:3\.3$/m);
  t.match(
    text(at, "var/lib/dpkg/status.d/dhi-runtime-ruby-3-3.md5sums"),
    /^d41d8cd98f00b204e9800998ecf8427e {2}usr\/local\/lib\/ruby\/3\.3\.0\/set\.rb$/m,
  );
  const proof = await at.prove("ruby", "ruby:3.3");
  t.match(proof.stdout, /dhi: proven: 5 programs and libraries/);
  t.match(proof.stdout, "dhi: ruby --version says: ruby 3.3.8 (2025-07-15)");
  t.match(proof, { code: 0, stderr: "" });
});

inLab("two runs give the same tree, times included", async (t, at) => {
  await at.program("opt/java/21/bin/java", says("openjdk 21"));
  at.write({
    "usr/local/bin/java": { to: "/etc/alternatives/java" },
    "etc/alternatives/java": { to: "/opt/java/21/bin/java" },
    "usr/local/bin/jfr": { to: "../../../opt/java/21/bin/jfr" },
    "opt/java/21/bin/jfr": "",
    "opt/java/21/lib/own/deep": "",
  });
  const tree = async () => {
    t.match(await at.take("java", "java"), { code: 0 });
    return (await execa("find", [at.lab.out, "-printf", "%P %y %m %U:%G %T@ %l\n"])).stdout.split("\n").sort();
  };
  const first = await tree();
  t.same(await tree(), first);
  t.same(
    at.result().filter((path) => !path.startsWith("var/")),
    [
      "etc/alternatives/java",
      "opt/java/21/bin/java",
      "opt/java/21/bin/jfr",
      "opt/java/21/lib/own/deep",
      "usr/local/bin/java",
      "usr/local/bin/jfr",
    ],
    "links come as they stand",
  );
});

inLab("the donor's PATH tells where to look, before the usual folders", async (t, at) => {
  await at.program("srv/node/bin/node", says("v24.1.0"));
  await at.program("usr/bin/node", says("v22.1.0"));
  at.write({ "srv/broken/node": { to: "/srv/gone" } });
  t.match(await at.take("node", "node:24", "--path", "/nowhere:/srv/broken:/srv/node/bin:/usr/bin"), { code: 0 });
  t.match(await at.prove("node", "node:24"), { code: 0 });
  t.ok(at.result().includes("srv/node/bin/node"));
  t.notOk(at.result().includes("usr/bin/node"));
});

inLab("a library that the program finds by itself gets no link", async (t, at) => {
  await at.library("opt/node/lib/libnode.so.127", "-Wl,-soname,libnode.so.127");
  await at.program(
    "opt/node/bin/node",
    `int one(void);\n${says("v22.1.0").replace("return 0", "return one() - 1")}`,
    join(at.lab.root, "donor/opt/node/lib/libnode.so.127"),
    "-Wl,-rpath,$ORIGIN/../lib",
  );
  at.write({ "usr/bin/node": { to: "/opt/node/bin/node" }, "opt/other/x": "" });
  t.match(await at.take("node", "node:22"), { code: 0 });
  t.same(
    at.result().filter((path) => !path.startsWith("var/")),
    ["opt/node/bin/node", "opt/node/lib/libnode.so.127", "usr/bin/node"],
  );
  t.match(await at.prove("node", "node:22"), { code: 0, stdout: /node --version says: v22\.1\.0/ });
});

inLab("the data of Go's own tests stays behind, its snippet for scanners comes along", async (t, at) => {
  await at.program(
    "usr/local/go/bin/go",
    `#include <stdio.h>\n#include <string.h>\n#include <unistd.h>\nint main(void) { char at[99] = ""; readlink("/proc/self/exe", at, 98);
     if (strcmp(at, "/usr/local/go/bin/go")) return 1; puts("go version go1.26.1 linux/amd64"); return 0; }`,
  );
  at.write({
    "usr/local/go/src/debug/elf/elf.go": "",
    "usr/local/go/src/debug/elf/testdata/foreign": "\x7fELF",
    "usr/local/go/src/testdata.go": "",
    "opt/docker/sbom/golang/spdx.json": "{}",
    "opt/docker/sbom/mongodb/spdx.json": "{}",
    "opt/docker/sbom/gosu/spdx.json": "{}",
  });
  t.match(await at.take("go", "go:1.26", "--path", "/go/bin:/usr/local/go/bin"), { code: 0 });
  t.same(
    at.result().filter((path) => !path.startsWith("var/")),
    [
      "opt/docker/sbom/golang/spdx.json",
      "usr/local/go/bin/go",
      "usr/local/go/src/debug/elf/elf.go",
      "usr/local/go/src/testdata.go",
    ],
  );
  t.match(await at.prove("go", "go:1.26"), { code: 0 });
});

inLab("packages come whole: those of the commands, of their source, and those that are known", async (t, at) => {
  await at.program("usr/bin/python3.13", says("Python 3.13.5"));
  const files = {
    python: ["usr/bin/python3.13", "usr/share/doc/python3.13/copyright", "usr/share/doc/python3.13/changelog"],
    stdlib: ["usr/lib/python3.13/os.py"],
    wheels: ["usr/share/python-wheels/pip.whl"],
    zones: ["usr/share/zoneinfo/Europe/Berlin", "usr/share/doc/tzdata/copyright"],
    other: ["usr/lib/other/x"],
  };
  for (const path of Object.values(files).flat()) if (path !== "usr/bin/python3.13") at.write({ [path]: "text" });
  at.write({
    "usr/bin/python3": { to: "python3.13" },
    "usr/share/zoneinfo/Europe/Busingen": { to: "Berlin" },
    ...recorded("python3.13", files.python),
    ...recorded("libpython3.13-stdlib", files.stdlib, "Source: python3.13\n"),
    ...recorded("python3-pip-whl", files.wheels, "Source: python-pip\n"),
    ...recorded("tzdata", files.zones),
    ...recorded("other", files.other),
  });
  t.match(await at.take("python", "python"), { code: 0 });
  t.same(
    at.result().filter((path) => !path.startsWith("var/")),
    [
      "usr/bin/python3",
      "usr/bin/python3.13",
      "usr/lib/python3.13/os.py",
      "usr/share/doc/python3.13/changelog",
      "usr/share/doc/python3.13/copyright",
      "usr/share/doc/tzdata/copyright",
      "usr/share/python-wheels/pip.whl",
      "usr/share/zoneinfo/Europe/Berlin",
      "usr/share/zoneinfo/Europe/Busingen",
    ],
  );
  t.match(text(at, "var/lib/dpkg/status.d/libpython3.13-stdlib"), "Source: python3.13\n");
});

inLab("what .NET opens by name comes along, and not what the base has", async (t, at) => {
  await at.program("usr/lib/dotnet/dotnet", says("Microsoft.NETCore.App 10.0.12 [/usr/lib/dotnet]"));
  await at.library(`usr/lib/${triplet}/libicuuc.so.76.1`, "-Wl,-soname,libicuuc.so.76");
  await at.library(`usr/lib/${triplet}/libssl.so.3`, "-Wl,-soname,libssl.so.3");
  await at.library(`usr/lib/${triplet}/libicuio.so.76`, "-Wl,-soname,libicuio.so.76");
  at.write({
    "usr/bin/dotnet": { to: "../lib/dotnet/dotnet" },
    [`usr/lib/${triplet}/libicuuc.so.76`]: { to: "libicuuc.so.76.1" },
    "usr/lib/dotnet/of-another": "",
    "usr/share/zoneinfo/Etc/UTC": "",
    ...recorded("dotnet-runtime-10", ["usr/lib/dotnet/dotnet"]),
    ...recorded("tzdata", ["usr/share/zoneinfo/Etc/UTC"]),
  });
  at.write({ [`usr/lib/${triplet}/libssl.so.3`]: "the base's", "usr/share/zoneinfo/UTC": "" }, "base");
  t.match(await at.take("dotnet", "dotnet:10.0"), { code: 0 });
  t.same(
    at.result().filter((path) => !path.startsWith("var/")),
    [
      "usr/bin/dotnet",
      "usr/lib/dotnet/dotnet",
      `usr/lib/${triplet}/libicuuc.so.76`,
      `usr/lib/${triplet}/libicuuc.so.76.1`,
    ],
  );
  t.match(await at.prove("dotnet", "dotnet:10.0"), { code: 0 });
});

inLab("the version is the one that the runtime tells, whatever other numbers it says", async (t, at) => {
  await at.program("opt/java/bin/java", says('openjdk version \\"21.0.8\\" 2025-07-15'));
  t.match(await at.take("java", "java:21"), { code: 0 });
  t.match(await at.prove("java", "java:21"), { code: 0 });
  t.match(await at.prove("java", "java:21.0"), { code: 0 });
  t.match(await at.prove("java", "java"), { code: 0 });
  for (const other of ["2", "15", "8", "21.1", "1.21"]) {
    t.match(await at.prove("java", `java:${other}`), {
      code: 1,
      stderr: /the donor has another version; java says: openjdk version "21\.0\.8"/,
    });
  }
});

inLab("Java 8 calls itself 1.8", async (t, at) => {
  await at.program("opt/java/bin/java", says('openjdk version \\"1.8.0_402\\"'));
  t.match(await at.take("java", "java:8"), { code: 0 });
  t.match(await at.prove("java", "java:8"), { code: 0 });
  t.match(await at.prove("java", "java:17"), { code: 1 });
});

inLab("a runtime that does not start in the base fails the build", async (t, at) => {
  await at.program("usr/local/go/bin/go", 'int puts(const char *); int main(void) { puts("no GOROOT"); return 3; }');
  t.match(await at.take("go", "go"), { code: 0 });
  t.match(await at.prove("go", "go"), {
    code: 1,
    stderr: "dhi: DHI-RUNTIME go: go version ended with status 3 in the base: no GOROOT",
  });
});

inLab("what neither the base nor the donor has fails the proof by its name", async (t, at) => {
  await at.library(`usr/lib/${triplet}/libgone.so.1`, "-Wl,-soname,libgone.so.1");
  const gone = join(at.lab.root, `donor/usr/lib/${triplet}/libgone.so.1`);
  await at.program("usr/local/go/bin/go", `int one(void);\nint main(void) { return one(); }`, gone);
  rmSync(gone);
  t.match(await at.take("go", "go"), { code: 0 });
  t.match(await at.prove("go", "go"), {
    code: 1,
    stderr:
      /dhi: DHI-RUNTIME go: \/usr\/local\/go\/bin\/go needs libgone\.so\.1, which neither the base nor the donor has/,
  });
});

inLab("a donor of another C library or release, and one without the runtime, are errors", async (t, at) => {
  const failed = async (problem: RegExp, ...[runtime, word]: [string, string]) => {
    const { code, stderr } = await at.take(runtime, word);
    t.equal(code, 1);
    t.match(stderr, problem);
  };
  await failed(/^dhi: DHI-RUNTIME node:22: the donor has no program node; name an image or a stage/, "node", "node:22");
  at.write({ "etc/os-release": "ID=debian\nVERSION_ID=12\n" });
  await failed(/the base is of release 13, and the donor is debian 12\ndhi: its libraries are not/, "node", "node");
  at.write({ "usr/bin/node": "", "etc/os-release": "ID=debian\nVERSION_ID=13\n" });
  at.write({ "usr/local/bin/node": "" }, "base");
  await failed(/the base, or a line above, has a node of its own at \/usr\/local\/bin\/node/, "node", "node");
  rmSync(join(at.lab.target, "usr/local/bin/node"));
  at.lab.write("have/0", { "opt/other/npm": "", "usr/bin/npm": { to: "/opt/other/npm" } });
  at.write({ "usr/bin/npm": "" });
  await failed(/the base, or a line above, has a npm of its own at \/usr\/bin\/npm/, "node", "node");
});

inLab("musl's runtimes are not for glibc's bases", async (t, at) => {
  await execa("sh", ["-c", `rm -rf ${at.lab.root}/donor/*`]);
  at.write({ "lib/ld-musl-x86_64.so.1": "", "usr/bin/node": "" });
  t.match(await at.take("node", "node:22"), {
    code: 1,
    stderr: /^dhi: DHI-RUNTIME node:22: the donor's runtime is made for musl, and the base has glibc\n.*-debian13/,
  });
  await execa("sh", ["-c", `rm -rf ${at.lab.root}/donor/*`]);
  at.write({ "app/x": "" });
  t.match(await at.take("node", "node:22"), { code: 1, stderr: /the donor has no \/usr and no \/opt/ });
  t.match(await at.take("node", "node:22;id"), {
    code: 1,
    stderr: "dhi: DHI-RUNTIME: 'node:22;id' is no runtime with a version",
  });
  at.write({ "usr/bin/node": "" });
  await execa("sh", ["-c", `rm -rf ${at.lab.target}/usr ${at.lab.target}/lib*`]);
  t.match(await at.take("node", "node:22"), { code: 1, stderr: /node:22: the base has no C library and no loader/ });
});
