import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { type Lab, lab } from "./graft/lab.ts";

/** These compile programs and change the root folder. */
const skip = existsSync("/usr/bin/cc") && process.getuid?.() === 0 ? false : "needs a C compiler and root";

/** A stage made of this machine's C library and loader, which is its own base as yet. */
async function stage(): Promise<Lab> {
  const made = lab({
    "etc/os-release": 'ID=debian\nVERSION_ID="13"\n',
    "etc/passwd": "app:x:1000:1000::/:/none\n",
    "etc/group": "app:x:1000:\nmore:x:2000:app\n",
  });
  const loader = execFileSync("sh", [
    "-c",
    "readlink -f /lib64/ld-linux*.so.* /lib/ld-linux*.so.* 2>/dev/null | head -n 1",
  ]).toString();
  const libc = execFileSync("sh", ["-c", "ldd /bin/ls | sed -n 's|.*=> \\(.*/libc.so.6\\).*|\\1|p'"]).toString();
  for (const path of [loader.trim(), libc.trim()]) {
    mkdirSync(dirname(join(made.target, path)), { recursive: true });
    copyFileSync(path, join(made.target, path));
  }
  const asked = execFileSync("sh", [
    "-c",
    "readlink -f /bin/ls | xargs readelf -l | sed -n 's|.*interpreter: \\(.*\\)]|\\1|p'",
  ]);
  const name = asked.toString().trim();
  if (!existsSync(join(made.target, name))) {
    mkdirSync(dirname(join(made.target, name)), { recursive: true });
    symlinkSync(loader.trim(), join(made.target, name));
  }
  execFileSync("cp", ["-a", `${made.target}/.`, made.base]);
  return made;
}

async function compile(file: string, source: string, ...flags: string[]): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await execa("cc", ["-x", "c", "-", "-x", "none", "-o", file, ...flags], { input: source });
}

const plain = "int main(void){return 0;}";

/** A library that is nowhere in the stage, to be linked to. */
async function elsewhere(made: Lab, soname: string): Promise<string> {
  const file = join(made.root, "elsewhere", soname);
  await compile(file, "int f(void){return 1;}", "-shared", "-fPIC", `-Wl,-soname,${soname}`);
  return file;
}

const uses = "int f(void); int main(void){return f();}";
const calls = "int f(void); int g(void){return f();}";

function put(made: Lab, path: string, content: string, mode = 0o644): void {
  made.write("target", { [path]: content });
  chmodSync(join(made.target, path), mode);
}

function patch(file: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
}

t.test("a stage that can start passes and leaves the empty folder", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  await compile(join(made.target, "app/server"), plain);
  const { code, stdout, stderr } = await made.run("verify.sh", "--user", "1000", "--entrypoint", "/app/server");
  t.same([code, stderr], [0, ""]);
  t.match(
    stdout,
    /dhi: 1 program or library .* loads, with the stage's own loader .*; \/app\/server can start as 1000/,
  );
  t.ok(existsSync(join(made.root, "empty")));
  t.notOk(existsSync(made.work), "nothing else stays");
});

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
  writeFileSync(script, "V_9 { f; };");
  const lib = join(made.root, "new/libv.so.1");
  await compile(
    lib,
    "int f(void){return 1;}",
    "-shared",
    "-fPIC",
    "-Wl,-soname,libv.so.1",
    `-Wl,--version-script=${script}`,
  );
  await compile(join(made.target, "app/tool"), uses, lib);
  await compile(
    join(made.target, "usr/lib/libv.so.1"),
    "int f(void){return 1;}",
    "-shared",
    "-fPIC",
    "-Wl,-soname,libv.so.1",
  );
  writeFileSync(script, "V_1 { f; };");
  await compile(
    join(made.target, "usr/lib/libv.so.1"),
    "int f(void){return 1;}",
    "-shared",
    "-fPIC",
    "-Wl,-soname,libv.so.1",
    `-Wl,--version-script=${script}`,
  );
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

