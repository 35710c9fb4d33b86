import { readlinkSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { MuslCompiler } from "./graft/alpine/compile.ts";
import { AlpineLab, type Base, skip } from "./graft/alpine/lab.ts";
import type { ApkPackage } from "./graft/alpine/repository.ts";

// The tools of these packages are small programs in the place of the real ones, with the same arguments, for musl: they run with the base's own loader.

const musl = new MuslCompiler();
t.teardown(() => musl.close());

/** A program that writes its arguments to the file that a C expression names, or to its output. */
function tool(name: string, to: string): { readonly content: Buffer; readonly mode: number } {
  const source = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int help(void);
int main(int n, char **a) { FILE *f = ${to}; for (int i = 1; i < n; i++) fprintf(f, "%s\\n", strrchr(a[i], '/') ? strrchr(a[i], '/') : a[i]); return help(); }`;
  return { content: musl.compile(name, source, ["libhelp.so.1"]), mode: 0o755 };
}

function into(argument: string, file: string): string {
  return `({ char b[4096]; sprintf(b, "%s/${file}", ${argument}); fopen(b, "w"); })`;
}

const help = skip ? Buffer.alloc(0) : musl.compile("libhelp.so.1", "int help(void){return 0;}");
const xml = "<schema/>";
const source: readonly ApkPackage[] = skip
  ? []
  : [
      {
        name: "libhelp",
        provides: ["so:libhelp.so.1=1"],
        files: { "usr/lib/libhelp.so.1": { content: help, mode: 0o755 } },
      },
      {
        name: "glib",
        depends: ["so:libhelp.so.1"],
        files: {
          "usr/bin/glib-compile-schemas": tool("glib-compile-schemas", into("a[2]", "gschemas.compiled")),
          "usr/lib/libglib.so": "glib",
        },
      },
      { name: "settings", depends: ["glib"], files: { "usr/share/glib-2.0/schemas/a.gschema.xml": xml } },
      {
        name: "pixbuf",
        depends: ["so:libhelp.so.1"],
        files: {
          "usr/bin/gdk-pixbuf-query-loaders": tool(
            "query",
            '({ printf("# made\\n\\"%s/png.so\\"\\n", getenv("GDK_PIXBUF_MODULEDIR")); stdout; })',
          ),
          "usr/lib/gdk-pixbuf-2.0/2.10.0/loaders/png.so": "png",
        },
      },
      {
        name: "shared-mime-info",
        depends: ["so:libhelp.so.1"],
        files: {
          "usr/bin/update-mime-database": tool("update-mime-database", into("a[1]", "mime.cache")),
          "usr/share/mime/packages/freedesktop.org.xml": xml,
        },
      },
      {
        name: "ca-certificates",
        files: {
          "usr/share/ca-certificates/mozilla/B.crt": "B",
          "usr/share/ca-certificates/mozilla/A.crt": "A\n",
          "etc/ssl/certs": null,
        },
      },
      {
        name: "busybox",
        files: {
          "bin/busybox": {
            content: musl.compile(
              "busybox",
              '#include <stdio.h>\nint main(void){puts("bin/sh\\nbin/ls\\nusr/bin/awk\\nusr/sbin/x\\nbin/busybox");return 0;}',
            ),
            mode: 0o755,
          },
        },
      },
    ];

async function grafted(t: Test, line: string[], base: Base = {}) {
  const one = new AlpineLab(base);
  t.teardown(() => one.close());
  one.offer(source);
  const { code, stdout, stderr } = await one.graft("--line", ...line);
  t.equal(code, 0, stderr);
  return { one, stdout };
}

t.test("compiled schemas, by a program that stays away itself", { skip }, async (t) => {
  const { one, stdout } = await grafted(t, ["DHI-NATIVE", "settings"]);
  t.match(one.read("out/usr/share/glib-2.0/schemas/gschemas.compiled"), "/schemas");
  t.match(stdout, "made: /usr/share/glib-2.0/schemas/gschemas.compiled (compiled schemas, for settings)");
  t.match(one.read("out/var/lib/dhi/packages/settings.md5sums"), "  usr/share/glib-2.0/schemas/gschemas.compiled\n");
  t.notOk(one.list("out").includes("usr/bin/glib-compile-schemas"));
  const kept = await grafted(t, ["DHI-NATIVE", "settings"], {
    files: { "usr/share/glib-2.0/schemas/gschemas.compiled": "own" },
  });
  t.notOk(kept.one.list("out").includes("usr/share/glib-2.0/schemas/gschemas.compiled"));
  t.match(kept.stdout, "note: /usr/share/glib-2.0/schemas/gschemas.compiled is not made: the base has one");
});

t.test("the list of gdk-pixbuf's loaders", { skip }, async (t) => {
  const { one } = await grafted(t, ["DHI-NATIVE", "pixbuf"]);
  const list = one.read("out/usr/lib/gdk-pixbuf-2.0/2.10.0/loaders.cache");
  t.equal(list, '"/usr/lib/gdk-pixbuf-2.0/2.10.0/loaders/png.so"\n', "paths of the image, no comment");
});

t.test("the mime database", { skip }, async (t) => {
  const { one } = await grafted(t, ["DHI-NATIVE", "shared-mime-info"]);
  t.equal(one.read("out/usr/share/mime/mime.cache"), "/mime\n");
});

t.test("the bundle of authorities, where no package brings it", { skip }, async (t) => {
  const { one } = await grafted(t, ["DHI-NATIVE", "ca-certificates"]);
  t.equal(one.read("out/etc/ssl/certs/ca-certificates.crt"), "A\nB\n");
  const own = await grafted(t, ["DHI-NATIVE", "ca-certificates"], {
    files: { "etc/ssl/certs/ca-certificates.crt": "own" },
  });
  t.notOk(own.one.list("out").includes("etc/ssl/certs/ca-certificates.crt"));
});

t.test("busybox's links, when busybox is asked for", { skip }, async (t) => {
  const { one, stdout } = await grafted(t, ["DHI-TOOL", "busybox"], { merged: true, files: { "usr/bin/awk": "own" } });
  t.equal(readlinkSync(join(one.root, "out/usr/bin/ls")), "/bin/busybox");
  t.equal(readlinkSync(join(one.root, "out/usr/sbin/x")), "/bin/busybox");
  t.notOk(one.list("out").includes("usr/bin/awk"), "not over a file of the base");
  t.match(stdout, "made: 3 links to /bin/busybox");
  t.match(one.read("out/var/lib/dhi/packages/busybox"), /^Dhi-Links:\n( \/usr\/\S+\n)* \/usr\/sbin\/x$/m);
});

t.test("a tool that cannot run here is told", { skip }, async (t) => {
  const { stdout } = await grafted(t, ["DHI-NATIVE", "settings"], { files: { "etc/ld-musl-x86_64.path": "/nowhere" } });
  t.match(stdout, "note: /usr/share/glib-2.0/schemas/gschemas.compiled is not made: glib-compile-schemas is not there");
});
