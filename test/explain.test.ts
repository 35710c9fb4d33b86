import t from "tap";
import { ownersOf } from "../src/explain/owners.ts";
import { explanationText, missingText } from "../src/explain/path-text.ts";
import { readRecords } from "../src/explain/records.ts";
import { reportOn } from "../src/explain/report.ts";
import { reportText } from "../src/explain/report-text.ts";
import type { Paint } from "../src/explain/style.ts";
import { explainPath } from "../src/explain/trace.ts";
import { image, type LayerTree } from "./explain-images.ts";

// Records as a graft of libgdiplus and curl wrote them, cut to what is read, in images of few files.

const LIB = "usr/lib/x86_64-linux-gnu";
const RECORDS = "var/lib/dpkg/status.d";
const sum = (path: string) => `a9b5a20b07bba2728b66454a10eedd66  ${path}\n`;

const base: LayerTree = {
  usr: null,
  "usr/lib": null,
  lib: { to: "usr/lib" },
  "etc/os-release": "ID=debian\n",
  "etc/passwd": "root:x:0:0\n",
  [LIB]: null,
  [`${LIB}/libc.so.6`]: "libc",
  [`${RECORDS}/libc6`]: "Package: libc6\nStatus: install ok installed\nVersion: 2.41-12\nArchitecture: amd64\n",
  [`${RECORDS}/libc6.md5sums`]: sum(`${LIB}/libc.so.6`),
  [`${RECORDS}/libstdc++6`]: "Package: libstdc++6\nVersion: 14.2.0-19\n",
};

const graft: LayerTree = {
  usr: null,
  [`${LIB}/libcairo.so.2.11804.4`]: "cairo",
  [`${LIB}/libcairo.so.2`]: { to: "libcairo.so.2.11804.4" },
  "usr/share/doc/libcairo2/copyright": "free",
  "usr/lib/libgdiplus.so": "gdiplus",
  "usr/lib/gdiplus.dll": { to: "libgdiplus.so" },
  "usr/share/gcc/libstdc++.py": "py",
  [`${LIB}/libc-too.so`]: { to: "libc.so.6" },
  [`${RECORDS}/libcairo2`]: `Package: libcairo2
Source: cairo (1.18.4-1)
Version: 1.18.4-1+b1
Architecture: amd64
Description: Cairo 2D vector graphics library
 Cairo is a multi-platform library providing anti-aliased
 .
 This package contains the shared libraries.
Dhi-Requested: DHI-NATIVE libgdiplus, DHI-TOOL curl
Dhi-Links:
 /${LIB}/libcairo.so.2
Dhi-Left-Out: 3 documentation, package debconf
`,
  [`${RECORDS}/libcairo2.md5sums`]: `${sum(`${LIB}/libcairo.so.2.11804.4`)}${sum("usr/share/doc/libcairo2/copyright")}`,
  [`${RECORDS}/libgdiplus`]: `Package: libgdiplus\nVersion: 6.1\nArchitecture: amd64\nDhi-Requested: DHI-NATIVE libgdiplus
Dhi-Links:\n /usr/lib/gdiplus.dll\n /${LIB}/libc-too.so\nDhi-Left-Out: 2 programs, 4 documentation\n`,
  [`${RECORDS}/libgdiplus.md5sums`]: sum("usr/lib/libgdiplus.so"),
  "var/lib/dhi/packages/libstdc++6": "Package: libstdc++6\nVersion: 14.2.0-19\nDhi-Requested: DHI-NATIVE libgdiplus\n",
  "var/lib/dhi/packages/libstdc++6.md5sums": sum("usr/share/gcc/libstdc++.py"),
};

const app = image(
  ["stand-in", base],
  ["COPY app.js /app/app.js # buildkit", { app: null, "app/app.js": "app" }],
  ["COPY /out/ / # buildkit", graft],
  ["/bin/sh -c #(nop) COPY file:1234 in /app/later.js ", { "app/later.js": "later" }],
  ["RUN rm x # buildkit", { "usr/share/doc/.wh.libcairo2": "", "usr/lib/libgdiplus.so": "other" }],
);
const owners = ownersOf(app);
const plain: Paint = (_, text) => text;
const told = (path: string) =>
  explainPath(app, owners, path)
    .map((one) => explanationText(one, plain))
    .join("");