t.test("static programs, debug information and data are no matter of a loader", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  await compile(join(made.target, "app/static"), plain, "-static", "-nostartfiles", "-Wl,-e,main");
  await compile(join(made.target, "app/pie"), plain, "-static-pie");
  const png = await elsewhere(made, "libpng16.so.16");
  await compile(join(made.target, "app/x.so.dbg"), calls, "-shared", "-fPIC", png);
  await compile(join(made.target, "app/object.o"), plain, "-c");
  put(made, "app/broken.so", "\u007fELF and no more");
  const { code, stderr } = await made.run("verify.sh", "--cmd", "/app/static");
  t.same([code, stderr], [0, ""]);
});

t.test("what the stage starts with", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  await compile(join(made.target, "app/server"), plain);
  const says = async (...flags: string[]) => {
    const { code, stderr } = await made.run("verify.sh", ...flags);
    t.equal(code, 1, flags.join(" "));
    return stderr;
  };
  t.match(await says("--entrypoint", "/app/none"), "ENTRYPOINT starts /app/none, which is not in this stage");
  const leftOut = await made.run("verify.sh", "--entrypoint", "/app/none", "--without", "/app/n*");
  t.equal(leftOut.code, 0, "a program that is left out by its path");
  t.match(
    await says("--cmd", "none", "--path", "/bin:/app"),
    "CMD starts none, which is in no folder of PATH (/bin:/app)",
  );
  t.match(await says("--cmd", "/app"), "CMD starts /app, which is a folder");
  t.match(await says("--cmd", "''"), /CMD starts '', which is in no folder/);
  t.match(
    await says("--cmd", "/bin/sh", "--shell-form", "yes"),
    'CMD is in shell form, which needs /bin/sh, and this stage has none; write it as a list: CMD ["program", "argument"]',
  );
  t.match(
    await says("--user", "nobody", "--cmd", "/app/server"),
    "the stage's user nobody is not in its /etc/passwd; write the number of the user, such as USER 65532",
  );
  t.match(await says("--user", "app:none"), "the stage's group none is not in its /etc/group");
  chmodSync(join(made.target, "app/server"), 0o740);
  t.match(
    await says("--user", "app", "--cmd", "server", "--path", "/app"),
    "CMD starts server, which the user app may not run (/app/server has mode 740, owner 0:0); COPY --chmod=755 gives it the right",
  );
  put(made, "app/text", "no program", 0o755);
  t.match(
    await says("--cmd", "./text", "--workdir", "/app"),
    "CMD starts ./text, which is neither a program nor a script that begins with #!",
  );
  put(made, "app/script", "#!/bin/sh\necho", 0o755);
  t.match(
    await says("--cmd", "/app/script"),
    "CMD starts /app/script, which is a script for /bin/sh, which is not in this stage",
  );
  put(made, "app/script", "#!/app/server\n", 0o755);
  chmodSync(join(made.target, "app/server"), 0o710);
  execFileSync("chgrp", ["2000", join(made.target, "app/server")]);
  const fine = await made.run("verify.sh", "--user", "app", "--cmd", "scr%151pt", "--path", "/none:/app");
  t.same([fine.code, fine.stderr], [0, ""], "a script for a program that a group of the user may run");
  chmodSync(join(made.target, "app"), 0o700);
  t.match(
    await says("--user", "app", "--cmd", "/app/script"),
    "the user app may not run",
    "nor may it enter the folder",
  );
  t.equal((await made.run("verify.sh", "--user", "root:x", "--cmd", "/app/script")).code, 1, "no root here");
  t.equal((await made.run("verify.sh", "--user", "0", "--cmd", "/app/script")).code, 0, "root may");
});

