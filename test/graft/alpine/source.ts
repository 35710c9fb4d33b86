import type { Test } from "tap";
import { AlpineLab, type Base } from "./lab.ts";
import type { ApkPackage } from "./repository.ts";

/** A lab that is closed after the test. */
export function lab(t: Test, base: Base = {}, offer: readonly ApkPackage[] = source): AlpineLab {
  const made = new AlpineLab(base);
  t.teardown(() => made.close());
  made.offer(offer);
  return made;
}

/** A package of the base; the source has a newer one. */
export const zlib: ApkPackage = {
  name: "zlib",
  version: "1.0-r0",
  provides: ["so:libz.so.1=1"],
  files: { "lib/libz.so.1": "old" },
};

/** What the builder's package source has. */
export const source: readonly ApkPackage[] = [
  { ...zlib, version: "2.0-r0", files: { "lib/libz.so.1": "new" } },
  {
    name: "libpic",
    depends: ["so:liblow.so.1", "so:libz.so.1", "so:libc.musl-x86_64.so.1", "/bin/sh"],
    files: {
      "usr/lib/libpic.so.1.0": "picture",
      "usr/lib/libpic.so.1": { to: "libpic.so.1.0" },
      "usr/bin/pic": { content: "program", mode: 0o4755 },
      "usr/bin/pic-link": { to: "pic" },
      "usr/share/licenses/libpic/COPYING": "licence",
      "usr/share/man/man1/pic.1": "manual",
      "usr/share/locale/de/LC_MESSAGES/pic.mo": "deutsch",
      "usr/include/pic.h": "header",
      "usr/lib/libpic.a": "static",
      "etc/pic.conf": "configuration",
      "var/lib/pic": { content: null, mode: 0o1777 },
    },
    scripts: { "post-install": "#!/bin/sh\nexit 1\n", trigger: "#!/bin/sh\nexit 1\n" },
    triggers: ["/usr/share/pic"],
  },
  { name: "liblow", provides: ["so:liblow.so.1=1"], files: { "lib/liblow.so.1": "low", "usr/share/low/data": "data" } },
  { name: "libpic-extra", installIf: ["libpic=1.0-r0", "liblow"], files: { "usr/share/pic/extra": "extra" } },
  { name: "libpic-tools", depends: ["libpic"], files: { "usr/bin/only": { content: "tool", mode: 0o755 } } },
  { name: "busybox", version: "1.37.0-r0", files: { "bin/busybox": { content: "busybox", mode: 0o755 } } },
  {
    name: "busybox-binsh",
    depends: ["busybox"],
    provides: ["/bin/sh", "cmd:sh=1"],
    providerPriority: 100,
    files: { "bin/sh": { to: "/bin/busybox" } },
  },
  { name: "bash", files: { "bin/bash": { content: "bash", mode: 0o755 }, "etc/bash/bashrc": "" } },
  {
    name: "scripts",
    depends: ["bash", "/bin/sh"],
    files: { "usr/bin/scripted": { content: "#!/bin/bash\n", mode: 0o755 } },
  },
  { name: "needsnew", depends: ["zlib=2.0-r0"] },
  { name: "libgdiplus", files: { "usr/lib/libgdiplus.so.0": "gdi" } },
  { name: "font-dejavu", files: { "usr/share/fonts/dejavu/DejaVuSans.ttf": "font" } },
  { name: "managed", depends: ["apk-tools", "liblow"], files: { "usr/share/managed": "" } },
  { name: "apk-tools", depends: ["libapk"], files: { "sbin/apk": { content: "apk", mode: 0o755 } } },
  { name: "libapk", files: { "usr/lib/libapk.so.1": "apk" } },
  { name: "needsmusl", depends: ["so:libc.musl-x86_64.so.1"], files: { "usr/lib/needsmusl.so": "" } },
  { name: "needsgone", depends: ["so:gone.so.1"] },
];
