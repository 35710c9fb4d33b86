// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Dockerfile words
import t from "tap";
import type { ParsedFile } from "../src/model.ts";
import { parse } from "../src/parse/dockerfile.ts";
import { reachable } from "../src/parse/reachable.ts";
import { scan } from "../src/parse/scanner.ts";
import { type BaseVariables, metaScope, stageScopes } from "../src/parse/scope.ts";
import { resolveFrom } from "../src/parse/stages.ts";

const amd64 = { os: "linux", architecture: "amd64" };
const arm = { os: "linux", architecture: "arm", variant: "v7" };

function parsed(text: string): ParsedFile {
  return parse(scan({ name: "Dockerfile", bytes: Buffer.from(text) }), () => true);
}

interface Given {
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly base?: BaseVariables;
  readonly target?: string;
}

function scopesOf(file: ParsedFile, { buildArgs = {}, base, target }: Given = {}) {
  const settings = { buildArgs, buildPlatform: amd64, targetPlatform: arm, ...(target ? { target } : {}) };
  return stageScopes(file, settings, () => base);
}

/** The value of V at the end of the last stage. */
function valueOfV(text: string, given?: Given): string | undefined {
  const file = parsed(text);
  return scopesOf(file, given)
    .at(file.stages.length - 1)
    .get("V");
}

t.test("before the first FROM", async (t) => {
  const meta = (text: string, buildArgs: Record<string, string> = {}) =>
    metaScope(parsed(text), { buildArgs, buildPlatform: amd64, targetPlatform: arm });
  const scope = meta("ARG A=a B=${A}b\nARG C\nARG D=$C$NONE.\nARG A=$A$A\nFROM x AS last\n", { C: "c", UNUSED: "u" });
  t.same(
    ["A", "B", "C", "D", "UNUSED", "TARGETPLATFORM", "TARGETARCH", "TARGETVARIANT", "BUILDPLATFORM", "TARGETSTAGE"].map(
      (name) => scope.get(name),
    ),
    ["aa", "ab", "c", "c.", undefined, "linux/arm/v7", "arm", "v7", "linux/amd64", "last"],
  );
  t.equal(meta("ARG A=a\n", { A: "" }).get("A"), "", "an empty --build-arg is a value");
  t.equal(meta("FROM x\n", { TARGETARCH: "mine" }).get("TARGETARCH"), "mine");
  t.equal(meta("ARG A=${B:?no}\nARG C=1\n").get("C"), "1", "a default that BuildKit refuses sets nothing");
  t.equal(meta("ARG __proto__=x\n").get("constructor"), undefined);
});

t.test("ARG and ENV in a stage", async (t) => {
  t.equal(valueOfV("FROM x\nARG V=1"), "1");
  t.equal(valueOfV("FROM x\nARG V"), undefined);
  t.equal(valueOfV("ARG V=meta\nFROM x\nARG V"), "meta", "declared again without a default");
  t.equal(valueOfV("ARG V=meta\nFROM x\nARG V=own"), "own");
  t.equal(valueOfV("ARG V=meta\nFROM x\n"), undefined, "not declared again");
  t.equal(valueOfV("FROM x\nARG V=1", { buildArgs: { V: "given" } }), "given");
  t.equal(valueOfV("FROM x\nENV Y=1", { buildArgs: { V: "given" } }), undefined, "given but not declared");
  t.equal(valueOfV("FROM x\nARG HTTP_PROXY\nENV V=$HTTP_PROXY", { buildArgs: { HTTP_PROXY: "p" } }), "p");
  t.equal(
    valueOfV("FROM x\nENV V=$HTTP_PROXY.", { buildArgs: { HTTP_PROXY: "p" } }),
    ".",
    "proxies reach commands, not variables",
  );
  t.equal(valueOfV("FROM x\nARG TARGETARCH\nENV V=$TARGETARCH"), "arm");
  t.equal(valueOfV("FROM x\nARG V=1\nENV V=2"), "2");
  t.equal(valueOfV("FROM x\nENV V=2\nARG V=1"), "1", "the later line wins");
  t.equal(valueOfV("FROM x\nARG V=1\nENV V=$V$V"), "11");
  t.equal(valueOfV("FROM x\nENV A=1\nENV A=2 V=$A"), "1", "values of one line see what stands before the line");
  t.equal(valueOfV("FROM x\nARG A=1 V=$A"), "1", "those of ARG see each other");
  t.equal(valueOfV("FROM x\nENV V a  b $V'c d'"), "a  b c d", "the old form");
  t.equal(valueOfV('FROM x\nENV "V"="a b" B=\'$V\''), "a b");
  t.equal(valueOfV("FROM x\nENV V=1\nENV V"), "1", "a line that BuildKit refuses");
  t.equal(valueOfV("FROM x\nENV V=1 W\nENV A=${B"), undefined);
  t.equal(valueOfV("# escape=`\nFROM x\nENV V=c:\\a` b\n"), "c:\\a b");
});