t.test("links and scripts", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  made.write("target", {
    "app/dangling": { to: "../gone/x" },
    "app/circle": { to: "circle" },
    "app/log": { to: "/dev/stdout" },
    "app/run": { to: "/run/x" },
    "app/fine": { to: "/etc/../etc/passwd" },
    "app/node_modules/.bin/x": { to: "../x/cli.js" },
    "app/a.sh": "#!/bin/sh\n",
    "app/b.js": "#!/usr/bin/env -S node --x\n",
    "app/c.js": "#! /bin/sh -e\n",
  });
  made.write("target/var/lib/dhi/packages", { gs: "Package: gs\nDhi-Links:\n /usr/share/gs/font\nDhi-Left-Out: x\n" });
  made.write("target", { "usr/share/gs/font": { to: "../fonts/none" } });
  const { code, stdout, stderr } = await made.run("verify.sh");
  t.equal(code, 1);
  t.match(stdout, "note: /usr/share/gs/font leads to ../fonts/none, which is not there", "a package's own link");
  t.same(
    stderr.split("\n").filter((line) => line.includes(" leads to ")),
    ["circle leads to circle", "dangling leads to ../gone/x"].map(
      (text) => `dhi: DHI-VERIFY: /app/${text}, which is not in this stage`,
    ),
  );
  t.match(stdout, "note: /app/node_modules/.bin/x leads to ../x/cli.js");
  t.match(
    stdout,
    "note: scripts that name a program which is not here: 3 (/bin/sh, /usr/bin/env); nothing starts them unasked",
  );
});

t.test("only what the stage adds, or what is below the paths", { skip }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  const gone = await elsewhere(made, "libgone.so.1");
  const file = "usr/lib/libold.so.1";
  await compile(join(made.target, file), calls, "-shared", "-fPIC", gone);
  mkdirSync(dirname(join(made.base, file)), { recursive: true });
  execFileSync("cp", ["-p", join(made.target, file), join(made.base, file)]);
  t.equal((await made.run("verify.sh")).code, 0, "the base's own files are not looked at");
  t.equal((await made.run("verify.sh", "--", "/usr/lib")).code, 1, "unless they are named");
  await compile(join(made.target, "app/a b/bad.so"), calls, "-shared", "-fPIC", gone);
  await compile(join(made.target, "app/good"), plain);
  t.equal((await made.run("verify.sh")).code, 1);
  t.equal((await made.run("verify.sh", "--", "/app/good")).code, 0);
  t.equal((await made.run("verify.sh", "--", "/app/good", "/app/a%040b")).code, 1);
  t.equal((await made.run("verify.sh", "--without", "/app/{x,a ?}/*.so")).code, 0);
  const missing = await made.run("verify.sh", "--", "/app/none");
  t.same([missing.code, missing.stderr], [1, "dhi: DHI-VERIFY: /app/none: there is no such path in this stage"]);
  execFileSync("touch", ["-d", "@1", join(made.target, file)]);
  t.equal(
    (await made.run("verify.sh", "--without", "/app/*")).code,
    1,
    "a file of the base that the stage has replaced",
  );
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

const busybox = ["/bin/busybox", "/usr/bin/busybox"].find((path) => existsSync(path));
const noBusybox = busybox === undefined ? "needs busybox" : false;

t.test("busybox's tools do as well, as builders of Alpine have them", { skip: skip || noBusybox }, async (t) => {
  const made = await stage();
  t.teardown(made.close);
  rmSync(join(made.root, "sonames.txt"));
  await compile(join(made.target, "app/it's one"), uses, await elsewhere(made, "libpng16.so.16"));
  await compile(join(made.target, "app/fine"), plain);
  made.write("target", { "app/dangling": { to: "../gone -> x" } });
  const tools = join(made.root, "tools");
  mkdirSync(tools);
  execFileSync(busybox ?? "", ["--install", "-s", tools]);
  const path = process.env.PATH;
  process.env.PATH = tools;
  t.teardown(() => {
    process.env.PATH = path;
  });
  const { code, stderr } = await made.run("verify.sh", "--user", "app", "--cmd", "/app/fine");
  t.equal(code, 1, stderr);
  t.match(stderr, "/app/it's one needs libpng16.so.16, which is not in this stage; no package of Debian 13 is known");
  t.match(stderr, "/app/dangling leads to ../gone -> x, which is not in this stage");
  const fine = await made.run("verify.sh", "--user", "app", "--cmd", "/app/fine", "--", "/app/fine");
  t.same([fine.code, fine.stderr], [0, ""]);
});
