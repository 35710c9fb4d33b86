import t, { type Test } from "tap";
import { check } from "../src/check/check.ts";
import { commandText } from "../src/check/command-text.ts";
import type { Rule } from "../src/check/rule.ts";
import { plainWords, simpleCommands } from "../src/check/shell-words.ts";
import type { FileView, StageView, State } from "../src/check/stage-view.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

// What rules see of a file: users, shells, programs, copies, from instruction to instruction.

const linux = { os: "linux", architecture: "amd64" };

async function view(dockerfile: string, buildArgs: Readonly<Record<string, string>> = {}): Promise<FileView> {
  let seen: FileView | undefined;
  const probe: Rule = {
    name: "DhiProbe",
    severity: "info",
    summary: "",
    docs: "",
    looksAt: "any",
    bad: [],
    good: [],
    check(_, file) {
      seen = file;
      return [];
    },
  };
  await check(
    { name: "Dockerfile", bytes: new TextEncoder().encode(dockerfile) },
    {
      buildArgs,
      platform: linux,
      buildPlatform: linux,
      facts: fromCatalog(),
      mirrors: [],
      scope: "all",
      hardenedOnly: false,
      today: "2026-11-22",
      rules: [probe],
    },
  );
  if (!seen) throw new Error("the file has no stage");
  return seen;
}

async function last(dockerfile: string): Promise<StageView> {
  const stage = (await view(dockerfile)).stages.at(-1);
  if (!stage) throw new Error("the file has no stage");
  return stage;
}

const node = "FROM dhi.io/node:22-debian13\n";
const dev = "FROM dhi.io/node:22-debian13-dev\n";

async function programs(t: Test, dockerfile: string, expected: Readonly<Record<string, boolean | undefined>>) {
  const { end } = await last(dockerfile);
  const found = Object.fromEntries(Object.keys(expected).map((name) => [name, end.program(name).there]));
  t.strictSame(found, expected, dockerfile);
}

t.test("programs of a base, by the packages that the catalogue declares", async (t) => {
  await programs(t, node, { npm: false, npx: false, yarn: false, curl: false, bash: false, sh: false, apt: false });
  await programs(t, node, { node: undefined, somethingelse: undefined });
  await programs(t, dev, { npm: true, yarn: true, corepack: true, bash: true, sh: true, git: true, curl: false });
  await programs(t, "FROM dhi.io/alpine-base:3.23\n", { sh: true, wget: true, bash: false, curl: false, ash: true });
  await programs(t, "FROM dhi.io/python:3.13-debian13\n", { pip: true, sh: false });
  await programs(t, "FROM dhi.io/ruby:3.4-debian13\n", { bundle: false, curl: false });
  await programs(t, "FROM dhi.io/node:22-nonsense\n", { npm: undefined });
  await programs(t, "FROM node:22\n", { npm: undefined, sh: true });
  await programs(t, "FROM scratch\n", { npm: false, sh: false });
});

