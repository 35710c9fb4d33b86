import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { calls, compile, elsewhere, patch, plain, put, skip, stage, uses } from "./graft/stage-lab.ts";

t.test("missing libraries: the file, the library, the package and the line", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  made.write("", { "sonames.txt": "# comment\nlibpng16-16t64 libpng16.so.16\n= libgif.so.7\n" });
  const png = await elsewhere(made, "libpng16.so.16");
  const xml = await elsewhere(made, "libgif.so.7");
  const own = await elsewhere(made, "libown.so.3");
  await compile(join(made.target, "app/it's one"), uses, png);
  await compile(join(made.target, "app/addon.node"), calls, "-shared", "-fPIC", "-Wl,--no-as-needed", png, xml);
  await compile(join(made.target, "app/other"), uses, own);
  const { code, stderr } = await made.run("verify.sh");
  t.equal(code, 1);
  t.match(
    stderr,
    "dhi: DHI-VERIFY: /app/addon.node, /app/it's one need libpng16.so.16, which is not in this stage; add: DHI-NATIVE libpng16-16t64\n",
  );
  t.match(
    stderr,
    "dhi: DHI-VERIFY: /app/addon.node needs libgif.so.7, which is not in this stage; add: DHI-NATIVE libgif7\n",
    "all that a file lacks",
  );
  t.match(
    stderr,
    "/app/other needs libown.so.3, which is not in this stage; no package of Debian 13 is known to have it\n",
  );
  t.match(stderr, "can be left out: DHI-VERIFY --without=/app/addon.node");
});

t.test("files with fewer bytes than are read of each", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  const own = await elsewhere(made, "libown.so.3");
  await compile(join(made.target, "app/other"), uses, own);
  const program = readFileSync(join(made.target, "app/other"));
  const loaders = Object.entries({ cut: 1200, "it's cut": 900, short: 30 });
  for (const [name, size] of loaders) writeFileSync(join(made.target, "app", name), program.subarray(0, size));
  put(made, "app/empty", "", 0o755);
  const { code, stderr } = await made.run("verify.sh", "--cmd", "/app/empty");
  t.equal(code, 1);
  t.match(stderr, "CMD starts /app/empty, which is neither a program nor a script");
  t.match(stderr, "/app/cut cannot be loaded");
  t.match(stderr, "/app/it's cut cannot be loaded");
  t.notMatch(stderr, "short");
  t.match(stderr, "/app/other needs libown.so.3", "the first bytes are told apart");
});

t.test("a library that a package brought and that is gone", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  const png = await elsewhere(made, "libpng16.so.16");
  await compile(join(made.target, "usr/lib/libuser.so.1"), calls, "-shared", "-fPIC", png);
  made.write("target/var/lib/dpkg/status.d", {
    "libpng16-16t64": "Package: libpng16-16t64\nVersion: 1\nDhi-Requested: libgdiplus\n",
    "libpng16-16t64.md5sums": `${"0".repeat(32)}  usr/lib/libpng16.so.16.48.0\n`,
  });
  symlinkSync("libpng16.so.16.48.0", join(made.target, "usr/lib/libpng16.so.16"));
  const { code, stderr } = await made.run("verify.sh");
  t.equal(code, 1);
  t.match(
    stderr,
    /\/usr\/lib\/libuser\.so\.1 needs libpng16\.so\.16, which the package libpng16-16t64 \(asked for by libgdiplus\) brought and this stage has lost; .* DHI-NATIVE libpng16-16t64/,
  );
  t.match(
    stderr,
    "/usr/lib/libpng16.so.16 leads to libpng16.so.16.48.0, which the package libpng16-16t64 (asked for by libgdiplus) brought",
  );
});

t.test("where the loader looks: LD_LIBRARY_PATH, $ORIGIN, and nowhere else", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  const lib = join(made.target, "opt/lib/libmine.so.1");
  await compile(lib, "int f(void){return 1;}", "-shared", "-fPIC", "-Wl,-soname,libmine.so.1");
  await compile(join(made.target, "opt/bin/tool"), uses, lib);
  await compile(join(made.target, "opt/plugin.so"), calls, "-shared", "-fPIC", lib);
  const alone = await made.run("verify.sh", "--cmd", "/opt/bin/tool");
  t.equal(alone.code, 1);
  t.match(
    alone.stderr,
    "/opt/bin/tool needs libmine.so.1, which is at /opt/lib/libmine.so.1, where the loader does not look; write ENV LD_LIBRARY_PATH=/opt/lib",
  );
  t.match(
    alone.stdout,
    "note: /opt/plugin.so needs libmine.so.1, which is at /opt/lib/libmine.so.1; what loads it has to load that first",
  );
  const told = await made.run("verify.sh", "--cmd", "/opt/bin/tool", "--library-path", "/none:/opt/lib");
  t.same([told.code, told.stderr], [0, ""], "LD_LIBRARY_PATH of the image");
  await compile(join(made.target, "opt/bin/tool"), uses, lib, "-Wl,-rpath,$ORIGIN/../lib");
  t.equal((await made.run("verify.sh", "--cmd", "/opt/bin/tool")).code, 0, "$ORIGIN");
});

