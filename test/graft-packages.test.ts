import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { graftScripts, packageTable, proofScripts } from "../src/graft/scripts.ts";
import { graft, kind, lab, type Tree, unpack } from "./graft/lab.ts";

const base: Tree = {
  "usr/lib/x86_64-linux-gnu/libc.so.6": "libc",
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "loader",
  "etc/os-release": "ID=debian\nVERSION_ID=13\n",
};

/** The links that the real table makes when these packages come along. */
async function links(packages: Readonly<Record<string, Tree>>, paths: readonly string[], more: Tree = {}) {
  const made = lab({ ...base, ...more });
  unpack(made, Object.fromEntries(Object.entries(packages).map(([name, files]) => [name, { files }])));
  await graft(made);
  const found = paths.map((path) => [
    path,
    kind(made.out, path) === "link" ? readlinkSync(join(made.out, path)) : undefined,
  ]);
  made.close();
  return Object.fromEntries(found) as Record<string, string | undefined>;
}

t.test("libgdiplus answers to the name that .NET asks for", async (t) => {
  const dll = "usr/lib/gdiplus.dll";
  const files = { "usr/lib/libgdiplus.so": { to: "libgdiplus.so.0.0.0" }, "usr/lib/libgdiplus.so.0.0.0": "library" };
  t.equal((await links({ libgdiplus: files }, [dll]))[dll], "libgdiplus.so");
  t.equal((await links({ other: files }, [dll]))[dll], undefined, "only with its package");
  t.equal((await links({ libgdiplus: { "usr/lib/x": "x" } }, [dll]))[dll], undefined, "only with something at its end");
  t.equal((await links({ libgdiplus: files }, [dll], { [dll]: "base's" }))[dll], undefined, "the base's stays");
});

t.test("fontconfig's default configuration", async (t) => {
  const available = (...names: string[]): Tree =>
    Object.fromEntries(names.map((name) => [`usr/share/fontconfig/conf.avail/${name}`, "conf"]));
  const made = async (...names: string[]) => {
    const paths = ["10-hinting-slight", "70-no-bitmaps-except-emoji", "70-no-bitmaps"].map(
      (name) => `etc/fonts/conf.d/${name}.conf`,
    );
    const found = await links({ "fontconfig-config": available(...names) }, paths);
    return paths.filter((path) => found[path] !== undefined).map((path) => path.slice("etc/fonts/conf.d/".length));
  };
  t.same(await made("10-hinting-slight.conf", "70-no-bitmaps-except-emoji.conf", "70-no-bitmaps.conf"), [
    "10-hinting-slight.conf",
    "70-no-bitmaps-except-emoji.conf",
  ]);
  t.same(
    await made("10-hinting-slight.conf", "70-no-bitmaps.conf"),
    ["10-hinting-slight.conf", "70-no-bitmaps.conf"],
    "Debian 12",
  );
});

t.test("packages of installation and services are left out, unless a word names them", async (t) => {
  const made = lab(base);
  t.teardown(made.close);
  const names = [
    "debconf",
    "dpkg",
    "tar",
    "adduser",
    "passwd",
    "gnupg",
    "gpgv",
    "init-system-helpers",
    "lsb-base",
    "sysvinit-utils",
    "x11-common",
    "ucf",
    "systemd",
    "dbus-user-session",
  ];
  const control = [
    "Package: app\nVersion: 1",
    `Depends: ${names.join(", ")}, liba1`,
    "",
    ...[...names, "liba1"].flatMap((name) => [`Package: ${name}\nVersion: 1`, ""]),
  ];
  made.write("needed", {
    table: graftScripts["packages.txt"] ?? "",
    lines: "1\tDHI-NATIVE\tword\tapp\n1\tDHI-NATIVE\tword\tucf\n",
    words: "app\tapp\t\t1\nucf\tucf\t\t1\n",
    control: `${control.join("\n")}\n`,
  });
  const inputs = ["table", "lines", "words", "control"].flatMap((name) => [
    `kind=${name}`,
    join(made.root, "needed", name),
  ]);
  const { stdout } = await execa("awk", ["-F", "\t", "-f", join(made.root, "dhi/needed.awk"), ...inputs]);
  const kept = stdout
    .split("\n")
    .filter((line) => line.includes("\tkeep\t"))
    .map((line) => line.split("\t")[0]);
  t.same(kept, ["app", "ucf", "liba1"]);
});