t.test("records tell the words of directives, links and what was left out", async (t) => {
  const cairo = readRecords(app.texts).find(({ name }) => name === "libcairo2");
  t.match(cairo, {
    version: "1.18.4-1+b1",
    requested: [
      { directive: "DHI-NATIVE", word: "libgdiplus" },
      { directive: "DHI-TOOL", word: "curl" },
    ],
    leftOut: ["3 documentation", "package debconf"],
  });
  t.same(
    [...(cairo?.paths ?? [])],
    [`${LIB}/libcairo.so.2.11804.4`, "usr/share/doc/libcairo2/copyright", `${LIB}/libcairo.so.2`],
  );
  const [bare] = readRecords(
    new Map([[`${RECORDS}/x`, "Package: x\nVersion: 1\nDhi-Requested: libgdiplus, libpq5=17.2-1\n"]]),
  );
  t.same(bare?.requested, [{ word: "libgdiplus" }, { word: "libpq5=17.2-1" }], "a record without directives");
});

t.test("records of a full Debian and of Alpine", async (t) => {
  const debian = readRecords(
    new Map([
      [
        "var/lib/dpkg/status",
        "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\nPackage: old\nStatus: deinstall ok config-files\nVersion: 2\n",
      ],
      ["var/lib/dpkg/info/zlib1g:amd64.list", `/.\n/${LIB}/libz.so.1\n`],
    ]),
  );
  t.same(
    debian.map(({ name }) => name),
    ["zlib1g"],
  );
  t.ok(debian[0]?.paths.has(`${LIB}/libz.so.1`));
  const installed =
    "C:Q1x=\nP:zlib\nV:1.3-r0\nA:x86_64\nF:lib\nR:libz.so.1\nZ:Q1x=\n\nC:Q1y=\nP:musl\nV:1.2-r1\nA:x86_64\nF:lib\nR:ld-musl-x86_64.so.1\n\n";
  const alpine = readRecords(
    new Map([
      ["lib/apk/db/installed", installed],
      ["var/lib/dhi/packages/zlib", "Package: zlib\nVersion: 1.3-r0\nDhi-Requested: DHI-NATIVE libpng\n"],
    ]),
  );
  t.match(alpine, [
    { name: "musl", version: "1.2-r1", requested: [] },
    { name: "zlib", version: "1.3-r0", requested: [{ word: "libpng" }] },
  ]);
  t.ok(alpine[1]?.paths.has("lib/libz.so.1"), "apk lists the files");
});

t.test("the report counts what is there", async (t) => {
  const report = reportOn(app, owners);
  t.match(report, {
    image: "app",
    platform: "linux/amd64",
    grafted: { packages: 3, files: 5, bytes: 7 },
    own: { files: 3, bytes: 13 },
    unrecorded: { files: 0 },
    requested: [
      { directive: "DHI-NATIVE", word: "libgdiplus", packages: 3, files: 5, bytes: 7 },
      { directive: "DHI-TOOL", word: "curl", packages: 1, files: 2, bytes: 5 },
    ],
  });
  t.same(
    report.packages.map(({ name, files, bytes }) => [name, files, bytes]),
    [
      ["libcairo2", 2, 5],
      ["libgdiplus", 2, 0],
      ["libstdc++6", 1, 2],
    ],
    "what was removed or replaced does not count",
  );
  const { files, bytes, grafted, base, own, records, unrecorded } = report;
  const parts = [grafted, base, own, records, unrecorded];
  t.equal(
    parts.reduce((all, part) => all + part.files, 0),
    files,
    "every file is counted once",
  );
  t.equal(
    parts.reduce((all, part) => all + part.bytes, 0),
    bytes,
  );
  t.ok(reportText(report, plain).startsWith(REPORT), reportText(report, plain));
  t.match(reportText(report, plain), "left out: 7 documentation, 2 programs, the package debconf\n");
});

const REPORT = `app linux/amd64

PACKAGES  FILES  SIZE  BROUGHT BY
       3      5   7 B  DHI-NATIVE libgdiplus
       1      2   5 B  DHI-TOOL curl

PACKAGE     VERSION      FILES  SIZE  FOR
libcairo2   1.18.4-1+b1      2   5 B  libgdiplus, curl
libgdiplus  6.1              2   0 B  libgdiplus
libstdc++6  14.2.0-19        1   2 B  libgdiplus
`;

t.test("an image without directives", async (t) => {
  const text = reportText(reportOn(image(["FROM x", base])), plain);
  t.equal(text, "app linux/amd64\nNo directive brought a package into this image.\n");
});