t.test("a version that the stage's library has not", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  const script = join(made.root, "map");
  const versioned = (file: string, ...flags: string[]) =>
    compile(file, "int f(void){return 1;}", "-shared", "-fPIC", "-Wl,-soname,libv.so.1", ...flags);
  writeFileSync(script, "V_9 { f; };");
  const lib = join(made.root, "new/libv.so.1");
  await versioned(lib, `-Wl,--version-script=${script}`);
  await compile(join(made.target, "app/tool"), uses, lib);
  await versioned(join(made.target, "usr/lib/libv.so.1"));
  writeFileSync(script, "V_1 { f; };");
  await versioned(join(made.target, "usr/lib/libv.so.1"), `-Wl,--version-script=${script}`);
  const { code, stderr } = await made.run("verify.sh");
  t.equal(code, 1);
  t.match(
    stderr,
    /\/app\/tool needs the version V_9 of \S*libv\.so\.1, and this stage's is older; build it on Debian 13/,
  );
});

t.test("files for another processor or C library", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  const arm = process.arch === "arm64" ? "x64" : "arm64";
  const other = (file: string) => patch(file, (bytes) => bytes.writeUInt16LE(arm === "arm64" ? 183 : 62, 18));
  const good = [
    `app/runtimes/linux-${arm}/native/x.so`,
    `app/prebuilds/linux-${arm}/a.node`,
    `app/@img/sharp-linux-${arm}/b.node`,
  ];
  for (const path of [...good, "app/wrong.so"]) {
    await compile(join(made.target, path), "int g;", "-shared", "-fPIC", "-nostdlib");
    other(join(made.target, path));
  }
  const musl = [
    "app/runtimes/linux-musl-x64/native/x.so",
    "app/@img/sharp-linuxmusl-x64/b.node",
    "app/prebuilds/linux-x64/c.musl.node",
  ];
  const libc = join(made.root, "musl/libc.so");
  await compile(libc, "int f(void){return 1;}", "-shared", "-fPIC", "-nostdlib", "-Wl,-soname,libc.musl-x86_64.so.1");
  for (const path of [...musl, "app/addon.node"]) {
    await compile(join(made.target, path), calls, "-shared", "-fPIC", "-nostdlib", libc);
  }
  await compile(
    join(made.target, "app/tool"),
    plain,
    "-nostartfiles",
    "-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1",
    "-Wl,-e,main",
  );
  await compile(join(made.target, "app/android-x64/t"), plain, "-Wl,--dynamic-linker=/system/bin/linker64");
  await compile(join(made.target, "app/odd"), plain, "-Wl,--dynamic-linker=/gone/ld.so");
  const { code, stdout, stderr } = await made.run("verify.sh");
  t.equal(code, 1);
  t.match(
    stderr,
    new RegExp(`/app/wrong\\.so is for the processor ${arm === "x64" ? "x86-64" : arm}, and this stage is not\n`),
  );
  t.match(stderr, "/app/addon.node is built for musl (Alpine), and this stage has glibc; build it on Debian 13\n");
  t.match(
    stderr,
    "/app/tool is built for musl (Alpine) (its loader is /lib/ld-musl-x86_64.so.1), and this stage has glibc",
  );
  t.match(stderr, "/app/odd asks for the loader /gone/ld.so, which is not in this stage");
  for (const path of [...good, ...musl, "android"]) t.notMatch(stderr, path, `${path} says what it is for`);
  t.match(stdout, `note: ${good.length + musl.length + 1} files for other platforms were not looked at`);
});

t.test("libraries that only the host has, and plugins that nobody has to load", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  for (const [file, library] of [
    ["app/torch/libtorch_cuda.so", "libcuda.so.1"],
    ["app/libcoreclrtraceptprovider.so", "liblttng-ust.so.1"],
    ["opt/jre/lib/libawt_xawt.so", "libXext.so.6"],
  ] as const) {
    await compile(join(made.target, file), calls, "-shared", "-fPIC", await elsewhere(made, library));
  }
  const { code, stdout, stderr } = await made.run("verify.sh");
  t.same([code, stderr], [0, ""]);
  t.match(stdout, "note: /app/torch/libtorch_cuda.so needs libcuda.so.1: ");
  t.match(stdout, "note: /app/libcoreclrtraceptprovider.so needs liblttng-ust.so.1: ");
  t.match(stdout, "note: /opt/jre/lib/libawt_xawt.so needs libXext.so.6: ");
  await compile(join(made.target, "app/libuser.so"), calls, "-shared", "-fPIC", await elsewhere(made, "libXext.so.6"));
  t.equal((await made.run("verify.sh")).code, 1, "another file that needs the same library is no plugin");
});