t.test("packages that only the base may have", async (t) => {
  for (const name of ["libc6", "libc-bin", "base-files", "base-passwd"]) {
    const made = lab(base);
    unpack(made, { [name]: { files: { "usr/share/lacking": "x", "etc/lacking": "x" } } });
    await graft(made);
    t.equal(kind(made.out, "usr"), undefined, name);
    made.close();
  }
});

t.test("the table and the scripts", async (t) => {
  t.equal(
    packageTable([
      { why: "", extra: [{ for: "a", package: "b" }], links: [{ for: "a", path: "/x", to: "y", unless: "/z" }] },
    ]),
    "extra\ta\tb\nlink\ta\t0\t/x\ty\t/z\n",
  );
  t.throws(() => packageTable([{ why: "", leaveOut: ["a\tb"] }]), { message: "can't stand in the table of packages" });
  t.match(graftScripts["packages.txt"], "extra\tlibgdiplus\tfonts-dejavu-core\n");
  for (const [name, text] of Object.entries({ ...graftScripts, ...proofScripts })) {
    // Only an entry that its user pinned to a moment may be older than it says; test/graft-sources.test.ts has that.
    t.equal(/Check-Valid-Until/i.test(text), name === "sources.awk", name);
    t.notMatch(text, /\r|[^\t\n -~]|(x86_64|aarch64)-linux/, `${name} is plain text and names no architecture`);
    for (const [, used] of text.matchAll(/"\$lib\/([\w.-]+)"/g)) {
      const own = name in graftScripts ? graftScripts : proofScripts;
      t.ok(used !== undefined && used in own, `${name} has ${used} beside it`);
    }
  }
});

t.test("the shell scripts are clean", async (t) => {
  const found = await execa("shellcheck", ["--version"], { reject: false });
  if (found.failed) return t.plan(0, "shellcheck is not installed");
  // The scripts that make files get their names from make.sh.
  for (const [place, given] of [
    ["../src/graft/", []],
    ["../src/graft/cert/", ["-x", "-P", "..", "-e", "SC2154"]],
    ["../src/graft/cooldown/", ["-x", "-P", "..", "-e", "SC2154"]],
    ["../src/graft/run/", ["-x", "-P", "..", "-e", "SC2154"]],
    ["../images/packages/", ["-x", "-P", "../../src/graft", "-e", "SC2154"]],
  ] as const) {
    const folder = new URL(place, import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith(".sh"));
    const { stdout } = await execa("shellcheck", ["-s", "sh", ...given, ...names], {
      cwd: folder,
      reject: false,
    });
    t.equal(stdout, "", place);
  }
});

t.test("what the table makes has its script, and every script is of the table", (t) => {
  const rows = (graftScripts["packages.txt"] ?? "").split("\n").map((row) => row.split("\t"));
  const used = rows.filter(([kind]) => kind === "make").map(([, script]) => script ?? "");
  const there = readdirSync(new URL("../images/packages/", import.meta.url)).filter((name) => name.endsWith(".sh"));
  t.same([...new Set(used)].sort(), there.sort());
  for (const script of used) t.ok(script in graftScripts, script);
  t.end();
});

t.test("the shells of the table", async (t) => {
  for (const name of ["bash", "dash", "busybox", "busybox-static", "zsh"]) {
    t.match(graftScripts["packages.txt"], `shell\t${name}\n`);
  }
});
