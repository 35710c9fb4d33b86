import t, { type Test } from "tap";
import { run } from "./conformance/buildx.ts";
import { BASE, DEV_BASE, openLab } from "./conformance/lab.ts";
import { type Case, ours, sameAnswer, sameImage, sameWords } from "./conformance/same.ts";
import { DIRECTIVE, SYNTAX, withoutDirectives } from "./conformance/text.ts";
import { FRONTEND } from "./frontend-image.ts";

// What a frontend is asked besides builds, what it says in them, and the parser directives: with directives and without.

const lab = await openLab(t);

/** Two stages, the first of them with a mistake that lint knows; a directive where `directive` is not empty. */
function file(directive: string, last = ""): string {
  return `${SYNTAX}
# base is what the rest stands on
ARG TAG=trixie
FROM ${BASE.replace("trixie", `\${TAG}`)} as base
${directive}

# Where the program is made
FROM ${DEV_BASE} AS build
# who is greeted
ARG WHO=world
ARG NOBODY
RUN --mount=type=secret,id=token,required echo "hello $WHO" >/hello
RUN --mount=type=ssh true

FROM base AS final
${directive}
MAINTAINER somebody
COPY --from=build /hello /hello
${last}`;
}

const PLAIN = "# nothing";

/** All pairs are tried by the long run only. */
const FULL = Boolean(process.env.DHI_FULL);

/** Both kinds of file. */
async function both(t: Test, check: (t: Test, text: string) => Promise<unknown>, last = ""): Promise<void> {
  if (FULL) await t.test("without directives", (t) => check(t, file(PLAIN, last)));
  await t.test("with directives", (t) => check(t, file(DIRECTIVE, last)));
}

for (const format of ["", ",format=json"]) {
  const kind = format === "" ? "text" : "JSON";
  t.test(`request: check, as ${kind}`, (t) =>
    both(t, async (t, text) => {
      t.match(await answer(t, text, `--call=check${format}`), /MaintainerDeprecated/);
    }),
  );
  t.test(`request: outline, as ${kind}`, (t) =>
    both(t, async (t, text) => {
      const said = await answer(t, text, `--call=outline${format}`);
      t.match(said, /WHO/);
      t.match(said, /token/);
      await answer(t, text, `--call=outline${format}`, "--target=build");
    }),
  );
  t.test(`request: targets, as ${kind}`, (t) =>
    both(t, async (t, text) => {
      const said = await answer(t, text, `--call=targets${format}`);
      t.match(said, /build/);
      t.notMatch(said, /dhi--/, "generated stages never show");
    }),
  );
}

/** The answer to a request, the same from both frontends. */
async function answer(t: Test, text: string, ...options: string[]): Promise<string> {
  const said = await sameAnswer(t, lab, { text, options }, (answer) =>
    options.some((option) => option.endsWith("json")) ? plainJson(answer) : answer,
  );
  const readable = options.some((option) => option.endsWith("json")) ? plainJson(said) : said;
  t.notMatch(readable, /dhi--/, "nothing generated shows");
  return readable;
}

/** An answer with the file that it holds in plain text, and without the LLB that loads the file, which names the session. */
function plainJson(answer: string): string {
  const text = (data: unknown) => withoutDirectives(Buffer.from(String(data), "base64").toString());
  const plain = JSON.parse(answer, (key, value) => {
    if (key === "definition") return undefined;
    if (key === "data") return text(value);
    return key === "sources" && typeof value[0] === "string" ? value.map(text) : value;
  });
  return JSON.stringify(plain, undefined, 2);
}

