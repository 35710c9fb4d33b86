import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { execa } from "execa";
import t, { type Test } from "tap";
import { aptLab } from "./graft/apt-lab.ts";
import { archive, below } from "./graft/archive.ts";

// The builder's cache of package lists: what it saves, and that nothing of it is believed. This machine's apt asks a server on loopback.

const { failed } = await execa("apt-get", ["--version"], { reject: false });
if (failed) t.plan(0, "needs apt");
else tests();

/** An archive that can be replaced, and a step's folder in which its lists are got. */
async function serve(t: Test, more: Readonly<Record<string, string>> = {}) {
  const files = new Map<string, Buffer>();
  const { bed, server, host } = await aptLab(t, files, more.sources === undefined ? {} : { sources: more.sources });
  bed.write("cache", { ".": null });
  bed.write("etc/apt", { "sources.list": more.own ?? "" });
  const put = (version: string, form: "plain" | "packed" | "lost" = "plain") => {
    const made = archive([{ name: "hello-data", version }]);
    if (form !== "plain") pack(made);
    if (form === "lost") made.delete("Packages.gz");
    files.clear();
    for (const [path, content] of below("apt", made)) files.set(path, content);
  };
  /** Gets the lists in a new step; the versions that apt then knows, and how often the list was asked for. */
  const get = async () => {
    rmSync(join(bed.root, "apt"), { recursive: true, force: true });
    bed.write("apt/lists/partial", { ".": null });
    server.asked.length = 0;
    const { code, stderr } = await bed.run("lists.sh", "amd64");
    if (code !== 0) throw new Error(stderr);
    const found = readdirSync(join(bed.root, "apt/lists")).filter((name) => /_Packages(\.gz)?$/.test(name));
    const texts = found.map((name) => {
      const content = readFileSync(join(bed.root, "apt/lists", name));
      return String(name.endsWith(".gz") ? gunzipSync(content) : content);
    });
    const version = texts
      .map((text) => /^Version: (.*)$/m.exec(text)?.[1])
      .sort()
      .join(" ");
    return { version, asked: server.asked.filter(({ url }) => /\/Packages(\.gz)?$/.test(url)).length > 0 };
  };
  return { bed, host, put, get, kept: join(bed.root, "cache/lists") };
}

/** Adds the gzip form of an archive's list. */
function pack(files: Map<string, Buffer>): void {
  const packed = gzipSync(files.get("Packages") ?? "");
  files.set("Packages.gz", packed);
  const sum = createHash("sha256").update(packed).digest("hex");
  files.set("Release", Buffer.from(`${files.get("Release")} ${sum} ${packed.length} Packages.gz\n`));
}

