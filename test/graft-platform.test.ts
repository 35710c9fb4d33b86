import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { lab, type Tree } from "./graft/lab.ts";

const systems = {
  debian13:
    'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nVERSION_CODENAME=trixie\nID=debian\n',
  debian12: 'VERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n',
  testing: 'PRETTY_NAME="Debian GNU/Linux forky/sid"\nVERSION_CODENAME=forky\nID=debian\n',
  hardened:
    'NAME="Docker Hardened Images (Debian)"\nID=dhi\nID_LIKE=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n',
  distroless: "PRETTY_NAME=\"Distroless\"\nNAME='Debian GNU/Linux'\nID='debian'\nVERSION_ID='12'\n",
  ubuntu: 'NAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n',
  ubuntuOlder: 'NAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian\n',
  fedora: "ID=fedora\nVERSION_ID=42\n",
};
type System = keyof typeof systems;

const libc: Tree = {
  "usr/lib/x86_64-linux-gnu/libc.so.6": "libc",
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "loader",
};

/** What platform.sh makes of a base and a builder: distribution, release and architecture, or what it says to the user. */
async function platform(
  base: Tree,
  builder: System,
  environment: Readonly<Record<string, string>> = {},
  expected = "",
) {
  const made = lab(base);
  made.write("etc", { "os-release": systems[builder] });
  const { code, stderr } = await made.run("target.sh");
  if (code !== 0) throw new Error(stderr);
  const script = `lib=${join(made.root, "dhi")}; set -eu; directive=DHI-NATIVE expected=${expected}
for file in places fail platform; do . "$lib/$file.sh"; done
printf '%s|%s|%s|%s' "$distribution" "$pretty" "$architecture" "$libc"`;
  const env = { TARGETARCH: "amd64", ...environment };
  const ran = await execa("sh", ["-c", script], { reject: false, env });
  made.close();
  return ran.exitCode === 0 ? ran.stdout : ran.stderr;
}

const on = (system: System, more: Tree = libc): Tree => ({ ...more, "etc/os-release": systems[system] });
const LIBC = "usr/lib/x86_64-linux-gnu/libc.so.6";

t.test("a builder of the base's own distribution and release serves it", async (t) => {
  t.equal(await platform(on("debian13"), "debian13"), `Debian|Debian 13 (trixie)|amd64|${LIBC}`);
  t.equal(await platform(on("hardened"), "debian13"), `Debian|Debian 13 (trixie)|amd64|${LIBC}`, "ID=dhi");
  t.equal(await platform(on("debian13"), "hardened"), `Debian|Debian 13 (trixie)|amd64|${LIBC}`, "on both sides");
  t.equal(await platform(on("distroless"), "debian12"), `Debian|Debian 12 (bookworm)|amd64|${LIBC}`, "distroless");
  t.equal(await platform(on("ubuntu"), "ubuntu"), `Ubuntu|Ubuntu 24.04 (noble)|amd64|${LIBC}`);
  t.equal(await platform(on("testing"), "testing"), `Debian|Debian forky (forky)|amd64|${LIBC}`, "no number yet");
  const vendor = { ...libc, "usr/lib/os-release": systems.debian13 };
  t.match(await platform(vendor, "debian13"), /^Debian\|/, "the vendor's file");
  const linked = { ...vendor, "etc/os-release": { to: "../usr/lib/os-release" } };
  t.match(await platform(linked, "debian13"), /^Debian\|/, "by a link");
});

