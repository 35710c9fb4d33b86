import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { base, compile, put, skip } from "./graft/compiled.ts";
import { lab } from "./graft/lab.ts";

/** A shared object of a few sections: just what a loader reads to know what it needs. */
function library(bits: 32 | 64, order: "little" | "big", needed: readonly string[], runpath?: string): Buffer {
  const wide = bits === 64;
  const strings = ["", "libself.so.1", ...needed, ...(runpath === undefined ? [] : [runpath])];
  const offsets = strings.map((_, i) => strings.slice(0, i).reduce((sum, text) => sum + text.length + 1, 0));
  const word = wide ? 8 : 4;
  const header = wide ? 64 : 52;
  const entry = wide ? 56 : 32;
  const table = Buffer.from(strings.map((text) => `${text}\0`).join(""), "latin1");
  const tableAt = header + 2 * entry;
  const tags = [
    [14, offsets[1]],
    ...needed.map((_, i) => [1, offsets[i + 2]]),
    ...(runpath === undefined ? [] : [[29, offsets[needed.length + 2]]]),
    [5, 0x1000 + tableAt],
    [0, 0],
  ];
  const dynamicAt = tableAt + table.length;
  const file = Buffer.alloc(dynamicAt + tags.length * 2 * word);
  const put = (at: number, size: number, value: number) => {
    for (let i = 0; i < size; i++) {
      file[at + (order === "little" ? i : size - 1 - i)] = i < 6 ? Math.floor(value / 256 ** i) % 256 : 0;
    }
  };
  file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, order === "little" ? 1 : 2, 1]);
  put(16, 2, 3);
  put(wide ? 32 : 28, word, header);
  put(wide ? 54 : 42, 2, entry);
  put(wide ? 56 : 44, 2, 2);
  const segment = (i: number, kind: number, offset: number, address: number, size: number) => {
    const at = header + i * entry;
    put(at, 4, kind);
    put(at + (wide ? 8 : 4), word, offset);
    put(at + (wide ? 16 : 8), word, address);
    put(at + (wide ? 32 : 16), word, size);
  };
  segment(0, 1, 0, 0x1000, file.length);
  segment(1, 2, dynamicAt, 0x1000 + dynamicAt, tags.length * 2 * word);
  file.set(table, tableAt);
  tags.forEach(([tag = 0, value = 0], i) => {
    put(dynamicAt + i * 2 * word, word, tag);
    put(dynamicAt + i * 2 * word + word, word, value);
  });
  return file;
}

async function needs(files: readonly string[]): Promise<string[]> {
  const bed = lab({});
  const { stdout } = await execa("sh", [join(bed.root, "dhi/elf.sh")], {
    input: files.map((file) => `${file}\n`).join(""),
  });
  bed.close();
  return stdout.split("\n").filter(Boolean);
}

t.test("what an ELF file needs is read from its bytes", async (t) => {
  const bed = lab({});
  t.teardown(bed.close);
  for (const bits of [32, 64] as const) {
    for (const order of ["little", "big"] as const) {
      const file = join(bed.root, `lib it's ${bits} ${order}.so`);
      writeFileSync(file, library(bits, order, ["libc.so.6", "libm.so.6"], "$ORIGIN/x"));
      t.same(
        await needs([file]),
        ["soname\tlibself.so.1", "needed\tlibc.so.6", "needed\tlibm.so.6", "runpath\t$ORIGIN/x"].map(
          (line) => `${file}\t${line}`,
        ),
        `${bits} bits, ${order} endian`,
      );
    }
  }
  const broken = join(bed.root, "broken");
  writeFileSync(broken, library(64, "little", ["libc.so.6"]).subarray(0, 70));
  t.same(await needs([broken, import.meta.filename]), [], "a cut file and a text give nothing");
});

t.test("it reads what this machine's loader reads", async (t) => {
  const { stdout } = await execa("ldd", ["/bin/ls"]);
  const libraries = [...stdout.matchAll(/=> (\S+)/g)].map((match) => match[1] ?? "");
  const direct = (await needs(["/bin/ls"]))
    .filter((line) => line.includes("\tneeded\t"))
    .map((line) => line.split("\t")[2] ?? "");
  t.ok(direct.length > 0);
  for (const name of direct)
    t.ok(
      libraries.some((path) => path.endsWith(`/${name}`)),
      `ldd names ${name}, too`,
    );
});

