import { lstatSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import { ArchiveServer, archive, below } from "./graft/archive.ts";
import { lab } from "./graft/lab.ts";

// The builder's cache of package lists: what it saves, and that nothing of it is believed. This machine's apt asks a server on loopback.

const { failed } = await execa("apt-get", ["--version"], { reject: false });
if (failed) t.plan(0, "needs apt");
else tests();

/** An archive that can be replaced, and a step's folder in which its lists are got. */
async function serve(t: Test, more: Readonly<Record<string, string>> = {}) {
  const files = new Map<string, Buffer>();
  const server = new ArchiveServer(files);
  const bed = lab({});
  t.teardown(() => {
    server.stop();
    bed.close();
  });
  const host = await server.start();
  bed.write("graft", {
    "sources.list": `deb [trusted=yes] http://${host}/apt ./\n${more.sources ?? ""}`,
    "apt.conf": `Dir::State::status "/dev/null";
Dir::State::lists "${bed.root}/apt/lists";
Dir::Cache::pkgcache "${bed.root}/apt/pkgcache.bin";
Dir::Cache::srcpkgcache "";
Dir::Etc::sourcelist "${bed.work}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::netrc "/dev/null";
Dir::Etc::netrcparts "/dev/null";
Debug::NoLocking "true";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::GzipIndexes "false";
Acquire::http::Proxy::127.0.0.1 "DIRECT";
`,
  });
  bed.write("cache", { ".": null });
  bed.write("etc/apt", { "sources.list": more.own ?? "" });
  const put = (version: string) => {
    for (const [path, content] of below("apt", archive([{ name: "hello-data", version }]))) files.set(path, content);
  };
  /** Gets the lists in a new step; the version that apt then knows, and how often the list was asked for. */
  const get = async () => {
    rmSync(join(bed.root, "apt"), { recursive: true, force: true });
    bed.write("apt/lists/partial", { ".": null });
    server.asked.length = 0;
    const { code, stderr } = await bed.run("lists.sh");
    if (code !== 0) throw new Error(stderr);
    const list = readdirSync(join(bed.root, "apt/lists")).find((name) => name.endsWith("_Packages")) ?? "";
    const version = /^Version: (.*)$/m.exec(readFileSync(join(bed.root, "apt/lists", list), "utf8"))?.[1];
    return { version, asked: server.asked.filter(({ url }) => url.endsWith("/Packages")).length > 0 };
  };
  return { bed, put, get, kept: join(bed.root, "cache/lists") };
}

function tests() {
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