t.test("programs that lines bring, and lines after which anything may be there", async (t) => {
  await programs(t, `${node}COPY --from=dhi.io/busybox:1 /bin/busybox /bin/sh\n`, { sh: true, npm: false });
  await programs(t, `${node}COPY --from=x /usr/bin/curl /usr/bin/\n`, { curl: true, sh: false, wget: undefined });
  await programs(t, `${node}COPY --from=x /usr/bin/curl /usr/local/bin/curl\n`, { curl: true, wget: false });
  await programs(t, `${node}COPY --from=x /out/ /\n`, { sh: undefined, curl: undefined });
  await programs(t, `${node}COPY --from=x /bin /bin\n`, { sh: undefined });
  await programs(t, `${node}WORKDIR /\nCOPY . .\n`, { sh: undefined });
  await programs(t, `${node}COPY . .\nCOPY package.json /\n`, { sh: false, curl: false });
  await programs(t, `${node}ADD rootfs.tar /\n`, { sh: undefined });
  await programs(t, `${node}ENV PATH=/app/bin:$PATH\nCOPY tools/ /app/bin/\n`, { mytool: undefined, curl: undefined });
  await programs(t, `${node}DHI-TOOL curl\n`, { curl: true, sh: false, bash: undefined });
  await programs(t, `${node}DHI-TOOL --allow-shell curl\n`, { sh: undefined });
  await programs(t, `${node}DHI-NATIVE libpq5\n`, { psql: undefined, curl: false });
  await programs(t, `${node}DHI-NATIVE --with=/usr/bin/wget libpq5\n`, { wget: true, curl: false });
  await programs(t, "FROM dhi.io/dotnet:8.0-debian13\nDHI-RUNTIME node:22\n", { npm: true, node: true, curl: false });
  await programs(t, `${node}DHI-RUN mkdir -p /data && chown node /data\n`, { curl: false, sh: false });
  await programs(t, `${node}DHI-RUN ln -s /usr/bin/node /bin/sh\n`, { curl: undefined, sh: undefined });
  await programs(t, `${node}RUN mkdir /data\nRUN cp a /bin/sh\n`, { sh: false, curl: false });
  await programs(t, `${dev}RUN mkdir -p /data\n`, { curl: false });
  await programs(t, `${dev}RUN apt-get update && apt-get install -y curl\n`, { curl: undefined, bash: true });
  await programs(t, `${dev}RUN npm i -g wget-cli\n`, { wget: undefined });
  await programs(t, `${node.trim()} AS a\nCOPY --from=x /usr/bin/curl /usr/bin/curl\nFROM a\n`, { curl: true });
  await programs(t, `${node.trim()} AS a\nONBUILD COPY --from=x / /\nFROM a\n`, { sh: undefined });
  await programs(t, `${node.trim()} AS a\nONBUILD ENV A=b\nFROM a\n`, { sh: false });
});

t.test("the user in force", async (t) => {
  const user = async (text: string) => {
    const found = (await last(text)).end.user;
    return found && [found.text, found.uid, found.gid, found.root];
  };
  t.strictSame(await user(node), ["node", 1000, 1000, false]);
  t.strictSame(await user(dev), ["root", 0, 0, true]);
  t.strictSame(await user(`${node}USER root\n`), ["root", 0, 0, true]);
  t.strictSame(await user(`${node}USER 0:0\n`), ["0:0", 0, 0, true]);
  t.strictSame(await user(`${node}USER app\n`), ["app", undefined, undefined, false]);
  t.strictSame(await user(`${node}ARG U=65532\nUSER $U:20\n`), ["65532:20", 65532, 20, false]);
  t.strictSame(await user(`${node}USER $APP_UID\n`), ["$APP_UID", undefined, undefined, undefined]);
  t.strictSame(await user(`${dev.trim()} AS a\nUSER node\nFROM a\n`), ["node", undefined, undefined, false]);
});

t.test("the working directory, the shell, and variables at each step", async (t) => {
  const stage = await last(
    `${dev}WORKDIR sub\nENV A=1 B=$A\nWORKDIR $A\nARG C\nSHELL ["/bin/bash", "-c"]\nENV A=2\nWORKDIR $C\nRUN true\n`,
  );
  t.strictSame(
    stage.steps.map(({ before }) => [before.workdir, before.variable("A"), before.ownShell?.[0]]),
    [
      ["/app", undefined, undefined],
      ["/app/sub", undefined, undefined],
      ["/app/sub", "1", undefined],
      ["/app/sub/1", "1", undefined],
      ["/app/sub/1", "1", undefined],
      ["/app/sub/1", "1", "/bin/bash"],
      ["/app/sub/1", "2", "/bin/bash"],
      [undefined, "2", "/bin/bash"],
    ],
  );
  t.strictSame([...(stage.steps[6]?.expand("$C").unset ?? [])], ["C"]);
  const child = await last(`${dev.trim()} AS a\nENV X=1\nFROM a\nENV Y=$X\nRUN true\n`);
  t.equal(child.end.variable("Y"), "1");
  t.equal(child.start.variable("X"), "1");
});

