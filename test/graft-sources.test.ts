import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { lab } from "./graft/lab.ts";

const bed = lab({});
t.teardown(bed.close);

const MOMENT = "20260801T000000Z";

/** What a file of package sources becomes, and the addresses that are left out. */
async function taken(text: string, { snapshot = "", lent = false } = {}) {
  const left = join(bed.root, "left");
  writeFileSync(left, "");
  const { stdout } = await execa(
    "awk",
    [
      "-v",
      `snapshot=${snapshot}`,
      "-v",
      `lent=${lent ? 1 : 0}`,
      "-v",
      `left=${left}`,
      "-f",
      join(bed.root, "dhi/sources.awk"),
    ],
    { input: text },
  );
  return { entries: stdout, left: readFileSync(left, "utf8").split("\n").filter(Boolean) };
}

t.test("a snapshot takes the image's own entries to the archive's snapshot service", async (t) => {
  const debian = [
    "# comment",
    "deb http://ftp.debian.org/debian trixie main contrib",
    "deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://ftp.debian.org/debian-security/ trixie-security main",
    "deb http://security.debian.org bookworm-security main",
    "deb-src http://ftp.debian.org/debian trixie main",
  ].join("\n");
  t.same(await taken(debian, { snapshot: MOMENT }), {
    entries: [
      `deb [check-valid-until=no] http://snapshot.debian.org/archive/debian/${MOMENT}/ trixie main contrib`,
      `deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg check-valid-until=no] https://snapshot.debian.org/archive/debian-security/${MOMENT}/ trixie-security main`,
      `deb [check-valid-until=no] http://snapshot.debian.org/archive/debian-security/${MOMENT}/ bookworm-security main`,
    ].join("\n"),
    left: [],
  });
  t.same(
    (await taken("deb http://archive.ubuntu.com/ubuntu/ noble main universe\n", { snapshot: MOMENT })).entries,
    `deb [check-valid-until=no] http://snapshot.ubuntu.com/ubuntu/${MOMENT}/ noble main universe`,
  );
});

t.test("in the other style too", async (t) => {
  const stanza = (uris: string) =>
    `Types: deb deb-src\nURIs: ${uris}\nSuites: trixie\n trixie-updates\nComponents: main\nSigned-By:\n -----BEGIN PGP\n .\n KEY\n`;
  const { entries, left } = await taken(
    `# Debian\n${stanza("http://ftp.debian.org/debian\n https://user:secret@dhi.example/deb")}\n${stanza("http://x.example")}`,
    { snapshot: MOMENT },
  );
  t.equal(
    entries,
    `Types: deb deb-src\nSuites: trixie\n trixie-updates\nComponents: main\nSigned-By:\n -----BEGIN PGP\n .\n KEY\nURIs: http://snapshot.debian.org/archive/debian/${MOMENT}/\nCheck-Valid-Until: no\n`,
  );
  t.same(
    left,
    ["https://***@dhi.example/deb", "http://x.example"],
    "what has no snapshot is left out, without its password",
  );
});

t.test("entries of a company say where the moment goes, and count with a snapshot only", async (t) => {
  const own =
    "deb [trusted=yes] https://mirror.example/debian/{snapshot} trixie main\ndeb https://mirror.example/debian trixie main\n";
  t.same(await taken(own, { snapshot: MOMENT, lent: true }), {
    entries: `deb [trusted=yes check-valid-until=no] https://mirror.example/debian/${MOMENT} trixie main`,
    left: ["https://mirror.example/debian"],
  });
  t.same(await taken(own, { lent: true }), { entries: "deb https://mirror.example/debian trixie main", left: [] });
});

t.test("without a snapshot no entry is let off its expiry, and none is changed", async (t) => {
  const own = "deb [arch=amd64] https://mirror.example/debian trixie main";
  t.same((await taken(`${own}\n`, { lent: true })).entries, own);
  const stanza = "Types: deb\nSuites: x/\nURIs: https://mirror.example/debian\n";
  t.same((await taken(stanza, { lent: true })).entries, stanza);
});

t.test("what is lent and cannot be used is refused before apt runs, and never shown", async (t) => {
  const refused = async (files: Readonly<Record<string, string>>, snapshot = "") => {
    const made = lab({});
    made.write("graft", { notes: "" });
    made.write("access", files);
    const { code, stderr } = await made.run("sources.sh", "amd64", snapshot);
    made.close();
    t.equal(code, 1);
    return stderr;
  };
  t.match(
    await refused({ sources: "deb https://m.example/{snapshot} x main\n" }),
    /no entry of packages \(deb\) without \{snapshot\}/,
  );
  t.match(
    await refused({ sources: "deb https://m.example x main\n" }, MOMENT),
    /no entry with \{snapshot\} in its address/,
  );
  for (const proxy of ['http://a:geheim@x";Dir::Bin "x', "geheim\nhttp://b", "ftp://geheim@x", "geheim"]) {
    const said = await refused({ sources: "deb https://m.example x main\n", proxy });
    t.match(said, /the secret dhi-proxy is no URL/);
    t.notMatch(said, "geheim");
  }
  t.match(
    await refused({ sources: "deb https://m.example x main\n", ca: "geheim\n" }),
    /^dhi: the secret dhi-ca is no certificate in PEM form$/m,
  );
});

t.test("what other programs say is shown without names and passwords", async (t) => {
  const text = "Err:1 http://ann:p@ss@m.example/debian x\nhttps://m.example/a@b http://x.example";
  const script = `. "${join(bed.root, "dhi/fail.sh")}"; masked`;
  const { stdout } = await execa("sh", ["-c", script], { input: text });
  t.equal(stdout, "Err:1 http://***@m.example/debian x\nhttps://m.example/a@b http://x.example");
});

t.test("a snapshot of an image whose sources have none is refused", async (t) => {
  const made = lab({});
  t.teardown(made.close);
  made.write("graft", { notes: "" });
  made.write("etc/apt", { "sources.list": "deb https://m.example x main\n" });
  const { code, stderr } = await made.run("sources.sh", "amd64", MOMENT);
  t.equal(code, 1);
  t.match(stderr, `--snapshot=${MOMENT}: no package source of the builder image has a snapshot service that is known`);
});
