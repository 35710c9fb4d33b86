import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { graft, kind, lab, type Tree, type Unpacked, unpack } from "./graft/lab.ts";

const folder = "usr/lib/x86_64-linux-gnu";
const base: Tree = {
  [`${folder}/libc.so.6`]: "libc",
  [`${folder}/ld-linux-x86-64.so.2`]: "loader",
  "etc/os-release": "ID=debian\nVERSION_ID=13\n",
};

/** The links at these paths, and the notes of the graft. */
async function links(packages: Readonly<Record<string, Unpacked>>, paths: readonly string[], more: Tree = {}) {
  const made = lab({ ...base, ...more });
  unpack(made, packages);
  await graft(made);
  const found = paths.map((path) => (kind(made.out, path) === "link" ? readlinkSync(join(made.out, path)) : undefined));
  const notes = readFileSync(join(made.work, "special.notes"), "utf8");
  made.close();
  return { found, notes };
}

const files = (...paths: string[]): Tree => Object.fromEntries(paths.map((path) => [path, "x"]));

/** A library under the path of its own and the name that programs ask for, as Debian's packages of BLAS are made. */
function blas(name: string, priority: number, ...libraries: string[]): Unpacked {
  return {
    files: files(...libraries.map((library) => `${folder}/${name}/${library}`)),
    postinst: `#! /bin/sh
set -e
${libraries
  .map(
    (library) => `
update-alternatives --install /${folder}/${library} \\
                    ${library}-x86_64-linux-gnu \\
	            /${folder}/${name}/${library} ${priority}
`,
  )
  .join("")}
exit 0
`,
  };
}

t.test("the alternative of the highest priority, for each library", async (t) => {
  const all = {
    libblas3: blas("blas", 10, "libblas.so.3"),
    liblapack3: blas("lapack", 10, "liblapack.so.3"),
    "libblis4-serial": blas("blis-serial", 70, "libblis.so.4", "libblas.so.3"),
    "libopenblas0-pthread": blas("openblas-pthread", 100, "libblas.so.3", "liblapack.so.3"),
    "libopenblas0-serial": blas("openblas-serial", 90, "libblas.so.3", "liblapack.so.3"),
  };
  const paths = ["libblas.so.3", "liblapack.so.3", "libblis.so.4"].map((name) => `${folder}/${name}`);
  t.same((await links(all, paths)).found, [
    `/${folder}/openblas-pthread/libblas.so.3`,
    `/${folder}/openblas-pthread/liblapack.so.3`,
    `/${folder}/blis-serial/libblis.so.4`,
  ]);
  const { libblas3, "libblis4-serial": blis } = all;
  t.same((await links({ libblas3, "libblis4-serial": blis }, paths)).found, [
    `/${folder}/blis-serial/libblas.so.3`,
    undefined,
    `/${folder}/blis-serial/libblis.so.4`,
  ]);
  t.same(
    (await links({ libblas3 }, paths, { "usr/lib/libblas.so.3": "base's" })).found,
    [undefined, undefined, undefined],
    "the base's library stays the only one",
  );
});

t.test("loops, variables, slaves, and other commands on the line", async (t) => {
  const { found, notes } = await links(
    {
      tools: {
        files: files("etc/kinit.mit", "etc/kinit.help", "etc/klist.mit", "opt/jvm-17/bin/java", "opt/jvm-17/keytool"),
        postinst: `#!/bin/sh
multiarch=x86_64-linux-gnu
basedir=/opt/jvm-17
tools='java'
priority=1711
if [ "$1" = configure ]; then
	priority=$(expr $priority - 1)
	for i in kinit klist
	do
		# update-alternatives --install /etc/comment comment /etc/kinit.mit 99
		for kind in mit; do
			update-alternatives --quiet --install /etc/$i $i "/etc/\${i}.$kind" 30 \\
				--slave /etc/$i.text $i.text /etc/$i.help || true
		done
	done
	for i in $tools; do
		update-alternatives \\
			--install \\
			/usr/bin/$i \\
			$i \\
			$basedir/bin/$i \\
			$priority \\
			$slave1 $slave2
	done
	if command -v update-alternatives; then update-alternatives --install /etc/keytool keytool /opt/jvm-17/keytool 5; fi
	cat <<-EOF
	update-alternatives --install /etc/heredoc heredoc /etc/kinit.mit 99
	EOF
fi
`,
      },
    },
    [
      "etc/kinit",
      "etc/kinit.text",
      "etc/klist",
      "etc/klist.text",
      "usr/bin/java",
      "etc/keytool",
      "etc/comment",
      "etc/heredoc",
    ],
  );
  t.same(found, [
    "/etc/kinit.mit",
    "/etc/kinit.help",
    "/etc/klist.mit",
    undefined,
    "/opt/jvm-17/bin/java",
    "/opt/jvm-17/keytool",
    undefined,
    undefined,
  ]);
  t.equal(notes, "");
});

t.test("no link to what does not come along, over what the base has, or out of the root", async (t) => {
  const postinst = `update-alternatives --install /etc/pager pager /bin/more 50
update-alternatives --install /etc/my.cnf my.cnf /etc/my.fallback 100
update-alternatives --install /etc/my.cnf my.cnf /etc/my.migrated 300
update-alternatives --install /etc/../../x x /etc/my.fallback 100
update-alternatives --remove thing /etc/my.fallback
`;
  const packages = { more: { files: files("bin/more", "etc/my.fallback"), postinst } };
  t.same((await links(packages, ["etc/pager", "etc/my.cnf", "x"])).found, [undefined, "/etc/my.fallback", undefined]);
  t.same((await links(packages, ["etc/my.cnf"], { "etc/my.cnf": "base's" })).found, [undefined]);
});

t.test("an alternative that can't be read is said, once, and only of a package that comes along", async (t) => {
  const postinst = `SONAME=$(basename "$1")
update-alternatives --install /usr/lib/\${SONAME} x /usr/lib/real/\${SONAME} 50
update-alternatives --install /usr/lib/y y /usr/lib/real/y $(rank)
`;
  const some = { libx: { files: files("usr/lib/real/y"), postinst } };
  t.equal(
    (await links(some, [])).notes,
    "note: libx: its script makes an alternative (update-alternatives) that could not be read, so the link for it is missing\n",
  );
  t.equal((await links({ libx: { ...some.libx, state: "maintainer" } }, [])).notes, "");
});
