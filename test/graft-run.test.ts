import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import { changesScripts, shellScripts } from "../src/graft/scripts.ts";
import { type StepLab, skip, stepLab } from "./graft/step-lab.ts";

// What DHI-RUN takes from a stage behind a command: the script alone, with Debian's tools and with busybox's.

const fixed = 946684800;

/** A stage before a command, and after it: the files that the command did not touch are the same ones, as in layers of one storage. */
function stage(lab: StepLab, setup: string, command: string): void {
  const script = `set -e; cd "$1/before"; ${setup}
    find . -exec touch -h -d @1000000000 {} +
    cp -a "$1/before/." "$1/base/"
    cp -al "$1/before/." "$1/after/"
    cd "$1/after"; ${command}`;
  execFileSync("bash", ["-c", script, "bash", lab.root]);
}

/** All paths of the result with kind, mode and owner. */
function result(lab: StepLab): string[] {
  return readdirSync(lab.at("out"), { recursive: true })
    .map((path) => {
      const stat = lstatSync(lab.at("out", String(path)));
      const kind = stat.isDirectory() ? "folder" : stat.isSymbolicLink() ? "link" : "file";
      const mode = kind === "link" ? "" : ` ${(stat.mode & 0o7777).toString(8)}`;
      return `${path} ${kind}${mode} ${stat.uid}:${stat.gid}`;
    })
    .sort();
}

for (const tools of ["debian", "busybox"] as const) {
  const inLab = (name: string, run: (t: Test, lab: StepLab) => Promise<void>) =>
    t.test(`${name} (${tools})`, { skip: skip(tools) }, async (t) => {
      const lab = stepLab(changesScripts, tools);
      t.teardown(() => lab.close());
      await run(t, lab);
    });

  inLab("what is new or has other content, mode, owner or target is taken, and nothing else", async (t, lab) => {
    stage(
      lab,
      "mkdir -p etc data/deep; echo a >etc/a; echo b >etc/b; echo c >etc/c; echo d >data/deep/d; ln -s a etc/link; ln -s b etc/kept; chmod 0750 data",
      `rm etc/a; sleep 0.05; echo A >etc/a
       cp -p etc/b etc/b2; sleep 0.05; mv etc/b2 etc/b; chmod 4755 etc/b
       cp -p data/deep/d data/deep/d2; sleep 0.05; mv data/deep/d2 data/deep/d; chown 7:8 data/deep/d
       rm etc/link; sleep 0.05; ln -s c etc/link
       mkdir -m 1777 data/new; mkdir -m 0700 empty; chown 65532:65532 empty
       mkfifo data/pipe; echo "with space" >"data/new/a file"`,
    );
    t.match(await lab.run("changes.sh"), {
      code: 0,
      stdout: /^dhi: DHI-RUN: 6 files and links, 2 folders made or changed: \/data\/deep\/d, /,
    });
    t.same(result(lab), [
      "data folder 750 0:0",
      "data/deep folder 755 0:0",
      "data/deep/d file 644 7:8",
      "data/new folder 1777 0:0",
      "data/new/a file file 644 0:0",
      "data/pipe file 644 0:0",
      "empty folder 700 65532:65532",
      "etc folder 755 0:0",
      "etc/a file 644 0:0",
      "etc/b file 4755 0:0",
      "etc/link link 0:0",
    ]);
    t.equal(readFileSync(lab.at("out/etc/a"), "utf8"), "A\n");
    t.equal(readlinkSync(lab.at("out/etc/link")), "c");
  });

  inLab("times do not tell when it was built; an archive's stay, and those of the base's folders", async (t, lab) => {
    stage(
      lab,
      "mkdir -p opt var; echo x >opt/x",
      "echo y >opt/written; echo z >opt/old; touch -d @1234567890 opt/old; mkdir opt/new; ln -s x opt/link",
    );
    t.match(await lab.run("changes.sh"), { code: 0 });
    const time = (path: string) => lstatSync(join(lab.at("out"), path)).mtimeMs / 1000;
    t.same(["opt", "opt/written", "opt/old", "opt/new", "opt/link", "."].map(time), [
      1000000000,
      fixed,
      1234567890,
      fixed,
      fixed,
      fixed,
    ]);
  });

  inLab("a folder whose mode or owner alone changed is taken without what is in it", async (t, lab) => {
    stage(lab, "mkdir -p a/b c; echo x >a/b/x", "chmod 0700 a/b; chown 1:1 c");
    t.match(await lab.run("changes.sh"), {
      code: 0,
      stdout: /0 files and links, 2 folders made or changed: \/a\/b, \/c/,
    });
    t.same(result(lab), ["a folder 755 0:0", "a/b folder 700 0:0", "c folder 755 1:1"]);
  });

  inLab("what the engine mounts while a command runs is not the command's", async (t, lab) => {
    stage(
      lab,
      "mkdir -p etc dev proc sys",
      `: >etc/resolv.conf; : >etc/hosts; echo x >dev/x; echo y >proc/y; mkdir sys/z; mkdir etc/dev; echo x >etc/dev/x
       perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un("etc/socket"))'`,
    );
    t.match(await lab.run("changes.sh"), { code: 0 });
    t.same(result(lab), ["etc folder 755 0:0", "etc/dev folder 755 0:0", "etc/dev/x file 644 0:0"]);
  });

  inLab("a resolv.conf that a command wrote is the command's", async (t, lab) => {
    stage(lab, "mkdir etc", "echo nameserver 127.0.0.1 >etc/resolv.conf");
    t.match(await lab.run("changes.sh"), { code: 0 });
    t.ok(existsSync(lab.at("out/etc/resolv.conf")));
  });

  inLab("where two stages share no file, what is the same in all but its time of state is left out", async (t, lab) => {
    stage(lab, "mkdir etc; echo a >etc/a; echo b >etc/b; ln -s a etc/link; ln -s b etc/other", "true");
    execFileSync("bash", [
      "-c",
      'rm -r "$1/after"; cp -a "$1/before" "$1/after"; cd "$1/after/etc"; printf "B\\n" >b; touch -d @1000000000 b; ln -sfn c other; touch -h -d @1000000000 other',
      "bash",
      lab.root,
    ]);
    t.match(await lab.run("changes.sh"), { code: 0 });
    t.same(result(lab), ["etc folder 755 0:0", "etc/b file 644 0:0", "etc/other link 0:0"]);
  });

  inLab("what a copy can't do is an error that names the files", async (t, lab) => {
    stage(
      lab,
      "mkdir -p etc/gone; for i in 1 2 3 4 5 6 7 8 9 a b c; do echo x >etc/$i; done",
      "rm etc/[1-9]; rm etc/[a-c]",
    );
    const deleted = await lab.run("changes.sh");
    t.match(deleted, {
      code: 1,
      stderr:
        /^dhi: DHI-RUN: the command deleted .*\ndhi: {3}\/etc\/1\n(.*\n){9}dhi: {3}\.\.\.\ndhi: a COPY, which .*\ndhi: write DHI-RUN --in-place/,
    });
    t.notOk(existsSync(lab.at("out/etc")));
  });

  inLab("so is a folder in the place of a file, and a file in the place of a folder", async (t, lab) => {
    stage(lab, "mkdir -p a b; echo x >a/file", "rm a/file; mkdir a/file; rmdir b; ln -s a b");
    const { code, stderr } = await lab.run("changes.sh");
    t.equal(code, 1);
    t.match(stderr, /put a folder in the place of a file or link of the stage, or the reverse:\n/);
    t.match(stderr, "dhi:   /a/file\n");
    t.match(stderr, "dhi:   /b\n");
  });

  inLab("a name with a line break is refused, one with other odd characters is not", async (t, lab) => {
    stage(lab, "mkdir etc", "echo x >'etc/-n|a$(id)\\b'");
    t.match(await lab.run("changes.sh"), { code: 0 });
    t.same(result(lab), ["etc folder 755 0:0", "etc/-n|a$(id)\\b file 644 0:0"]);
    lab.write({ "after/etc/two\nlines": "" });
    t.match(await lab.run("changes.sh"), { code: 1, stderr: /a file name with a line break is in the stage/ });
  });
}

