import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { MuslCompiler } from "./graft/alpine/compile.ts";
import { AlpineLab, type Base, skip } from "./graft/alpine/lab.ts";
import { type ApkPackage, keyName } from "./graft/alpine/repository.ts";

// The loader of these tests is musl's own, from Debian's package, and so is the compiler's C library.

const musl = new MuslCompiler();
t.teardown(() => musl.close());
const made = skip
  ? undefined
  : {
      y: musl.compile("liby.so.1", "int y(void){return 1;}"),
      x: musl.compile("libx.so.1", "int y(void); int host(void); int x(void){return y()+host();}", ["liby.so.1"]),
      program: musl.compile(
        "program",
        '#include <stdio.h>\nint y(void); int main(void){printf("%d\\n", y()); return 0;}',
        ["liby.so.1"],
      ),
      full: musl.compile("libz.so.1", "int y(void){return 1;} int gone(void){return 2;}"),
      odd: musl.compile("odd", "int gone(void); int main(void){return gone();}", ["libz.so.1"]),
      poor: musl.compile("libz.so.1", "int y(void){return 1;}"),
      still: musl.compile("still", "int main(void){return 0;}", [], "-static"),
    };

const source: readonly ApkPackage[] = made
  ? [
      { name: "liby", provides: ["so:liby.so.1=1"], files: { "usr/lib/liby.so.1": { content: made.y, mode: 0o755 } } },
      { name: "libx", depends: ["so:liby.so.1"], files: { "usr/lib/libx.so.1": { content: made.x, mode: 0o755 } } },
      { name: "careless", files: { "usr/lib/libx.so.1": { content: made.x, mode: 0o755 } } },
      {
        name: "program",
        depends: ["liby"],
        files: {
          "usr/bin/program": { content: made.program, mode: 0o755 },
          "usr/bin/still": { content: made.still, mode: 0o755 },
        },
      },
      {
        name: "odd",
        files: {
          "usr/bin/odd": { content: made.odd, mode: 0o755 },
          "usr/lib/libz.so.1": { content: made.poor, mode: 0o755 },
        },
      },
      { name: "data", files: { "usr/share/data": "no program" } },
    ]
  : [];

function lab(t: Test, base: Base = {}, offer = source): AlpineLab {
  const one = new AlpineLab(base);
  t.teardown(() => one.close());
  one.offer(offer);
  return one;
}

async function grafted(t: Test, line: string[], base: Base = {}): Promise<AlpineLab> {
  const one = lab(t, base);
  const { code, stderr } = await one.graft("--line", ...line);
  t.equal(code, 0, stderr);
  return one;
}

