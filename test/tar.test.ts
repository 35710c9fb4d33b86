import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { readTar, type TarEntry } from "./tar.ts";

// The reader is held against archives of the system's tar, in both formats that images come in.

const folder = mkdtempSync(join(tmpdir(), "dhi-tar-"));
t.teardown(() => rmSync(folder, { recursive: true }));
const long = `${"long/".repeat(30)}name`;
mkdirSync(join(folder, "tree", long, ".."), { recursive: true });
writeFileSync(join(folder, "tree", long), "x".repeat(1000));
writeFileSync(join(folder, "tree/file"), "hello", { mode: 0o640 });
utimesSync(join(folder, "tree/file"), 1000, 1000);
symlinkSync(long, join(folder, "tree/link"));

for (const format of ["pax", "gnu"]) {
  t.test(`${format} format`, async (t) => {
    const { stdout } = await execa(
      "tar",
      ["--create", `--format=${format}`, "--owner=:65532", "--group=:7", "--directory", join(folder, "tree"), "."],
      {
        encoding: "buffer",
      },
    );
    const files = new Map<string, TarEntry>();
    for await (const entry of readTar(inPieces(stdout), (path) => path === "./file")) files.set(entry.path, entry);
    const file = files.get("./file");
    t.match(file, { type: "file", mode: 0o640, uid: 65532, gid: 7, size: 5, time: 1000 });
    t.equal(file?.content?.toString(), "hello");
    t.equal(file?.digest, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    t.match(files.get(`./${long}`), { type: "file", size: 1000 });
    t.equal(files.get(`./${long}`)?.content, undefined, "only what was asked for is kept");
    t.match(files.get("./link"), { type: "symlink", target: long });
    t.match(files.get("./long/"), { type: "folder", mode: 0o755 });
  });
}

/** A stream whose chunks end anywhere. */
async function* inPieces(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += 333) yield whole.subarray(at, at + 333);
}