t.test("the command, with lent programs", { skip: skip("busybox") }, async (t) => {
  const lab = stepLab({ "places.sh": "" }, "busybox");
  t.teardown(() => lab.close());
  // Its places are those of a stage; here they are the lab's.
  const script = (shellScripts["command.sh"] ?? "")
    .replaceAll("/dev/.dhi", lab.at("bin"))
    .replaceAll("/dev/shm", lab.at("memory"));
  lab.write({
    "dhi/command.sh": script,
    "stage/wc": "#!/bin/sh\necho the stage\n",
    "stage/printf": "#!/bin/sh\necho the stage\n",
    "stage/twice": '#!/bin/sh\nshift $(($# - 1)); cat "$1" "$1"\n',
  });
  execFileSync("bash", ["-c", 'mkdir "$1/memory"; chmod 0755 "$1"/stage/*', "bash", lab.root]);
  const command = async (...words: readonly string[]) => {
    const path = lab.at("stage");
    return execa(lab.at("bin/sh"), [lab.at("dhi/command.sh"), ...words], {
      reject: false,
      extendEnv: false,
      env: { PATH: path, NAME: "value" },
      stdin: "ignore",
    });
  };

  t.equal(
    (await command("-c", 'wc; echo "$NAME" | rev; exit 3')).stdout,
    "the stage\neulav",
    "the stage's programs come first",
  );
  t.equal((await command("-c", "printf %s built")).stdout, "built", "as in any shell");
  t.equal((await command("-c", "exit 3")).exitCode, 3);
  t.equal((await command("exec", "wc", "/dev/null")).stdout, "the stage");
  t.equal((await command("script", "#!/no/bin/sh\nwc\necho $LINENO\n")).stdout, "the stage\n3");
  t.equal((await command("exec", "echo", "a  b", "*")).stdout, "a  b *");
  t.equal(
    (await command("script", "#!/no/bin/bash\necho $((1 + 1)) | tr 2 3\n")).stdout,
    "3",
    "a shell that the stage lacks is the lent one",
  );
  t.equal((await command("script", "#!/no/bin/env cat\nline")).stdout, "#!/no/bin/env cat\nline", "and so is env");
  t.equal(
    (await command("script", `#!${lab.at("stage/twice")} -x\nline\n`)).stdout.match(/line/g)?.length,
    2,
    "with its argument",
  );
  t.equal((await command("script", "#!/no/bin/sh\nexit 4\n")).exitCode, 4);
  t.same(readdirSync(lab.at("memory")), [], "no script is left");
  const missing = await command("-c", "git clone");
  t.equal(missing.exitCode, 127);
  t.match(
    missing.stderr,
    /a program, or the interpreter that a script names, is not there\n.*\/stage:.*which are lent:\n(.*\n)*.* awk .*\n(.*\n)*.*DHI-TOOL <package>/,
  );
  t.match((await command("script", "#!/no/bin/python3\n")).exitCode, 127);
});