t.test("the base's own loader is asked", { skip }, async (t) => {
  const made = await base();
  t.teardown(made.close);
  const folder = made.table("proof/search").find(([path]) => path?.includes("-linux-"))?.[0] ?? "usr/lib";
  await compile(made, "liby.so.1", "int y(void){return 1;}", "-Wl,-soname,liby.so.1");
  await compile(
    made,
    `out/${folder}/libx.so.1`,
    "int y(void); int host(void); int x(void){return y()+host();}",
    join(made.root, "liby.so.1"),
  );
  put(made.out, "usr/share/x/data.so", "not a library");

  const missing = await made.run("proof.sh", "--line", "DHI-NATIVE", "libx1");
  t.equal(missing.code, 1);
  t.match(
    missing.stderr,
    `dhi: DHI-NATIVE libx1: /${folder}/libx.so.1 needs liby.so.1, which neither the base nor the packages have`,
  );
  t.match(missing.stderr, "e.g. DHI-NATIVE liby1", "the package that has it by Debian's rule for names");

  await compile(made, `out/${folder}/liby.so.1`, "int y(void){return 1;}", "-Wl,-soname,liby.so.1");
  const proven = await made.run("proof.sh", "--line", "DHI-NATIVE", "libx1");
  t.equal(proven.code, 0, "a symbol of the program that loads it is no error");
  t.match(proven.stdout, "dhi: proven: 2 programs and libraries load with the base's own loader");
});

t.test("a missing version of a symbol is an error", { skip }, async (t) => {
  const made = await base();
  t.teardown(made.close);
  const folder = made.table("proof/search").find(([path]) => path?.includes("-linux-"))?.[0] ?? "usr/lib";
  put(made.root, "new.map", "V1 { y; }; V2 { z; } V1;\n");
  put(made.root, "old.map", "V1 { y; };\n");
  const soname = "-Wl,-soname,liby.so.1";
  await compile(
    made,
    "liby.so.1",
    "int y(void){return 1;} int z(void){return 2;}",
    soname,
    `-Wl,--version-script=${join(made.root, "new.map")}`,
  );
  await compile(made, `out/${folder}/libx.so.1`, "int z(void); int x(void){return z();}", join(made.root, "liby.so.1"));
  await compile(
    made,
    `target/${folder}/liby.so.1`,
    "int y(void){return 1;}",
    soname,
    `-Wl,--version-script=${join(made.root, "old.map")}`,
  );
  const { code, stderr } = await made.run("proof.sh", "--line", "DHI-NATIVE", "libx1");
  t.equal(code, 1);
  t.match(
    stderr,
    new RegExp(
      `dhi: DHI-NATIVE libx1: /${folder}/libx.so.1 needs the version V2 of \\S*/liby.so.1, and the base's is older`,
    ),
  );
});

t.test("plugins", async (t) => {
  const made = lab({});
  t.teardown(made.close);
  const explain = async (trouble: string) => {
    const names = "libz2-3t64\nlibglu1-mesa\nlibglu1-mesa-dev\n";
    const input = {
      search: "usr/lib\n",
      names,
      known: "# shipped\nodd-name libodd.so.9 libodd-extra.so.9\n= libplain.so.2\n",
      closure: "libours.so.1\n",
      libraries: "usr/lib/app/libprivate.so\n",
      trouble,
    };
    made.write("explain", input);
    const kinds = Object.keys(input).flatMap((name) => [`kind=${name}`, join(made.root, "explain", name)]);
    const scripts = ["holder.awk", "explain.awk"].flatMap((name) => ["-f", join(made.root, "dhi", name)]);
    const args = ["-F", "\t", "-v", "directive=DHI-NATIVE", "-v", "asked=app", ...scripts, ...kinds];
    return execa("awk", args, { reject: false });
  };
  const lines = (...needs: [string, string][]) =>
    needs.map(([file, library]) => `${file}\tmissing\t${library}\n`).join("");

  const counting = await explain(
    lines(["usr/lib/app/plugins/p.so", "libprivate.so"], ["usr/lib/app/plugins/q.so", "libprivate.so"]),
  );
  t.equal(counting.exitCode, 0, "a plugin may count on its program for a library that is there");
  t.match(
    counting.stdout,
    "note: /usr/lib/app/plugins/p.so and 1 more plugins need libprivate.so, which is at /usr/lib/app/libprivate.so",
  );

  const optional = await explain(lines(["usr/lib/app/plugins/p.so", "libGLU.so.1"]));
  t.equal(optional.exitCode, 0, "a plugin may be for a library that its package only suggests");
  t.match(
    optional.stdout,
    "which its package does not ask for; a stage that uses it adds the package, e.g. DHI-NATIVE libglu1-mesa",
  );

  const ours = await explain(lines(["usr/lib/app/plugins/p.so", "libours.so.1"]));
  t.equal(ours.exitCode, 1, "but not for one that the closure had");

  const library = await explain(lines(["usr/lib/libq.so.1", "libprivate.so"]));
  t.equal(library.exitCode, 1, "a library that the loader finds needs what the loader finds");

  const named = await explain(lines(["usr/lib/libq.so.1", "libz2.so.3"]));
  t.match(named.stderr, "e.g. DHI-NATIVE libz2-3t64", "packages are named after SONAMEs");
  const odd = await explain(lines(["usr/lib/libq.so.1", "libodd-extra.so.9"], ["usr/lib/libq.so.1", "libplain.so.2"]));
  t.match(odd.stderr, "e.g. DHI-NATIVE odd-name", "or stand in the shipped table");
  t.match(odd.stderr, "e.g. DHI-NATIVE libplain2");
  const unknown = await explain(lines(["usr/lib/libq.so.1", "libnobody.so.1"]));
  t.match(
    unknown.stderr,
    "libnobody.so.1, which neither the base nor the packages have; add the package that holds it",
  );
});