function tests() {
  t.test("a list in gzip form stays as it is, here and in the cache", async (t) => {
    const { bed, put, get, kept } = await serve(t);
    put("1.0", "packed");
    t.same(await get(), { version: "1.0", asked: true });
    t.match(readdirSync(join(bed.root, "apt/lists")).join(" "), /_Packages\.gz( |$)/);
    const [sum = ""] = readdirSync(kept);
    t.match(gunzipSync(readFileSync(join(kept, sum))).toString(), "Package: hello-data");
    t.same(await get(), { version: "1.0", asked: false });
    put("2.0", "packed");
    t.same(await get(), { version: "2.0", asked: true });
    put("3.0");
    t.same(await get(), { version: "3.0", asked: true }, "an archive that has no such form any more");
  });

  t.test("a gzip form that the archive names and does not have", async (t) => {
    const { put, get } = await serve(t);
    put("1.0", "lost");
    t.equal((await get()).version, "1.0");
    t.equal((await get()).version, "1.0");
  });

  t.test("archives with and without it, and one that cannot be reached", async (t) => {
    const other = await serve(t);
    other.put("9.0");
    const { bed, put, get } = await serve(t, {
      sources: `deb [trusted=yes] http://${other.host}/apt ./\ndeb [trusted=yes] http://127.0.0.2:1/apt ./\n`,
    });
    put("1.0", "packed");
    await get();
    const lists = readdirSync(join(bed.root, "apt/lists")).filter((name) => name.includes("_Packages"));
    t.same(lists.map((name) => name.replace(/.*_Packages/, "")).sort(), ["", ".gz"]);
    const told = readFileSync(join(bed.work, "log"), "utf8").match(/^[WE]: .*/gm) ?? [];
    t.match(told.shift(), /^W: Failed to fetch http:\/\/127\.0\.0\.2:1/);
    t.same(
      told.filter((line) => !/Some index files failed to download/.test(line)),
      [],
      "no other warning",
    );
    put("1.1", "packed");
    other.put("9.1");
    t.same(await get(), { version: "1.1 9.1", asked: true });
  });

  t.test("a list that was here before is not asked for again, and a new one is", async (t) => {
    const { put, get, kept } = await serve(t);
    put("1.0");
    t.same(await get(), { version: "1.0", asked: true });
    t.same(await get(), { version: "1.0", asked: false });
    put("2.0");
    t.same(await get(), { version: "2.0", asked: true }, "the archive is asked each time what is new");
    t.same(await get(), { version: "2.0", asked: false });
    t.equal(readdirSync(kept).length, 2);
    const [old = ""] = readdirSync(kept);
    await execa("touch", ["-d", "15 days ago", join(kept, old)]);
    put("3.0");
    await get();
    t.notOk(readdirSync(kept).includes(old), "what nobody used for long is removed");
  });

  t.test("what somebody else wrote there is not taken, and is gone afterwards", async (t) => {
    const { put, get, kept } = await serve(t);
    put("1.0");
    await get();
    const [sum = ""] = readdirSync(kept);
    t.match(sum, /^[0-9a-f]{64}$/);
    const file = join(kept, sum);
    for (const [what, write] of [
      ["another text", () => writeFileSync(file, "Package: hello-data\nVersion: 6.6\n")],
      ["a link", () => symlinkSync("/etc/passwd", file)],
      ["a link to nowhere", () => symlinkSync("/nowhere", file)],
      ["a folder", () => execa("mkdir", [file])],
    ] as const) {
      rmSync(file, { recursive: true, force: true });
      await write();
      t.same(await get(), { version: "1.0", asked: true }, what);
      t.same(await get(), { version: "1.0", asked: false }, `${what}: the right list is there again`);
      t.ok(lstatSync(file).isFile());
    }
  });

  t.test("nothing is written where a link in the folder's place leads", async (t) => {
    const { bed, put, get, kept } = await serve(t);
    put("1.0");
    for (const to of [bed.out, "/nowhere"]) {
      rmSync(kept, { recursive: true, force: true });
      symlinkSync(to, kept);
      t.same(await get(), { version: "1.0", asked: true });
      t.same(readdirSync(bed.out), []);
      t.ok(lstatSync(kept).isDirectory());
    }
  });

  t.test("lists of sources that ask for a password are not kept", async (t) => {
    const own = await serve(t, { own: "deb http://ann:geheim@x.example/ trixie main\n" });
    const credentials = await serve(t);
    credentials.bed.write("etc/apt/auth.conf.d", { x: "machine x.example login ann password geheim" });
    const lent = await serve(t);
    lent.bed.write("access", { sources: "deb http://x.example/ trixie main\n" });
    for (const { put, get, bed } of [own, credentials, lent]) {
      put("1.0");
      for (const _ of [1, 2]) t.same(await get(), { version: "1.0", asked: true });
      t.same(readdirSync(join(bed.root, "cache")), []);
    }
  });

  t.test("where no cache is mounted, nothing is kept", async (t) => {
    const { put, get, bed } = await serve(t);
    rmSync(join(bed.root, "cache"), { recursive: true });
    put("1.0");
    for (const _ of [1, 2]) t.same(await get(), { version: "1.0", asked: true });
  });
}