t.test("request: check has an exit code", (t) =>
  both(t, (t, text) => sameWords(t, lab, { text, options: ["--check"] })),
);
t.test("request: check of a file that is wrong", (t) =>
  both(t, (t, text) => sameWords(t, lab, { text, options: ["--check"] }), "COPYY a b\n"),
);
t.test("request: check of a clean file", async (t) => {
  const text = `${SYNTAX}\nFROM ${BASE}\n${DIRECTIVE}\n`;
  t.match(await sameAnswer(t, lab, { text, options: ["--check"] }), /no warnings found/);
});
t.test("request: targets of a target that is not there", (t) =>
  both(t, (t, text) => sameWords(t, lab, { text, options: ["--call=outline", "--target=nowhere"] })),
);
t.test("request: describe names what there is, and our own", (t) =>
  both(t, async (t, text) => {
    const options = ["--call=subrequests.describe"];
    const rows = (answer: string) => answer.split("\n").map((line) => line.replace(/ +/g, " ").trim());
    const one = rows((await ours(lab, { text, options })).answer);
    const stock = rows((await ours(lab, { text: withoutDirectives(text), options })).answer);
    t.ok(stock.length > 3, "the stock frontend describes its requests");
    t.same(
      one.filter((row) => !row.startsWith("dhi.expand ")),
      stock,
    );
    t.equal(one.length, stock.length + 1);
  }),
);
t.test("request: one that nobody knows", async (t) => {
  const { failed, output } = await ours(lab, { text: file(DIRECTIVE), options: ["--call=nonsense"] });
  t.ok(failed);
  t.match(output, /unsupported request frontend\.nonsense/);
});
t.test("request: LLB", async (t) => {
  const { failed, answer, output } = await ours(lab, { text: file(DIRECTIVE), options: ["--call=convertllb"] });
  if (/unsupported request/.test(output)) return t.ok(failed, "this buildx can't ask for it");
  t.notMatch(answer, /dhi--native--/, "names and lines are the user's");
});
t.test("request: expansion", async (t) => {
  const options = ["--call=dhi.expand"];
  const text = file(DIRECTIVE, "CMD []\n");
  const expanded = (await ours(lab, { text, options })).answer;
  t.match(expanded, /^FROM .* AS dhi--native--/m);
  t.notMatch(expanded, /^DHI-/m);
  t.match(expanded, `\n${text.slice(text.indexOf("MAINTAINER"))}`, "the user's lines stay");
  const untouched = file(PLAIN);
  t.equal((await ours(lab, { text: untouched, options })).answer.trimEnd(), untouched.trimEnd());
  const again = (await ours(lab, { text: expanded, options })).answer;
  t.equal(again.trimEnd(), expanded.trimEnd(), "expanding twice changes nothing");
});

const warned = (output: string) => output.match(/ - MaintainerDeprecated: .*/g) ?? [];
const SECRETS = ["--secret=id=token,env=HOME", "--ssh=default"];

t.test("warnings: once, at the user's lines", (t) =>
  both(t, async (t, text) => {
    const shorter = text.replace(/^RUN --mount=type=ssh.*\n/m, "");
    const ended = await sameWords(t, lab, { text: shorter, options: SECRETS.slice(0, 1) });
    t.notOk(ended.failed, "the file builds", { output: ended.output });
    t.equal(warned(ended.output).length, 1);
  }),
);
t.test("warnings: although the build then fails", (t) =>
  both(
    t,
    async (t, text) => {
      const shorter = text.replace(/^RUN --mount=type=ssh.*\n/m, "");
      const ended = await sameWords(t, lab, { text: shorter, options: SECRETS.slice(0, 1) });
      t.ok(ended.failed);
      t.equal(warned(ended.output).length, 1);
    },
    "COPY --from=build /nowhere /\n",
  ),
);
t.test("warnings: for several platforms once", async (t) => {
  const text = `${SYNTAX}\nFROM scratch\nMAINTAINER x\nWORKDIR work\n`;
  const ended = await sameWords(t, lab, { text, options: ["--platform=linux/amd64,linux/arm64"] });
  t.equal(warned(ended.output).length, 1);
});

for (const [rule, options] of [
  ["skip=MaintainerDeprecated", []],
  ["skip=all", []],
  ["error=true", []],
  ["skip=MaintainerDeprecated;error=true", []],
  ["skip=MaintainerDeprecated,FromAsCasing,LegacyKeyValueFormat;error=true", []],
  ["error=true", ["--build-arg=BUILDKIT_DOCKERFILE_CHECK=skip=all"]],
  ["skip=all", ["--build-arg=BUILDKIT_DOCKERFILE_CHECK=error=true"]],
  ["skip=all", ["--build-arg=BUILDKIT_DOCKERFILE_CHECK=skip=FromAsCasing;error=true"]],
  ["nonsense", []],
] as const) {
  t.test(`# check=${[rule, ...options].join(" ")}`, async (t) => {
    for (const text of [...(FULL ? [file(PLAIN)] : []), file(DIRECTIVE)]) {
      const short = text
        .replace(SYNTAX, `# check=${rule}\n${SYNTAX}`)
        .replace(/^RUN --mount.*\n/gm, "")
        .replace(/^COPY --from=build.*\n/m, "");
      await sameWords(t, lab, { text: short, options });
      if (FULL) await sameWords(t, lab, { text: short, options: [...options, "--check"] });
    }
  });
}

const SMALL = `FROM ${BASE}\n${DIRECTIVE}\nENV A=b\n`;

t.test("# check=experimental=all;error=true: generated lines break no rule", async (t) => {
  const described = `# check=experimental=all;error=true\n${SYNTAX}\n# final what runs.\nFROM ${BASE} AS final\n${DIRECTIVE}\n`;
  for (const text of [described, described.replaceAll(/from|as/gi, (word) => word.toLowerCase())]) {
    const built = await ours(lab, { text });
    t.notOk(built.failed, "built", { output: built.output });
    t.match(built.output, /^((?!WARN|violation).)*$/s, "no warning");
  }
});

