import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { type Lab, lab } from "./graft/lab.ts";

// Packages in the builder's cache. What apt would get is given as its --print-uris prints it.

const sum = (text: string) => createHash("sha256").update(text).digest("hex");
const line = (name: string, text: string, address = `http://x.example/pool/${name}`, kind = "SHA256") =>
  `'${address}' ${name} ${text.length} ${kind}:${sum(text)}\n`;

/** A step's folders where apt would get these packages. */
function step(t: Test, uris: string): Lab & { readonly archives: string; readonly kept: string } {
  const bed = lab({});
  t.teardown(bed.close);
  bed.write("graft", { uris, "archives/partial": null });
  bed.write("cache", { ".": null });
  return { ...bed, archives: join(bed.work, "archives"), kept: join(bed.root, "cache/packages") };
}

t.test("what apt brought is kept, and taken the next time", async (t) => {
  const bed = step(t, `Reading package lists...\n${line("liba_1%3a2-1_amd64.deb", "A")}${line("libb_1_all.deb", "B")}`);
  t.equal((await bed.run("kept.sh", "take")).code, 0);
  t.same(readdirSync(bed.archives), ["partial"], "nothing is there yet");
  bed.write("graft/archives", { "liba_1%3a2-1_amd64.deb": "A" });
  t.equal((await bed.run("kept.sh", "keep")).code, 0);
  t.same(readdirSync(bed.kept), [sum("A")], "and what apt has not brought is not kept");

  const next = step(t, readFileSync(join(bed.work, "uris"), "utf8"));
  next.write("cache/packages", { [sum("A")]: "A" });
  await next.run("kept.sh", "take");
  t.same(readdirSync(next.archives).sort(), ["liba_1%3a2-1_amd64.deb", "partial"]);
  t.equal(readFileSync(join(next.archives, "liba_1%3a2-1_amd64.deb"), "utf8"), "A");
});

t.test("another's file is not taken, and goes", async (t) => {
  const bed = step(t, line("liba_1_amd64.deb", "A"));
  bed.write("cache/packages", { [sum("A")]: "something else" });
  t.equal((await bed.run("kept.sh", "take")).code, 0);
  t.same(readdirSync(bed.archives), ["partial"]);
  t.same(readdirSync(join(bed.archives, "partial")), []);
  t.same(readdirSync(bed.kept), []);
});

t.test("nothing but packages from elsewhere with a SHA-256 is kept", async (t) => {
  const name = "liba_1_amd64.deb";
  for (const uris of [
    line(name, "A", `file:/srv/${name}`),
    line(name, "A", undefined, "SHA512"),
    line(`../${name}`, "A"),
    "",
  ]) {
    const bed = step(t, uris);
    bed.write("graft/archives", { [name]: "A" });
    t.equal((await bed.run("kept.sh", "keep")).code, 0);
    t.same(readdirSync(bed.kept), [], uris);
  }
});

t.test("nor one of a source that asks for a password", async (t) => {
  const name = "liba_1_amd64.deb";
  const bed = step(t, line(name, "A"));
  bed.write("graft/archives", { [name]: "A" });
  bed.write("access", { auth: "machine x.example login ann password geheim" });
  t.equal((await bed.run("kept.sh", "keep")).code, 0);
  t.notOk(existsSync(bed.kept));
  writeFileSync(join(bed.root, "access/auth"), "");
  t.equal((await bed.run("kept.sh", "keep")).code, 0);
  t.notOk(existsSync(bed.kept));
});