t.test("copies: from where, to which absolute path", async (t) => {
  const { end } = await last(
    `${dev.trim()} AS build\nFROM dhi.io/node:22-debian13\nCOPY --from=build --chown=node /a /b /dest/\nCOPY --from=0 ["a b", "./"]\nCOPY --from=dhi.io/static:20250419 /x $NOWHERE\n`,
  );
  const told = end.copies().map(({ stage, image, sources, destination, chown }) => {
    return [stage, image, sources, destination, chown];
  });
  t.strictSame(told, [
    [0, undefined, ["/a", "/b"], "/dest/", "node"],
    [0, undefined, ["a b"], "/app/", undefined],
    [undefined, "dhi.io/static:20250419", ["/x"], undefined, undefined],
  ]);
});

t.test("what is in force: the last of a keyword in the stages that start", async (t) => {
  const file = await view(
    `${dev.trim()} AS build\nCMD ["x"]\n${node.trim()} AS base\nCMD ["a"]\nCMD ["b"]\nENTRYPOINT ["e"]\nFROM base\nCMD ["c"]\n`,
  );
  const counted = file.stages.flatMap(({ steps }) => steps.filter(({ counts }) => counts));
  t.strictSame(
    counted.map((step) => commandText(step)?.exec?.[0]),
    ["e", "c"],
  );
  t.strictSame(
    file.stages.map(({ final, runs }) => [final, runs]),
    [
      [false, false],
      [false, true],
      [true, true],
    ],
  );
});

t.test("package managers and grafts", async (t) => {
  const managers = async (text: string) => ((await last(text)).end as State).packageManager;
  t.equal(await managers(node), "none");
  t.equal(await managers(dev), "apt");
  t.equal(await managers("FROM dhi.io/node:22-alpine3.23-dev\n"), "apk");
  const { end } = await last(`${node.trim()} AS a\nDHI-NATIVE libpq5\nFROM a\nDHI-TOOL curl\n`);
  t.strictSame(
    end.calls().map(({ word }) => word),
    ["DHI-NATIVE", "DHI-TOOL"],
  );
});

t.test("simple commands of a shell text", async (t) => {
  const words = (text: string) => simpleCommands(text).map((command) => command.words.join(" "));
  t.strictSame(words("apt-get update && apt-get install -y 'a b' | tee x; A=1 B=2 curl -f y || exit 1"), [
    "apt-get update",
    "apt-get install -y 'a b'",
    "tee x",
    "curl -f y",
    "exit 1",
  ]);
  t.strictSame(words("set -e\nif true; then npm ci; fi"), ["set -e", "true", "npm ci"]);
  t.strictSame(words("npm ci && echo $(curl x) && wget y"), ["npm ci"], "nothing is guessed behind a substitution");
  t.strictSame(words('echo "a && curl b" && npm ci'), ['echo "a && curl b"', "npm ci"]);
  t.strictSame(words("A=1"), []);
  t.strictSame(words("echo 'open"), []);
  const [, second] = simpleCommands("npm ci &&  curl x");
  t.strictSame([second?.start, second?.end], [11, 17]);
});

t.test("words that mean the same without a shell", async (t) => {
  t.strictSame(plainWords("node server.js --port=80"), ["node", "server.js", "--port=80"]);
  t.strictSame(plainWords("exec node 'a b' \"c d\"e"), ["node", "a b", "c de"]);
  const shell = [
    "node $A",
    "a && b",
    "a; b",
    "a > b",
    "A=1 b",
    "cd /x",
    "a *.js",
    "a ~",
    "a # b",
    "a \\\n b",
    "'a",
    "",
  ];
  for (const text of [...shell, "a {b,c}", "a !b", "if true", "a `b`", "a\tb | c"])
    t.equal(plainWords(text), undefined, text);
  t.strictSame(plainWords("a".repeat(50_000)), ["a".repeat(50_000)], "in linear time");
  t.equal(plainWords(`${"a".repeat(50_000)}$`), undefined);
});
