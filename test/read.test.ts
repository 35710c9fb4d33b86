import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import t from "tap";
import { DiagnosticError } from "../src/diagnostic.ts";
import { readFromDisk } from "../src/read/from-disk.ts";

async function problem(path: string): Promise<string> {
  try {
    await readFromDisk(path);
    return "no problem";
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ code, advice }) => `${code} ${advice}`).join();
  }
}

t.test("the file and its ignore file", async (t) => {
  const folder = t.testdir({
    Dockerfile: "FROM x\n",
    ".dockerignore": "node_modules\n",
    "app.Dockerfile": "FROM y\n",
    "app.Dockerfile.dockerignore": "dist\n",
    context: { ".dockerignore": "src\n" },
    bare: { Dockerfile: "FROM z\n" },
  });
  const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();
  const read = async (path: string, context?: string) => {
    const source = await readFromDisk(path, context === undefined ? {} : { context });
    return [source.name, text(source.bytes), source.ignoreFile?.name, text(source.ignoreFile?.bytes)];
  };
  const at = (name: string) => join(folder, name);
  t.same(await read(at("Dockerfile")), [at("Dockerfile"), "FROM x\n", at(".dockerignore"), "node_modules\n"]);
  t.same(await read(at("app.Dockerfile")), [
    at("app.Dockerfile"),
    "FROM y\n",
    at("app.Dockerfile.dockerignore"),
    "dist\n",
  ]);
  t.same((await read(at("Dockerfile"), at("context")))[3], "src\n", "of the context");
  t.same((await read(at("app.Dockerfile"), at("context")))[3], "dist\n", "the file's own comes first");
  t.same(await read(at("bare/Dockerfile")), [at("bare/Dockerfile"), "FROM z\n", undefined, undefined]);
});

t.test("bytes are not touched", async (t) => {
  const folder = t.testdir({});
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x23, 0xff, 0x0d, 0x0a, 0x00]);
  writeFileSync(join(folder, "Dockerfile"), bytes);
  t.same(Buffer.from((await readFromDisk(join(folder, "Dockerfile"))).bytes), bytes);
});

t.test("the default name in lower case", async (t) => {
  const folder = t.testdir({ dockerfile: "FROM x\n" });
  t.equal((await readFromDisk(join(folder, "Dockerfile"))).name, join(folder, "dockerfile"));
});

t.test("standard input", async (t) => {
  const context = t.testdir({ ".dockerignore": "a\n" });
  const source = await readFromDisk("-", { context, stdin: Readable.from([Buffer.from("FROM "), Buffer.from("x\n")]) });
  t.equal(Buffer.from(source.bytes).toString(), "FROM x\n");
  t.equal(source.name, "<stdin>");
  t.equal(source.ignoreFile?.name, join(context, ".dockerignore"));
});

t.test("what can't be read", async (t) => {
  const folder = t.testdir({
    "app.Dockerfile": "",
    "web.Dockerfile": "",
    "web.Dockerfile.dockerignore": "",
    "notes.txt": "",
    sub: { Dockerfile: "" },
    other: {},
  });
  const at = (name: string) => join(folder, name);
  t.equal(await problem(at("ap.Dockerfile")), `DhiFileNotFound did you mean ${at("app.Dockerfile")}?`);
  t.equal(
    await problem(at("Dockerfile")),
    `DhiFileNotFound did you mean ${at("app.Dockerfile")} or ${at("web.Dockerfile")}?`,
  );
  t.match(await problem(at("nowhere/at/all")), /^DhiFileNotFound name the Dockerfile/);
  t.match(await problem(at("notes.txt/Dockerfile")), /^DhiFileNotFound/);
  t.equal(await problem(at("sub")), `DhiFileIsFolder did you mean ${at("sub/Dockerfile")}?`);
  t.equal(await problem(at("other")), "DhiFileIsFolder name the file");
  symlinkSync("loop", at("loop"));
  t.equal(await problem(at("loop")), "DhiFileUnreadable check the path");
  mkdirSync(at("Dockerfile"));
  t.match(await problem(at("Dockerfile")), /^DhiFileIsFolder/);
});

t.test(
  "a file without permission",
  { skip: process.getuid?.() !== 0 && "needs root to become somebody else" },
  async (t) => {
    const folder = t.testdir({ Dockerfile: "FROM x\n" });
    chmodSync(join(folder, "Dockerfile"), 0o600);
    process.seteuid?.(65534);
    const found = await problem(join(folder, "Dockerfile")).finally(() => process.seteuid?.(0));
    t.match(found, /^DhiFileUnreadable make it readable/);
  },
);