for (const merged of [false, true]) {
  t.test(
    `the base's own musl is asked, ${merged ? "everything below /usr" : "/lib beside /usr"}`,
    { skip },
    async (t) => {
      const one = await grafted(t, ["DHI-TOOL", "program", "libx"], { merged });
      const { code, stdout, stderr } = await one.proof("--line", "DHI-TOOL", "program", "libx");
      t.equal(code, 0, stderr);
      t.match(stdout, /dhi: proven: 4 programs and libraries load with the base's own loader \/(usr\/)?lib\/ld-musl-/);
      const ran = execFileSync("chroot", [`${one.root}/target`, "/usr/bin/program"], { encoding: "utf8" });
      t.equal(ran, "1\n", "the program runs in the base");
    },
  );
}

t.test("a missing library", { skip }, async (t) => {
  const one = await grafted(t, ["DHI-NATIVE", "careless"]);
  const { code, stderr } = await one.proof();
  t.equal(code, 1);
  t.match(
    stderr,
    "dhi: DHI-NATIVE careless: /usr/lib/libx.so.1 needs liby.so.1, which neither the base nor the packages have",
  );
  t.match(stderr, "e.g. DHI-NATIVE liby", "the package that the package sources name");
});

t.test("a library that the base's record has and the base has not", { skip }, async (t) => {
  const record = { name: "liby", provides: ["so:liby.so.1=1"] };
  const one = await grafted(t, ["DHI-NATIVE", "libx"], { packages: [record] });
  const { code, stderr } = await one.proof();
  t.equal(code, 1);
  t.match(stderr, "/usr/lib/libx.so.1 needs liby.so.1");
});

t.test("symbols", { skip }, async (t) => {
  const one = await grafted(t, ["DHI-TOOL", "odd"]);
  const { code, stderr } = await one.proof();
  t.equal(code, 1, "a program's symbols must be there");
  t.match(stderr, "dhi: DHI-TOOL odd: /usr/bin/odd cannot be loaded: gone: symbol not found");
});

t.test("folders that the base's loader searches", { skip }, async (t) => {
  const one = await grafted(t, ["DHI-TOOL", "program"], { files: { "etc/ld-musl-x86_64.path": "/opt/lib\n" } });
  t.equal(one.read("graft/proof/search"), "opt/lib\n", "the file replaces the built-in folders");
  t.equal((await one.proof()).code, 1);
  const both = await grafted(t, ["DHI-NATIVE", "libx"], { files: { "etc/ld-musl-x86_64.path": "/opt/lib:/usr/lib" } });
  t.equal((await both.proof()).code, 0);
});

t.test("nothing to prove", { skip }, async (t) => {
  const one = await grafted(t, ["DHI-NATIVE", "data"]);
  t.match((await one.proof()).stdout, "nothing to prove");
});

t.test("another processor: by name", { skip }, async (t) => {
  // The machine's number is nobody's, so that no emulator takes the files for its own.
  const arm = (file: Buffer | undefined) => {
    const copy = Buffer.from(file ?? "");
    copy.writeUInt16LE(0xfade, 18);
    return copy;
  };
  const one = lab(
    t,
    { static: true, files: { "lib/ld-musl-aarch64.so.1": { content: arm(made?.y), mode: 0o755 } } },
    [],
  );
  one.offer(
    [
      {
        name: "liby",
        architecture: "aarch64",
        provides: ["so:liby.so.1=1"],
        files: { "usr/lib/liby.so.1": arm(made?.y) },
      },
      {
        name: "libx",
        architecture: "aarch64",
        depends: ["so:liby.so.1"],
        files: { "usr/lib/libx.so.1": arm(made?.x) },
      },
    ],
    "aarch64",
  );
  one.write("target", { "lib/libc.so": { to: "ld-musl-aarch64.so.1" } });
  const { code, stdout, stderr } = await one.run("alpine.sh", ["--line", "DHI-NATIVE", "libx"], {
    TARGETARCH: "arm64",
  });
  t.equal(code, 0, stderr);
  t.match(stdout, "DHI-NATIVE libx for Alpine 3.23, aarch64");
  const proven = await one.proof();
  t.equal(proven.code, 0, proven.stderr);
  t.match(
    proven.stdout,
    /dhi: proven: 2 programs and libraries load by name \(the target's code cannot run here: .*\)/,
  );
  rmSync(join(one.root, "out/usr/lib/liby.so.1"));
  rmSync(join(one.root, "target/usr/lib/liby.so.1"));
  const broken = await one.proof();
  t.equal(broken.code, 1);
  t.match(broken.stderr, "/usr/lib/libx.so.1 needs liby.so.1");
  const wrong = await grafted(t, ["DHI-NATIVE", "libx"]);
  writeFileSync(join(wrong.root, "out/usr/lib/libx.so.1"), arm(made?.x));
  writeFileSync(join(wrong.root, "out/usr/lib/liby.so.1"), arm(made?.y));
  t.match((await wrong.proof()).stderr, "the packages are for another processor than the base's loader");
});

t.test("a company's access comes from secrets and stays out of the result", { skip }, async (t) => {
  const one = lab(t, {}, []);
  one.offer(source, "x86_64", "elsewhere");
  const secret = "user:swordfish";
  one.write("access", {
    repositories: `${one.root}/elsewhere\nhttp://${secret}@127.0.0.1:9/none\n`,
    proxy: "http://127.0.0.1:9\n",
  });
  const pem = one.read(`etc/apk/keys/${keyName}`);
  rmSync(join(one.root, "etc/apk/keys", keyName));
  const without = await one.graft("--line", "DHI-NATIVE", "liby");
  t.equal(without.code, 1, "the key is not the builder's");
  t.notMatch(without.stdout + without.stderr, /swordfish/);
  one.write("access", { keys: pem, ca: "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" });
  const { code, stdout, stderr } = await one.graft("--line", "DHI-NATIVE", "liby");
  t.equal(code, 0, stderr);
  t.notMatch(stdout + stderr, /swordfish/);
  const kept = ["out", "graft"].flatMap((name) =>
    one.list(name).map((path) => readFileSync(join(one.root, name, path), "latin1")),
  );
  t.notOk(kept.some((content) => content.includes("swordfish") || content.includes(pem.slice(60, 120))));
});

t.test("file capabilities and set-id bits go", { skip }, async (t) => {
  const capability = Buffer.from("0100000200200000000000000000000000000000", "hex");
  const able = { content: "able", mode: 0o755, attributes: { "security.capability": capability } };
  const one = lab(t, {}, [
    { name: "able", files: { "usr/bin/able": able, "usr/bin/set": { content: "set", mode: 0o6755 } } },
  ]);
  const { code, stdout, stderr } = await one.graft("--line", "DHI-TOOL", "able");
  t.equal(code, 0, stderr);
  t.match(stdout, "made safe: /usr/bin/set had mode 6755");
  t.equal(lstatSync(join(one.root, "out/usr/bin/set")).mode & 0o7777, 0o755);
  if (process.env.DHI_REAL_APK) {
    t.match(stdout, "made safe: /usr/bin/able had mode 755 and file capabilities");
    t.equal(execFileSync("getcap", [join(one.root, "out/usr/bin/able")], { encoding: "utf8" }), "");
  }
});