t.test("libraries for another processor than the base's are an error", { skip }, async (t) => {
  const made = await base();
  t.teardown(made.close);
  put(made.out, "usr/lib/libx.so.1", library(32, "big", ["libc.so.6"]));
  const { code, stderr } = await made.run("proof.sh", "--line", "DHI-NATIVE", "libx1");
  t.equal(code, 1);
  t.match(stderr, "dhi: DHI-NATIVE libx1: the packages are for another processor than the base's loader");
});

t.test(
  "a library that never ends opening is told of, and the files beside it are still proven",
  { skip },
  async (t) => {
    const made = await base();
    t.teardown(made.close);
    const folder = made.table("proof/search").find(([path]) => path?.includes("-linux-"))?.[0] ?? "usr/lib";
    await compile(made, "libwaits.so.1", "int y(void){return 1;}", "-Wl,-soname,libwaits.so.1");
    await compile(made, "libaway.so.1", "int z(void){return 1;}", "-Wl,-soname,libaway.so.1");
    const uses = (name: string) => `int ${name}(void); int x(void){return ${name}();}`;
    await compile(made, `out/${folder}/liba.so.1`, "int a(void){return 1;}");
    await compile(made, `out/${folder}/libb.so.1`, uses("y"), join(made.root, "libwaits.so.1"));
    await compile(made, `out/${folder}/libc0.so.1`, uses("z"), join(made.root, "libaway.so.1"));
    execFileSync("mkfifo", [join(made.target, folder, "libwaits.so.1")]);
    // The real timeout(1), with less patience.
    const patience = join(made.root, "bin/timeout");
    put(made.root, "bin/timeout", '#!/bin/sh\nshift\nexec /usr/bin/timeout 1 "$@"\n');
    chmodSync(patience, 0o755);
    const { exitCode, stderr } = await execa("sh", [join(made.root, "dhi/proof.sh"), "--line", "DHI-NATIVE", "libx1"], {
      reject: false,
      env: { PATH: `${join(made.root, "bin")}:${process.env.PATH}` },
    });
    t.equal(exitCode, 1);
    t.match(stderr, `/${folder}/libb.so.1 cannot be loaded: the loader gave no answer for 20 seconds`);
    t.match(stderr, `/${folder}/libc0.so.1 needs libaway.so.1`);
    t.notMatch(stderr, "liba.so.1");
  },
);

t.test("a graft with much data: what the loader may read is there, links and all", { skip }, async (t) => {
  const made = await base();
  t.teardown(made.close);
  const folder = made.table("proof/search").find(([path]) => path?.includes("-linux-"))?.[0] ?? "usr/lib";
  for (let i = 0; i < 300; i++) put(made.out, `usr/share/x/${i}`, "this is data, and not a program");
  await compile(made, `out/usr/share/x/libhidden`, "int y(void){return 1;}", "-Wl,-soname,liby.so.1");
  for (const path of ["opt/empty/folder", "usr/lib/x"]) mkdirSync(join(made.out, path), { recursive: true });
  symlinkSync("../../share/x/libhidden", join(made.out, "usr/lib/x/liby.so.1"));
  await compile(
    made,
    `out/${folder}/libx.so.1`,
    "int y(void); int x(void){return y();}",
    join(made.out, "usr/share/x/libhidden"),
    "-Wl,-rpath,/opt/empty/folder/../../../usr/lib/x",
  );
  const proven = await made.run("proof.sh", "--line", "DHI-NATIVE", "libx1");
  t.same([proven.code, proven.stderr], [0, ""]);
  t.match(proven.stdout, "dhi: proven: 2 programs and libraries load");
  t.notOk(existsSync(join(made.target, "usr/share/x/0")), "data is not brought for that");

  const broken = await base();
  t.teardown(broken.close);
  for (let i = 0; i < 300; i++) put(broken.out, `usr/share/x/${i}`, "this is data, and not a program");
  await compile(broken, "liby.so.1", "int y(void){return 1;}", "-Wl,-soname,liby.so.1");
  await compile(
    broken,
    `out/${folder}/libx.so.1`,
    "int y(void); int x(void){return y();}",
    join(broken.root, "liby.so.1"),
  );
  put(broken.out, `${folder}/liby.so.1`, "/* GNU ld script */ INPUT(nothing)");
  const { code, stderr } = await broken.run("proof.sh", "--line", "DHI-NATIVE", "libx1");
  t.equal(code, 1);
  t.match(stderr, "libx.so.1 cannot be loaded", "what has a library's name is looked at by the loader");
});