t.test("any other is refused", async (t) => {
  t.match(
    await platform(on("distroless"), "debian13"),
    "the base is Debian 12, and the builder image is Debian 13 (trixie)",
  );
  t.match(
    await platform(on("ubuntu"), "debian13"),
    "the base is Ubuntu 24.04, and the builder image is Debian 13 (trixie)",
  );
  t.match(
    await platform(on("debian13"), "ubuntu"),
    "the base is Debian 13, and the builder image is Ubuntu 24.04 (noble)",
  );
  t.match(
    await platform(on("ubuntuOlder"), "ubuntu"),
    "the base is Ubuntu 22.04, and the builder image is Ubuntu 24.04",
  );
  t.match(await platform(on("fedora"), "debian13"), "the base is fedora 42, and the builder image is Debian 13");
  t.match(await platform(libc, "debian13"), "the base has no /etc/os-release");
  t.match(await platform(on("debian13"), "debian13", {}, "12"), "expected to be release 12, and it is 13");
  const musl = on("debian13", { "lib/ld-musl-x86_64.so.1": "loader" });
  t.match(await platform(musl, "debian13"), "the base has musl (/lib/ld-musl-x86_64.so.1)");
});

t.test("Docker's names of processors are Debian's", async (t) => {
  const names: [string, string, string][] = [
    ["arm64", "", "arm64"],
    ["arm64", "v8", "arm64"],
    ["arm", "v7", "armhf"],
    ["arm", "v6", "armel"],
    ["386", "", "i386"],
    ["ppc64le", "", "ppc64el"],
    ["s390x", "", "s390x"],
    ["riscv64", "", "riscv64"],
  ];
  for (const [TARGETARCH, TARGETVARIANT, name] of names) {
    t.match(await platform(on("debian13"), "debian13", { TARGETARCH, TARGETVARIANT }), `|${name}|`, TARGETARCH);
  }
  t.match(
    await platform(on("debian13"), "debian13", { TARGETARCH: "wasm" }),
    "no packages for the platform linux/wasm",
  );
});

t.test("what a base is, in the layouts that there are", async (t) => {
  const facts = async (base: Tree) => {
    const made = lab(base);
    const { code, stderr } = await made.run("target.sh");
    if (code !== 0) throw new Error(stderr);
    const found = {
      facts: Object.fromEntries(made.table("facts").map(([name, value]) => [name, value])),
      search: made.table("search").flat(),
      records: made.table("base.packages").sort(),
    };
    made.close();
    return found;
  };
  const merged = await facts({
    ...libc,
    lib: { to: "usr/lib" },
    lib64: { to: "usr/lib64" },
    bin: { to: "usr/bin" },
    "usr/lib64/ld-linux-x86-64.so.2": { to: "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" },
    "usr/bin/dash": "shell",
    "usr/bin/sh": { to: "dash" },
  });
  t.match(merged.facts, {
    libc: LIBC,
    loader: "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
    multiarch: "x86_64-linux-gnu",
    sh: "usr/bin/dash",
  });
  t.same(merged.search.sort(), ["usr/lib", "usr/lib/x86_64-linux-gnu"]);

  const apart = await facts({
    "lib/x86_64-linux-gnu/libc.so.6": "libc",
    "lib64/ld-linux-x86-64.so.2": "loader",
    "usr/lib/x": "x",
    "bin/sh": { to: "/bin/nothing" },
  });
  t.match(apart.facts, { libc: "lib/x86_64-linux-gnu/libc.so.6", loader: "lib64/ld-linux-x86-64.so.2" });
  t.equal(apart.facts.sh, undefined, "a link that leads nowhere is no shell");
  t.same(apart.search.sort(), ["lib", "lib/x86_64-linux-gnu", "usr/lib", "usr/lib/x86_64-linux-gnu"]);

  const distroless = await facts({
    ...libc,
    "var/lib/dpkg/status.d/base": "Package: base-files\nVersion: 12.4\n",
    "var/lib/dpkg/status.d/bGliYzY": "Package: libc6\nArchitecture: amd64\nVersion: 2.36-9\n",
    "var/lib/dpkg/status.d/base.md5sums": "0  usr/x\n",
  });
  t.same(
    distroless.records,
    [
      ["base-files", "12.4"],
      ["libc6", "2.36-9"],
    ],
    "records of any file name",
  );

  const slim = await facts({
    ...libc,
    "var/lib/dpkg/status":
      "Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: b\nStatus: deinstall ok config-files\nVersion: 2\n",
  });
  t.same(slim.records, [["a", "1"]]);
  t.equal((await facts({ "app/program": "static" })).facts.libc, undefined);
});