t.test("paths of all kinds", async (t) => {
  const expected: Readonly<Record<string, string>> = {
    [`/${LIB}/libcairo.so.2`]:
      "libcairo2 1.18.4-1+b1, for DHI-NATIVE libgdiplus and DHI-TOOL curl\n    link to libcairo.so.2.11804.4",
    "/usr/share/gcc/libstdc++.py": "libstdc++6 14.2.0-19, for DHI-NATIVE libgdiplus",
    "/etc/passwd": "the base's own",
    "app/app.js": "your own: COPY app.js /app/app.js, layer 2",
    "/app/later.js": "your own: COPY file:1234 in /app/later.js, layer 4",
    "/usr/lib/libgdiplus.so":
      "your own: RUN rm x, layer 5\n    in the place of a file of libgdiplus 6.1, for DHI-NATIVE libgdiplus",
    [`/${RECORDS}/libcairo2.md5sums`]:
      "the record of libcairo2 1.18.4-1+b1, for DHI-NATIVE libgdiplus and DHI-TOOL curl",
    "/app":
      "a folder with 2 files\n    1  your own: COPY app.js /app/app.js, layer 2\n    1  your own: COPY file:1234 in /app/later.js, layer 4",
    [`/${LIB}/libc-too.so`]:
      "libgdiplus 6.1, for DHI-NATIVE libgdiplus\n    link to libc.so.6, which is the base's own: libc6 2.41-12",
  };
  for (const [path, text] of Object.entries(expected))
    t.equal(told(path), `/${path.replace(/^\//, "")}\n    ${text}\n`);
  t.equal(
    told("/lib/x86_64-linux-gnu/libc.so.6"),
    `/lib/x86_64-linux-gnu/libc.so.6 (/${LIB}/libc.so.6)\n    the base's own: libc6 2.41-12\n`,
    "through a linked folder",
  );
  t.equal(told("libcairo.so.2"), told(`/${LIB}/libcairo.so.2`), "a name without a folder");
});

t.test("paths that are not there", async (t) => {
  const wrong = (path: string) => {
    const [one] = explainPath(app, owners, path);
    return one?.type === "missing" ? missingText("app", one) : one;
  };
  t.match(wrong("/usr/lib/libcairo.so.2"), {
    problem: "app has no /usr/lib/libcairo.so.2",
    advice: `did you mean /${LIB}/libcairo.so.2 or`,
  });
  t.match(wrong(`/${LIB}/libciaro.so.2`), { advice: `did you mean /${LIB}/libcairo.so.2` });
  t.match(wrong("libcairo.so"), { problem: "app has no file called libcairo.so", advice: "libcairo.so.2 " });
  t.match(wrong("/usr/bin/psql"), { problem: "app has no /usr/bin/psql", advice: undefined });
  t.match(wrong("/usr/share/doc/libcairo2/copyright"), {
    problem:
      "app has no /usr/share/doc/libcairo2/copyright any more; it came with libcairo2 1.18.4-1+b1, for DHI-NATIVE libgdiplus and DHI-TOOL curl",
    advice: "layer 5 took it away: RUN rm x",
  });
});

t.test("nothing of an image moves the cursor or makes lines of its own", async (t) => {
  const evil = "\u001b[2Jx\nlibc6 1, for DHI-NATIVE good\u202e";
  const record = `Package: a\u001b[31m\nVersion: 1\u0007\nDhi-Requested: DHI-TOOL \u001b[1mx\nDhi-Left-Out: package \u009bx\n`;
  const hostile = image([
    evil,
    { [evil]: "", l: { to: evil }, [`${RECORDS}/a`]: record, [`${RECORDS}/a.md5sums`]: sum("f"), f: "" },
  ]);
  const all = ownersOf(hostile);
  const paths = [evil, "l", "f", `x${evil}`, "/"].flatMap((path) => explainPath(hostile, all, path));
  const texts = paths.map((one) =>
    one.type === "missing" ? (missingText("app", one).advice ?? "") : explanationText(one, plain),
  );
  for (const text of [...texts, reportText(reportOn(hostile, all), plain)]) {
    t.notMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    t.notMatch(text, /^libc6/m);
  }
});

t.test("links that lead nowhere or round", async (t) => {
  const loops = image([
    "x",
    { a: { to: "b" }, b: { to: "/a" }, c: { to: "gone" }, d: null, "d/e": { to: "../../../../etc/f" }, "etc/f": "f" },
  ]);
  const one = (path: string) => explainPath(loops, ownersOf(loops), path)[0];
  t.match(one("/a"), { type: "link", links: ["b", "/a"], end: undefined });
  t.match(one("/a/x"), { type: "missing" });
  t.match(one("/c"), { type: "link", links: ["gone"], end: undefined });
  t.match(one("/d/e"), { type: "link", end: { path: "/etc/f" } });
  t.match(one("/d/../etc/f"), { type: "file", real: "/etc/f" });
});
