import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { base, compile, put, skip } from "./graft/compiled.ts";
import { type Lab, lab } from "./graft/lab.ts";

// What is said of files that cannot be run here, against what the loader says where they can.

/** What `by-name.sh` finds wrong with files of the target. */
async function byName(made: Lab, ...files: readonly string[]): Promise<string[]> {
  const { stdout: list } = await execa("find", [
    made.target,
    "-mindepth",
    "1",
    "-printf",
    "%y\t%m\t%U\t%G\t%T@\t%H\t%P\t%l\n",
  ]);
  writeFileSync(join(made.work, "now.list"), `${list}\n`);
  const script = join(made.root, "dhi/by-name.sh");
  const { stdout } = await execa("sh", [script, join(made.work, "search"), join(made.work, "now.list")], {
    input: files.map((file) => `${file}\n`).join(""),
    env: { LC_ALL: "C" },
  });
  return stdout.split("\n").filter(Boolean);
}

/** What the target's own loader finds wrong with them. */
async function byLoader(made: Lab, ...files: readonly string[]): Promise<string[]> {
  const [, loader = ""] = made.table("facts").find(([name]) => name === "loader") ?? [];
  return (await made.run("ask-loader.sh", loader, ...files)).stdout.split("\n").filter(Boolean);
}

t.test("the loader's folders are searched, links followed, and a file's own folders", async (t) => {
  const made = lab({ "usr/lib/libc.so.6": "libc", "opt/own/libown.so": "x", "opt/link": { to: "/opt/own" } });
  t.teardown(made.close);
  await made.run("target.sh");
  const needed = [
    "usr/lib/liba.so.1\tneeded\tlibc.so.6",
    "usr/lib/liba.so.1\tneeded\tlibgone.so.1",
    "usr/lib/liba.so.1\tneeded\tlibonce.so.1",
    "usr/lib/b/plugin.so\trunpath\t$ORIGIN/../../../opt/link",
    "usr/lib/b/plugin.so\tneeded\tlibown.so",
    "usr/lib/b/plugin.so\tneeded\tlibfar.so.1",
  ];
  made.write("graft", { needs: `${needed.join("\n")}\n`, cached: "/opt/far/libfar.so.1\n/opt/far/libonce.so.1\n" });
  made.write("target", { "opt/far/libfar.so.1": "x" });
  await made.run("target.sh");
  const scripts = ["paths.awk", "by-name.awk"].flatMap((name) => ["-f", join(made.root, "dhi", name)]);
  const inputs = [
    ["base", "base.list"],
    ["search", "search"],
    ["cached", "cached"],
    ["needs", "needs"],
  ];
  const files = inputs.flatMap(([kind, name]) => [`kind=${kind}`, join(made.work, name ?? "")]);
  const { stdout } = await execa("awk", ["-F", "\t", ...scripts, "-v", "foundFile=/dev/null", ...files]);
  t.same(
    stdout.split("\n"),
    ["libgone.so.1", "libonce.so.1"].map((name) => `usr/lib/liba.so.1\tmissing\t${name}`),
    "a library that the cache names and that is gone is missing, too",
  );
});

t.test("a folder of ld.so.conf holds for the loader what its cache says", { skip }, async (t) => {
  const made = await base();
  t.teardown(made.close);
  put(made.target, "etc/ld.so.conf", "/opt/listed\n");
  await compile(made, "target/opt/listed/liby.so.1", "int y(void){return 1;}", "-Wl,-soname,liby.so.1");
  await compile(
    made,
    "target/usr/lib/libx.so.1",
    "int y(void); int x(void){return y();}",
    join(made.target, "opt/listed/liby.so.1"),
  );
  await made.run("target.sh");
  const missing = ["usr/lib/libx.so.1\tmissing\tliby.so.1"];
  t.same(await byLoader(made, "usr/lib/libx.so.1"), missing);
  t.same(await byName(made, "usr/lib/libx.so.1"), missing, "there, but not in the cache");
  await execa("ldconfig", ["-r", made.target]);
  t.same(await byLoader(made, "usr/lib/libx.so.1"), []);
  t.same(await byName(made, "usr/lib/libx.so.1"), [], "there, and in the cache");
});

t.test("versions of symbols", { skip }, async (t) => {
  const made = await base();
  t.teardown(made.close);
  const folder = made.table("proof/search").find(([path]) => path?.includes("-linux-"))?.[0] ?? "usr/lib";
  put(made.root, "new.map", "V1 { y; }; V2 { z; } V1;\n");
  put(made.root, "old.map", "V1 { y; };\n");
  const soname = "-Wl,-soname,liby.so.1";
  const versions = (name: string) => `-Wl,--version-script=${join(made.root, name)}`;
  const both = "int y(void){return 1;} int z(void){return 2;}";
  await compile(made, "liby.so.1", both, soname, versions("new.map"));
  const asks = "int z(void); int x(void){return z();}";
  await compile(made, `target/${folder}/libx.so.1`, asks, join(made.root, "liby.so.1"));
  // The same with the version's flag "weak", which this linker does not set: after the hash of its name, 0x592 (System V ABI, hash function).
  const weak = readFileSync(join(made.target, folder, "libx.so.1"));
  weak.writeUInt16LE(2, weak.indexOf(Buffer.from([0x92, 5, 0, 0, 0, 0])) + 4);
  put(made.target, `${folder}/libw.so.1`, weak);
  const files = [`${folder}/libx.so.1`, `${folder}/libw.so.1`];

  await compile(made, `target/${folder}/liby.so.1`, both, soname, versions("new.map"));
  t.same(await byLoader(made, ...files), []);
  t.same(await byName(made, ...files), [], "they are there");

  await compile(made, `target/${folder}/liby.so.1`, "int y(void){return 1;}", soname, versions("old.map"));
  const [found = "", ...more] = await byName(made, ...files);
  t.same(more, [], "a weak one may be missing");
  t.same(found.split("\t").slice(0, 4), [files[0], "version", `/${folder}/liby.so.1`, "V2"]);
  const [told = "", ...others] = await byLoader(made, ...files);
  t.same(others, []);
  t.same(
    told
      .replace(/\S*(?=\/liby)/, `/${folder}`)
      .split("\t")
      .slice(0, 4),
    found.split("\t").slice(0, 4),
  );

  await compile(made, `target/${folder}/liby.so.1`, both, soname);
  t.same(await byLoader(made, ...files), []);
  t.same(await byName(made, ...files), [], "a library without versions passes, as with the loader");
});

t.test("a full disk is no proof", { skip }, async (t) => {
  const made = await base();
  t.teardown(made.close);
  const files = Array.from({ length: 200 }, (_, i) => `usr/lib/lib${i}.so.1`);
  await compile(made, "x.so", "int x(void){return 1;}");
  for (const file of files) put(made.target, file, readFileSync(join(made.root, "x.so")));
  await made.run("target.sh");
  const script = join(made.root, "dhi/elf.sh");
  const limited = await execa("sh", ["-c", `ulimit -f 8; cd "$1" && exec sh "$2"`, "sh", made.target, script], {
    input: files.map((file) => `${file}\n`).join(""),
    reject: false,
  });
  t.ok(limited.failed, "what could not be written is not taken for nothing", { output: limited.stdout });
});
