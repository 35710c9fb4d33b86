import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { lab } from "./graft/lab.ts";

const bed = lab({});
t.teardown(bed.close);

const [SUM, OTHER] = ["a".repeat(64), "b".repeat(64)];

/** What a release file says of the list `main/binary-<architecture>/Packages`. */
async function told(text: string, architecture = "amd64") {
  const file = join(bed.root, "InRelease");
  writeFileSync(file, text);
  const values = [`key=main/binary-${architecture}/Packages`, `architecture=${architecture}`, "file=/lists/x"];
  const options = values.flatMap((value) => ["-v", value]);
  const { stdout } = await execa("awk", [...options, "-f", join(bed.root, "dhi/release.awk"), file]);
  return stdout;
}

const sums = (sum: string, key = "main/binary-amd64/Packages") => `SHA256:\n ${OTHER} 7 ${key}.xz\n ${sum} 12 ${key}\n`;

t.test("the sum of the list itself, of the section with SHA-256", async (t) => {
  t.equal(
    await told(`Origin: x\nMD5Sum:\n ${OTHER} 12 main/binary-amd64/Packages\n${sums(SUM)}Date: x\n`),
    `${SUM} /lists/x`,
  );
});

t.test("the gzip form, where the archive has it", async (t) => {
  const packed = ` ${SUM} 7 main/binary-amd64/Packages.gz\n`;
  t.equal(await told(`${sums(OTHER)}${packed}`), `${SUM} /lists/x.gz`);
  t.equal(await told(`SHA256:\n${packed}`), `${SUM} /lists/x.gz`);
  t.equal(await told(`${sums(OTHER)} -c 7 main/binary-amd64/Packages.gz\n`), `${OTHER} /lists/x`);
  t.equal(await told(`${sums(OTHER)} ${SUM} 7 main/binary-arm64/Packages.gz\n`), `${OTHER} /lists/x`);
});

t.test("none is said as none", async (t) => {
  t.equal(await told("Origin: x\n"), "- /lists/x");
  t.equal(await told(`SHA256:\n ${SUM} 7 main/binary-amd64/Packages.xz\n`), "- /lists/x");
  t.equal(await told(`MD5Sum:\n ${SUM} 12 main/binary-amd64/Packages\n`), "- /lists/x");
  for (const sum of ["../../../etc/passwd", "A".repeat(64), "a".repeat(63), "-c"]) {
    t.equal(await told(sums(sum)), "- /lists/x", sum);
  }
});

t.test("what stands behind the signature is not the archive's word", async (t) => {
  const signed = (text: string, more: string) =>
    `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${text}-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n${more}`;
  t.equal(await told(signed(sums(SUM), sums(OTHER))), `${SUM} /lists/x`);
  t.equal(await told(signed("Origin: x\n", sums(OTHER))), "- /lists/x");
});

t.test("a list for all architectures counts when the archive has one that apt asks for", async (t) => {
  const all = sums(SUM, "main/binary-all/Packages");
  const has = "Architectures: all amd64 arm64\n";
  t.equal(await told(`${has}${all}`, "all"), `${SUM} /lists/x`);
  t.equal(await told(`Architectures: amd64 arm64 all\n${all}`, "all"), `${SUM} /lists/x`);
  t.equal(await told(`Architectures: amd64 arm64\n${all}`, "all"), "");
  t.equal(await told(`${has}No-Support-for-Architecture-all: Packages\n${all}`, "all"), "");
  t.equal(await told("Origin: x\n", "all"), "");
});