t.test("# syntax=: forms that BuildKit knows", async (t) => {
  for (const head of [
    `#syntax=${FRONTEND}`,
    `#  SYNTAX = ${FRONTEND}`,
    `#!/usr/bin/env docker\n# syntax=${FRONTEND}`,
  ]) {
    const built = await ours(lab, { text: `${head}\n${SMALL}` });
    t.notOk(built.failed, head, { output: built.output });
  }
});
t.test("# syntax=: forms of other languages reach us, and are no Dockerfiles", async (t) => {
  for (const head of [`// syntax=${FRONTEND}`, `{"syntax": "${FRONTEND}"}`]) {
    const built = await ours(lab, { text: `${head}\n${SMALL}` });
    t.ok(built.failed, head);
    t.match(built.output, `dockerfile parse error on line 1: unknown instruction: ${head.split(/[ :]/)[0]}`);
  }
});
t.test("# syntax=: chosen by the build argument, whatever the file says", async (t) => {
  const options = [`--build-arg=BUILDKIT_SYNTAX=${FRONTEND}`];
  for (const head of ["", "# syntax=nobody.invalid/frontend\n"]) {
    const built = await ours(lab, { text: `${head}${SMALL}`, options });
    t.notOk(built.failed, head, { output: built.output });
    const plain = await ours(lab, { text: `${head}FROM ${BASE}\n`, options });
    t.notOk(plain.failed, `${head}, without directives`, { output: plain.output });
  }
});
t.test("# escape=", async (t) => {
  const head = `# escape=\`\n${SYNTAX}\n`;
  await sameImage(t, lab, { text: `${head}FROM ${BASE}\nENV A=1 \`\n    B=C:\\\\x\n` });
  await sameImage(t, lab, {
    text: `${head}FROM ${BASE}\nDHI-NATIVE \`\n  # why\n  libgif7\nENV A=1 \`\n    B=C:\\\\x\n`,
  });
});
t.test("line ends of Windows, and a byte order mark", async (t) => {
  await sameImage(t, lab, { text: `${SYNTAX}\r\nFROM ${BASE}\r\nENV A=1 \\\r\n  B=2\r\nCOPY <<E /x\r\ntext\r\nE\r\n` });
  const text = `${SYNTAX}\r\nFROM ${BASE}\r\n${DIRECTIVE}\r\nENV A=1 \\\r\n  B=2\r\nCOPY <<E /x\r\ntext\r\nE\r\n`;
  await sameImage(t, lab, { text });
  await sameImage(t, lab, { text: `\ufeff${text}` });
});

/** A mistake below a directive, and below the comment that stands in its place for the stock frontend. */
const mistakes: Record<string, string> = {
  "unknown instruction": "COPYY a b",
  "failing RUN": `FROM ${DEV_BASE} AS other\nRUN echo before && exit 7`,
  "failing RUN with a heredoc": `FROM ${DEV_BASE} AS other\nRUN <<EOF\necho one\nexit 3\nEOF`,
  "missing COPY source": "COPY nowhere /\nENV A=b",
  "missing source of a stage": `FROM ${DEV_BASE} AS other\nFROM final AS last\nCOPY --from=other /nowhere /`,
  "unknown flag": "COPY --frm=x a b",
  "stage that is not there": "COPY --from=nobody.invalid/x /a /b",
  "too few words": "COPY a",
  "bad FROM": "FROM a b c",
  "FROM without a name": `FROM \${MISSING}`,
  "name that is no reference": "FROM UPPER/Case",
  "bad mount": `FROM ${DEV_BASE} AS other\nRUN --mount=type=nonsense true`,
  "bad health check": "HEALTHCHECK --interval=x CMD true",
  "bad variable": `ENV A=\${B:x}`,
  "bad JSON flag": "ADD --checksum=x https://nobody.invalid/x /",
};
for (const [name, last] of Object.entries(mistakes)) {
  t.test(`error: ${name}`, async (t) => {
    const text = `${SYNTAX}\nFROM ${BASE} AS final\n${DIRECTIVE}\n${last}\n`;
    const one: Case = { text };
    const ended = await sameWords(t, lab, one);
    t.ok(ended.failed);
  });
}
t.test("error: an empty file, and one of comments", async (t) => {
  for (const text of [`${SYNTAX}\n`, `${SYNTAX}\n# nothing here\n\n`]) await sameWords(t, lab, { text });
});
t.test("error: our own, as JSON nobody else's", async (t) => {
  const { failed, output } = await run(lab, {
    context: "-",
    input: `${SYNTAX}\nFROM ${BASE}\nENV A=b\nDHI-NATIV libgif7\n`,
  });
  t.ok(failed);
  t.match(output, /4 \| >>> DHI-NATIV libgif7/);
});
