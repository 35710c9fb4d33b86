import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import t from "tap";
import { calls, compile, elsewhere, plain, put, skip, stage, uses } from "./graft/stage-lab.ts";

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
