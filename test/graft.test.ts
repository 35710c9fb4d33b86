import { createHash } from "node:crypto";
import t from "tap";
import { engine } from "./engine/engine.ts";
import { Builds, type Graft, graftDockerfile } from "./graft/build.ts";
import { type ImageFiles, readImageFiles } from "./image-files.ts";
import { isRecord, packageRecords, RECORDS } from "./package-records.ts";

const BASE = "dhi.io/dotnet:10.0-debian13";
const BUILDER = "dhi.io/dotnet:10.0-sdk-debian13";
const OLD = "debian:bookworm-slim";
const on = { base: BASE, builder: BUILDER };

const used = await engine();
const builds = await Builds.with(used, [BASE, BUILDER, OLD]);
const images = new Set<string>();
t.teardown(() => used.docker(["image", "rm", "--force", ...images], { reject: false }));

async function image(name: string, dockerfile: string, ...flags: string[]): Promise<string> {
  const tag = `dhi-graft-test:${name}`;
  images.add(tag);
  const { ok, log } = await builds.build(dockerfile, tag, ...flags);
  if (!ok) throw new Error(log);
  return log;
}

/** What a failing graft says to its user. */
async function complaint(graft: Partial<Graft> & Pick<Graft, "words">, stages = ""): Promise<string> {
  const { ok, log } = await builds.build(graftDockerfile(stages, { ...on, ...graft }));
  if (ok) throw new Error(`it was built:\n${log}`);
  const said = log.match(/dhi: .*/g);
  if (!said) throw new Error(`it says nothing for its user:\n${log}`);
  return [...new Set(said)].join("\n");
}

const read = (name: string) =>
  readImageFiles(used, `dhi-graft-test:${name}`, (path) => isRecord(path) || path.startsWith(RECORDS));
const layers = async (name: string) => {
  const { stdout } = await used.docker([
    "image",
    "inspect",
    "--format",
    "{{json .RootFS.Layers}}",
    `dhi-graft-test:${name}`,
  ]);
  return JSON.parse(String(stdout)) as string[];
};

/** Everything of the base that is not the same in the result. */
function changed(before: ImageFiles, after: ImageFiles): string[] {
  const face = (files: ImageFiles, path: string) => {
    const { type, mode, uid, gid, digest, target } = files.get(path) ?? {};
    return JSON.stringify([type, mode, uid, gid, digest, target]);
  };
  return [...before.keys()].filter((path) => face(before, path) !== face(after, path));
}

const cold = "--no-cache-filter=dhi--scripts,dhi--base--final,dhi--native--final,final";