t.test("what a stage takes over", async (t) => {
  const base = { env: ["V=image", "PATH=/bin", "ODD"] };
  t.equal(valueOfV("FROM x", { base }), "image");
  t.equal(valueOfV("FROM x\nENV V=$PATH", { base }), "/bin");
  t.match(valueOfV("FROM x\nENV V=$PATH"), /^\/usr\/local\/sbin:/, "every image has a PATH");
  t.equal(valueOfV("FROM x AS a\nENV V=1\nFROM a"), "1");
  t.equal(valueOfV("FROM x AS a\nARG V=1\nFROM a"), "1", "ARG too");
  t.equal(valueOfV("FROM x AS a\nENV V=1\nARG V=2\nFROM a"), "1", "ENV is what the image keeps");
  t.equal(valueOfV("FROM x AS a\nENV V=1\nFROM y"), undefined);
  t.equal(valueOfV("FROM x AS a\nENV V=1\nFROM a AS b\nFROM b\nENV V=${V}2", { base }), "12");
  t.equal(valueOfV("FROM x AS a\nONBUILD ENV V=on\nFROM a"), "on");
  t.equal(valueOfV("FROM x AS a\nONBUILD ENV V=on\nFROM a AS b\nFROM b\nENV W=1"), "on", "by the image of b");
  t.equal(valueOfV("FROM x AS a\nONBUILD ENV V=$V.\nENV V=1"), "1", "not in its own stage");
  t.equal(valueOfV("FROM x", { base: { env: [], onbuild: ["ARG A=a", "ENV V=$A"] } }), "a");
});

t.test("the scope before an instruction", async (t) => {
  const file = parsed("FROM x\nENV V=1\nDHI-X $V\nENV V=2\n");
  const [call] = file.calls;
  const scopes = scopesOf(file);
  t.equal(scopes.at(0, call?.instruction).get("V"), "1");
  t.equal(scopes.at(0).get("V"), "2");
  const seen: (string | undefined)[] = [];
  scopes.walk(0, (_, scope) => seen.push(scope.get("V")));
  t.same(seen, [undefined, "1", "1"]);
});

t.test("FROM", async (t) => {
  const file = parsed(
    "ARG V=13\nARG N=Two\nFROM --platform=$BUILDPLATFORM debian:$V AS one\nFROM one AS two\nFROM two AS one\nFROM one\nFROM $N\nFROM ONE\nFROM scratch\nFROM three AS three\nFROM ${X:?}\nFROM 'debian'\n",
  );
  const { meta, froms } = scopesOf(file);
  t.same(froms, [
    { image: "debian:13", platform: "linux/amd64", scratch: false },
    { image: "one", stage: 0, scratch: false },
    { image: "two", stage: 1, scratch: false },
    { image: "one", stage: 2, scratch: false },
    { image: "Two", scratch: false },
    { image: "ONE", scratch: false },
    { image: "scratch", scratch: true },
    { image: "three", scratch: false },
    { image: "", scratch: false, problem: "X: is not set" },
    { image: "debian", scratch: false },
  ]);
  t.same(
    file.stages.map((stage) => resolveFrom(file, stage.index, meta)),
    froms,
    "one by one they come to the same",
  );
  t.same(scopesOf(parsed("FROM x AS scratch\nFROM scratch\n")).froms[1], {
    image: "scratch",
    stage: 0,
    scratch: false,
  });
});

t.test("what a target needs", async (t) => {
  const need = (text: string, target?: string, given?: Given) => {
    const file = parsed(text);
    return [...reachable(file, scopesOf(file, given), target)].sort((a, b) => a - b).join(" ");
  };
  const chain = "FROM x AS a\nFROM x AS b\nFROM a AS c\nFROM x AS d\n";
  t.equal(need(`${chain}FROM c\n`), "0 2 4");
  t.equal(need(`${chain}FROM x\nCOPY --from=b p q\n`), "1 4");
  t.equal(need(`${chain}FROM x\nCOPY --from=B p q\n`), "1 4", "names in any case");
  t.equal(need(`${chain}FROM x\nCOPY --from=2 p q\n`), "0 2 4", "by number");
  t.equal(need(`${chain}FROM x\nCOPY --from=9 p q\nCOPY --from=+1 p q\n`), "1 4");
  t.equal(need(`${chain}FROM x\nRUN --mount=from=d true\n`), "3 4");
  t.equal(need(`${chain}FROM x\nRUN --mount=from=1,target=/x true\n`), "4", "a mount takes a number for an image");
  t.equal(
    need(`${chain}FROM x\nCOPY --from=$A p q\n`, undefined, { buildArgs: { A: "b" } }),
    "4",
    "BuildKit replaces nothing there",
  );
  t.equal(need(`${chain}FROM x\nARG A=b\nDHI-FRAMEWORK --from=$A x\n`), "1 4", "a directive's --from has variables");
  t.equal(need(`${chain}FROM x\nDHI-RUNTIME --from=1 x\n`), "1 4");
  t.equal(need(`${chain}`, "c"), "0 2");
  t.equal(need(`${chain}`, "C"), "0 2");
  t.equal(need(`${chain}`, "nowhere"), "", "BuildKit reports an unknown target");
  t.equal(need("RUN x\n"), "");
  t.equal(need("FROM x AS a\nFROM x AS a\nFROM x\nCOPY --from=a p q\n"), "1 2", "of two stages with one name the last");
  t.equal(need("FROM x AS a\nCOPY --from=b p q\nFROM x AS b\nCOPY --from=a p q\n"), "0 1", "circles end");
  t.equal(need("FROM x AS a\nFROM x AS b\nONBUILD COPY --from=a p q\n"), "1", "a trigger is for the next stage");
  t.equal(need("FROM x AS a\nFROM x AS b\nONBUILD COPY --from=a p q\nFROM b\n"), "0 1 2");
  t.equal(need("FROM x AS a\nFROM x AS b\nONBUILD COPY --from=a p q\nFROM b AS c\nFROM c\n", "c"), "0 1 2");
});
