import t from "tap";
import { proofScripts } from "../src/graft/scripts.ts";
import { expansion, run } from "./conformance/buildx.ts";
import { BASE, openLab } from "./conformance/lab.ts";
import { SYNTAX, withoutSyntax } from "./conformance/text.ts";

// What is said of files that cannot be run, against what the loader says, on large closures: all there, then with one library after the other gone.

const lab = await openLab(t);

/** Runs in the stage of the graft, on the base with the graft in it: for each library that goes, what the loader misses, and what names tell. */
const COMPARE = `set -eu
export LC_ALL=C
lib=/scripts work=/graft/proof
cp -a /out/. /target/
mkdir /compare
cd /compare
loader=$(sed -n 's/^loader\\t//p' "$work/facts")
find /out -mindepth 1 -printf '%y\\t%m\\t%U\\t%G\\t%T@\\t%H\\t%P\\t%l\\n' >all
look() {
	awk -F '\\t' -v gone="$1" '$7 != gone' all >new.list
	grep -vxF "$1" "$work/asked" >asked
	env -i "PATH=$PATH" LC_ALL=C xargs -r -d '\\n' -P 2 -n 16 sh "$lib/ask-loader.sh" "$loader" <asked | cut -f 2-3 | sort -u >by-loader
	sh "$lib/by-name.sh" "$work/search" "$work/base.list" "$PWD/new.list" <asked | cut -f 2-3 | sort -u >by-name
	printf 'RESULT %s|%s|%s\\n' "$1" "$(tr '\\t\\n' ' ;' <by-loader)" "$(tr '\\t\\n' ' ;' <by-name)"
}
look ''
awk -F '\\t' '$1 == "f" && $7 ~ /[.]so[.][0-9.]*$/ { print $7 }' all | sort | awk -v step="$1" 'NR % step == 0' | while read -r file; do
	mv "/target/$file" /compare/gone
	look "$file"
	mv /compare/gone "/target/$file"
done
`;

/** A plugin's, which apt does not bring, as after a classic install; the loader stops at the first. */
const SUGGESTED = /^missing lib(GLU|glut)\.so\.\d$/;

/** Each line, and every how manyth library is taken away. */
const CLOSURES = [
  ["DHI-NATIVE libmagickwand-7.q16-10", 3],
  ["DHI-TOOL ffmpeg", 12],
] as const;

for (const [line, step] of CLOSURES) {
  t.test(line, async (t) => {
    const Dockerfile = `${SYNTAX}\nFROM ${BASE} AS final\n${line}\n`;
    const text = await expansion(lab, { context: lab.folder({ Dockerfile }) });
    const graft = /^FROM .* AS (dhi--(?:native|tool)--final)$/m.exec(text)?.[1];
    const compare = `FROM ${graft} AS compare
RUN --mount=type=bind,from=dhi--base--final,target=/target,rw --mount=type=bind,source=scripts,target=/scripts sh /scripts/compare.sh ${step}
`;
    const scripts = { ...proofScripts, "compare.sh": COMPARE };
    const files = Object.fromEntries(Object.entries(scripts).map(([name, content]) => [`scripts/${name}`, content]));
    const context = lab.folder({ ...files, Dockerfile: `${withoutSyntax(text)}${compare}` });
    const { failed, output } = await run(lab, { context, options: ["--target=compare", "--no-cache-filter=compare"] });
    t.notOk(failed, "it runs", { output });
    const list = (text = "") => text.split(";").filter((one) => one !== "" && !SUGGESTED.test(one));
    const [whole, ...taken] = [...output.matchAll(/RESULT (.*?)\|(.*?)\|(.*)$/gm)].map(([, gone, byLoader, byName]) => {
      return { gone, byLoader: list(byLoader), byName: list(byName) };
    });
    t.same(whole, { gone: "", byLoader: [], byName: [] }, "nothing is missing in the whole closure");
    for (const { gone, byLoader, byName } of taken)
      t.same(byName, byLoader, `without /${gone}: ${byLoader.join(", ")}`);
    const missed = taken.filter(({ byLoader }) => byLoader.length > 0);
    t.ok(missed.length >= 8, `${missed.length} of ${taken.length} libraries that were taken away are missed`);
  });
}