t.test("libgdiplus on .NET", async (t) => {
  const dockerfile = graftDockerfile("", { ...on, words: ["libgdiplus"] });
  const log = await image("gdiplus", dockerfile, cold);
  t.match(log, /dhi: libgdiplus: \d+ packages, \d+ files, [\d.]+ MB; the base keeps \d+ packages of its own/);
  t.match(log, /dhi: proven: \d+ programs and libraries load with the base's own loader/);
  const before = await readImageFiles(used, builds.nameOf(BASE), isRecord);
  const after = await read("gdiplus");

  await t.test("nothing of the base is changed", async (t) => t.same(changed(before, after), []));

  await t.test("what came along", async (t) => {
    const fresh = [...after.keys()].filter((path) => !before.has(path));
    const has = (pattern: RegExp) => fresh.some((path) => pattern.test(path));
    t.equal(after.get("usr/lib/gdiplus.dll")?.target, "libgdiplus.so");
    t.ok(has(/^usr\/share\/fonts\/.*DejaVuSans\.ttf$/), "a font");
    t.ok(has(/^usr\/lib\/[^/]*-linux-gnu\/libcairo\.so\.2$/), "a library of the closure, by its SONAME");
    t.ok(after.get("etc/fonts/conf.d/10-hinting-slight.conf"), "what a package script would have made");
    t.ok(after.get("usr/share/doc/libgdiplus/copyright"), "copyright");
    t.notOk(
      has(/^usr\/(s?bin|include)\/|\.l?a$|\/pkgconfig\/|^usr\/share\/(man|locale)\//),
      "no program, header, manual or translation",
    );
    t.same(
      fresh.filter((path) => /libc\.so\.6|ld-linux|libz\.so/.test(path)),
      [],
      "nothing that the base has",
    );
    const modes = fresh.filter(
      (path) => after.get(path)?.type !== "symlink" && ((after.get(path)?.mode ?? 0) & 0o6002) !== 0,
    );
    t.same(modes, [], "nothing set-id or writable by everyone");
  });

  await t.test("records", async (t) => {
    const own = packageRecords(before).map(({ name }) => name);
    const fresh = packageRecords(after).filter(({ name }) => !own.includes(name));
    t.match(
      fresh.find(({ name }) => name === "libgdiplus"),
      { version: /^6\./, requested: ["libgdiplus"] },
    );
    t.ok(fresh.length > 30);
    t.notOk(
      fresh.some(({ name }) => name === "debconf"),
      "no package that only package scripts use",
    );
    const listed = fresh.flatMap(({ name }) => after.get(`${RECORDS}/${name}.md5sums`) ?? []);
    const paths = listed.flatMap(({ content }) =>
      String(content)
        .split("\n")
        .filter(Boolean)
        .map((line) => line.slice(34)),
    );
    t.same(
      paths.filter((path) => after.get(path)?.type !== "file"),
      [],
      "checksums only of files that are there",
    );
    const covered = new Set(paths);
    const files = [...after.values()].filter(
      ({ path, type }) => type === "file" && !before.has(path) && !path.startsWith(RECORDS),
    );
    t.same(
      files.filter(({ path }) => !covered.has(path)).map(({ path }) => path),
      [],
      "and of every new file",
    );
  });

  await t.test("it loads there, as the image's own user", async (t) => {
    const loader = [...after.keys()].find((path) => /\/ld-linux[^/]*$/.test(path) && after.get(path)?.type === "file");
    const { stdout } = await used.docker([
      "run",
      "--rm",
      "--entrypoint",
      `/${loader}`,
      "dhi-graft-test:gdiplus",
      "--list",
      "/usr/lib/gdiplus.dll",
    ]);
    t.match(stdout, "libcairo.so.2 => /");
    t.notMatch(stdout, "not found");
  });

  await t.test("a second cold build gives the same layer", async (t) => {
    await image("gdiplus-again", dockerfile, cold);
    t.same(await layers("gdiplus-again"), await layers("gdiplus"));
  });
});

t.test("a graft on a graft brings only what is not there yet", async (t) => {
  const first = { ...on, words: ["libpng16-16t64"], stage: "first" };
  const second = { ...on, words: ["libfreetype6", "libopenblas0-pthread"], ancestors: ["first"] };
  const log = await image("twice", graftDockerfile("", first, second));
  t.match(log, /kept the base's: .*libpng16-16t64/);
  const files = await read("twice");
  const blas = [...files.values()].find(({ path }) => /^usr\/lib\/[^/]*-linux-gnu\/libblas\.so\.3$/.test(path));
  t.match(blas?.target, /\/openblas-pthread\/libblas\.so\.3$/, "the alternative's link");
  t.same(packageRecords(files).find(({ name }) => name === "libpng16-16t64")?.requested, ["libpng16-16t64"]);
});

t.test("Debian 12, on a base with dpkg's own database", async (t) => {
  await image("old", graftDockerfile("", { base: OLD, builder: OLD, words: ["libgdiplus"], release: "12" }));
  t.same(changed(await readImageFiles(used, builds.nameOf(OLD)), await read("old")), []);
});

t.test("Debian 12 without a merged /usr, with records in status.d alone: programs and a library", async (t) => {
  const base = `FROM ${OLD} AS make
RUN apt-get -qq update && cd /tmp && apt-get -qq download libc6 && mkdir -p /bare/etc /bare/var/lib/dpkg/status.d && dpkg-deb -x libc6_*.deb /bare && \\
    printf 'Package: libc6\\nVersion: %s\\n' "$(dpkg-deb -f libc6_*.deb Version)" >/bare/var/lib/dpkg/status.d/libc6 && \\
    printf 'ID=dhi\\nID_LIKE=debian\\nVERSION_ID=12\\n' >/bare/etc/os-release
FROM scratch AS apart
COPY --from=make /bare/ /
FROM apart AS before
`;
  const lines = "--line DHI-TOOL jq --line DHI-NATIVE libexif12";
  await image("apart", graftDockerfile(base, { base: "apart", builder: OLD, words: [], lines, release: "12" }));
  await image("apart-before", `${base}FROM before AS final\n`);
  const [before, after] = await Promise.all([read("apart-before"), read("apart")]);
  t.equal(before.get("lib")?.type, "folder", "the base is not merged");
  t.same(changed(before, after), []);
  t.ok(after.get("usr/bin/jq"));
  t.match(
    packageRecords(after).find(({ name }) => name === "libexif12"),
    { requested: ["libexif12"] },
  );
  const { stdout } = await used.docker(["run", "--rm", "dhi-graft-test:apart", "/usr/bin/jq", "-n", "6*7"]);
  t.equal(stdout, "42");
});

const bare = (name: string, files: Readonly<Record<string, string>>) =>
  `FROM scratch AS ${name}\n${Object.entries(files)
    .map(([path, text]) => `COPY <<'EOF' ${path}\n${text}\nEOF\n`)
    .join("")}`;

t.test("what the user is told", async (t) => {
  const say = (words: string[], pattern: RegExp | string, graft: Partial<Graft> = {}, stages = "") =>
    t.test(words.join(" "), async (t) => t.match(await complaint({ words, ...graft }, stages), pattern));

  await say(
    ["libicu72", "libgdipluss"],
    "DHI-NATIVE libicu72 is no package of Debian 13 (trixie); did you mean libicu76?",
  );
  await say(
    ["libblas.so.3"],
    /libblas.so.3 is a name that several packages provide; write one of them: .*libopenblas0-pthread/,
  );
  await say(["libgdiplus=1.0"], /libgdiplus=1.0 is not there in this version; the package sources have 6\./);
  const empty = bare("empty", { "/etc/os-release": "ID=debian\nVERSION_ID=13" });
  await say(["libexif12"], /no C library and no loader[\s\S]*dhi.io\/static:<date>-glibc/, { base: "empty" }, empty);
  const musl = bare("musl", { "/etc/os-release": "ID=alpine\nVERSION_ID=3.23", "/lib/ld-musl-x86_64.so.1": "musl" });
  await say(["libexif12"], /the base has musl \(\/lib\/ld-musl-x86_64.so.1\)/, { base: "musl" }, musl);
  const older = bare("older", {
    "/etc/os-release": "ID=dhi\nID_LIKE=debian\nVERSION_ID=12",
    "/usr/lib/libc.so.6": "libc",
  });
  await say(
    ["libexif12"],
    "the base is Debian 12, and the builder image is Debian 13 (trixie)",
    { base: "older" },
    older,
  );
});

/** A builder with a package repository of its own, of packages given as control fields and the files in them. */
function repository(packages: readonly { readonly control: string; readonly files?: string }[]): string {
  const made = packages.map(
    ({ control, files = "" }, i) => `RUN mkdir -p /make/${i}/DEBIAN /repo && cd /make/${i} && ${files || ":"} && \
    printf '%b' '${control}Architecture: all\\nMaintainer: none <none@example.org>\\nDescription: test\\n' >DEBIAN/control && \
    dpkg-deb --build . /repo/${i}.deb >/dev/null\n`,
  );
  return `FROM ${BUILDER} AS own-builder\nUSER 0:0\n${made.join("")}RUN cd /repo && for deb in *.deb; do dpkg-deb -f "$deb" && \
    printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d ' ' -f 1)"; done >Packages && \
    echo 'deb [trusted=yes] file:/repo ./' >/etc/apt/sources.list.d/own.list\n`;
}

t.test("packages of a repository of one's own", async (t) => {
  await t.test(
    "rebuilt packages that others do not accept: the distribution's own builds are taken, and that is said",
    async (t) => {
      // As in a hardened image's sources: a library is rebuilt as +dhi1, and a stock package depends on the exact stock version.
      const rebuilt = repository([{ control: "Package: gcc-14-base\\nVersion: 99+dhi1\\n" }]);
      const on14 = { ...on, builder: "own-builder", words: ["libexif12"] };
      const log = (await image("rebuilt", graftDockerfile(rebuilt, on14))).replace(/^#\d+ [\d.]+ /gm, "");
      t.match(log, /gcc-14-base[^\n]*99\+dhi1/, "apt's own words");
      t.match(
        log,
        /dhi: warning: apt cannot bring these packages together from all package sources of the builder.*\ndhi: warning: so Debian's own builds are taken where another source has newer ones:\ndhi: warning: {3}gcc-14-base 14\.\S+, not 99\+dhi1\n/,
      );
      const stuck = repository([{ control: "Package: libexif12\\nVersion: 99+dhi1\\nDepends: not-there\\n" }]);
      const said = await complaint({ builder: "own-builder", words: ["libexif12=99+dhi1"] }, stuck);
      t.match(said, "apt cannot bring these packages together; its words stand above");
    },
  );

  await t.test("a package that another needs at run time comes along, though nothing depends on it", async (t) => {
    const own = repository([{ control: "Package: libgdiplus\\nVersion: 99\\n" }]);
    await image("extra", graftDockerfile(own, { ...on, builder: "own-builder", words: ["libgdiplus"] }));
    t.ok(packageRecords(await read("extra")).find(({ name }) => name === "fonts-dejavu-core"));
  });

  await t.test("sources that cannot be read end the build with apt's words", async (t) => {
    const broken = `FROM ${BUILDER} AS own-builder\nUSER 0:0\nRUN echo 'deb file:/nowhere ./' >/etc/apt/sources.list.d/own.list\n`;
    const { ok, log } = await builds.build(
      graftDockerfile(broken, { ...on, builder: "own-builder", words: ["libexif12"] }),
    );
    t.notOk(ok);
    t.match(log, /file:\/nowhere[\s\S]*dhi: apt-get update failed in the builder image; its last lines stand above/);
  });

  await t.test("the base's package lacks a file: it comes in the base's version when that is to be had", async (t) => {
    const version = (number: string) => ({
      control: `Package: tiny\\nVersion: ${number}\\n`,
      files: `mkdir -p usr/share/tiny && echo ${number} >usr/share/tiny/lacking && echo ${number} >usr/share/tiny/kept`,
    });
    const record = "Package: tiny\nVersion: 1.0";
    const base = `FROM ${BASE} AS with-tiny\nCOPY <<'EOF' /var/lib/dpkg/status.d/tiny\n${record}\nEOF\nCOPY <<'EOF' /usr/share/tiny/kept\nbase\nEOF\n`;
    const stages = repository([version("1.0"), version("2.0")]) + base;
    await image("tiny", graftDockerfile(stages, { base: "with-tiny", builder: "own-builder", words: ["tiny"] }));
    const files = await read("tiny");
    const digest = (text: string) => createHash("sha256").update(text).digest("hex");
    t.equal(files.get("usr/share/tiny/lacking")?.digest, digest("1.0\n"));
    t.equal(files.get("usr/share/tiny/kept")?.digest, digest("base\n"));
    t.equal(String(files.get("var/lib/dpkg/status.d/tiny")?.content), `${record}\n`, "its record stays as it was");
  });

  await t.test("a library that needs another one fails the build with that one's package", async (t) => {
    const files =
      "apt-get update -qq && apt-get download -qq libtiff6 && dpkg-deb -x libtiff6*.deb . && rm -rf *.deb usr/share";
    const stages = repository([{ control: "Package: tiny\\nVersion: 1.0\\n", files }]);
    const said = await complaint({ builder: "own-builder", words: ["tiny"] }, stages);
    t.match(
      said,
      /dhi: DHI-NATIVE tiny: \/usr\/lib\/\S*libtiff\S* needs libwebp.so.7, which neither the base nor the packages have/,
    );
    t.match(said, "e.g. DHI-NATIVE libwebp7");
  });
});

t.test("another architecture, without its code running here", async (t) => {
  const base = `FROM --platform=$BUILDPLATFORM ${BUILDER} AS other
USER 0:0
RUN printf 'APT::Architecture "arm64";\\nAPT::Architectures { "arm64"; };\\nDir::State::status "/dev/null";\\n' >/apt.conf && apt-get -qq -c /apt.conf update && \
    cd /tmp && apt-get -qq -c /apt.conf download libc6 libgcc-s1 base-files && mkdir /root2 && for deb in *.deb; do dpkg-deb -x "$deb" /root2; done && \
    mv /root2/usr/lib/os-release /root2/etc/ 2>/dev/null; ls /root2
FROM --platform=linux/arm64 scratch AS arm
COPY --from=other /root2/ /
`;
  const dockerfile = graftDockerfile(base, { base: "arm", builder: BUILDER, words: ["libgdiplus"] });
  const log = await image("arm", dockerfile, "--platform=linux/arm64");
  t.match(log, /DHI-NATIVE libgdiplus for Debian 13 \(trixie\), arm64/);
  t.match(log, /dhi: proven: \d+ programs and libraries load (by name|with the base's own loader)/);
  const files = await read("arm");
  t.ok(files.get("usr/lib/aarch64-linux-gnu/libcairo.so.2"));
});
