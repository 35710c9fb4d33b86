import t, { type Test } from "tap";
import { digestOf, run } from "./conformance/buildx.ts";
import { BASE, DEV_BASE, openLab } from "./conformance/lab.ts";
import { type Case, ours, sameImage, sameWords } from "./conformance/same.ts";
import { DIRECTIVE, SYNTAX, withoutDirectives } from "./conformance/text.ts";

// Options of a build that the Dockerfile frontend acts on: all reach it, in files with directives and without.

const lab = await openLab(t);

/** The same file with its directive as a comment, and as it is. */
async function both(t: Test, check: (t: Test, one: Case) => Promise<unknown>, one: Case): Promise<void> {
  const plain = one.text.replace(/^DHI-/gm, "# DHI-");
  await t.test("without directives", (t) => check(t, { ...one, text: plain }));
  await t.test("with a directive", (t) => check(t, one));
}

const sameOf = (t: Test, one: Case) => sameImage(t, lab, one);
const wordsOf = (t: Test, one: Case) => sameWords(t, lab, one);

const STAGES = `${SYNTAX}
FROM ${BASE} AS one
${DIRECTIVE}
ENV IN=one
FROM ${DEV_BASE} AS Two
RUN echo two >/two
FROM one AS last
${DIRECTIVE}
COPY --from=two /two /two
`;

t.test("target: each stage, in any case", async (t) => {
  for (const target of ["one", "two", "TWO", "last"]) {
    await both(t, sameOf, { text: STAGES, options: [`--target=${target}`] });
  }
});
t.test("target: one that is not there", async (t) => {
  for (const target of ["nowhere", "onee", "7"])
    await both(t, wordsOf, { text: STAGES, options: [`--target=${target}`] });
});
t.test("target: generated stages can't be asked for", async (t) => {
  for (const target of ["dhi--native--one", "DHI--Native--ONE", "dhi--scripts"]) {
    const { failed, output } = await ours(lab, { text: STAGES, options: [`--target=${target}`] });
    t.ok(failed, target);
    t.match(output, `target stage "${target}" could not be found`);
  }
});
t.test("target: only what it needs is resolved", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}
FROM nobody.invalid/private:1 AS unreachable
${DIRECTIVE}
RUN false
FROM ${BASE} AS final
${DIRECTIVE}
FROM unreachable
`,
    options: ["--target=final"],
  }),
);
t.test("target: a stage that nothing needs is not built", (t) =>
  both(t, sameOf, { text: `${SYNTAX}\nFROM ${DEV_BASE}\nRUN false\nFROM ${BASE}\n${DIRECTIVE}\n` }),
);

t.test("build arguments: in FROM, in a directive and in steps", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}
ARG TAG=nothing
FROM dhi.io/debian-base:\${TAG} AS final
ARG LIBRARY=nothing
DHI-NATIVE \${LIBRARY}
ARG WHO=nobody
ENV WHO=$WHO
`,
    options: ["--build-arg=TAG=trixie", "--build-arg=LIBRARY=libgif7", "--build-arg=WHO=a=b c"],
  }),
);
t.test("build arguments: predefined ones and those of the platform", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}
FROM --platform=$BUILDPLATFORM ${DEV_BASE} AS build
ARG TARGETPLATFORM TARGETSTAGE BUILDARCH HTTP_PROXY
RUN echo $TARGETPLATFORM $TARGETSTAGE $BUILDARCH >/out && env | grep -c HTTP_PROXY >>/out || true
FROM ${BASE} AS final
${DIRECTIVE}
COPY --from=build /out /out
`,
    options: ["--build-arg=HTTP_PROXY=http://127.0.0.1:9"],
  }),
);
t.test("build arguments: one that nobody uses", (t) =>
  both(t, wordsOf, { text: STAGES, options: ["--build-arg=NOBODY=1"] }),
);

t.test("stages by number", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}
FROM ${DEV_BASE}
RUN echo zero >/zero
FROM ${BASE}
${DIRECTIVE}
COPY --from=0 /zero /one
FROM ${DEV_BASE}
COPY --from=1 /one /two
FROM ${BASE}
${DIRECTIVE}
COPY --from=2 /two /three
`,
  }),
);

t.test("ONBUILD of the base", async (t) => {
  const base = "dhi-conformance/onbuild-base";
  t.teardown(() => lab.engine.docker(["image", "rm", "--force", base], { reject: false }));
  const made = await run(lab, {
    context: "-",
    input: `FROM ${BASE}\nONBUILD COPY app /trigger\nONBUILD ENV TRIGGERED=yes\n`,
    options: ["--load", `--tag=${base}`],
  });
  t.notOk(made.failed, "the base is made", { output: made.output });
  const text = `${SYNTAX}\nFROM ${base} AS final\n${DIRECTIVE}\nENV A=b\n`;
  const files = { "app/file": "x\n" };
  await both(t, sameOf, { text, files });
  const once = await digestOf(lab, { context: lab.folder({ ...files, Dockerfile: text }) });
  t.equal(once.output.match(/^#\d+ .*\] ONBUILD COPY app \/trigger$/gm)?.length, 1, "the trigger runs once", once);
});
t.test("ONBUILD of a stage", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}
FROM ${DEV_BASE} AS files
RUN echo x >/x
FROM ${BASE} AS parent
${DIRECTIVE}
ONBUILD COPY --from=files /x /trigger
FROM parent AS child
${DIRECTIVE}
ENV A=b
FROM child
ENV C=d
`,
  }),
);

const RUNS = `${SYNTAX}
FROM ${DEV_BASE} AS see
RUN cat /etc/hosts >/hosts && grep shm /proc/mounts >/shm && ulimit -n >/files && ls /sys/class/net >/nets
FROM ${BASE}
${DIRECTIVE}
COPY --from=see /hosts /shm /files /nets /
`;
t.test("what RUN sees: --add-host, --shm-size, --ulimit, --cgroup-parent", (t) =>
  both(t, sameOf, {
    text: RUNS,
    options: ["--add-host=somewhere:127.0.0.9", "--shm-size=48m", "--ulimit=nofile=1000:2000", "--cgroup-parent=dhi"],
  }),
);
t.test("what RUN sees: --network", async (t) => {
  const plain = withoutDirectives(RUNS).replace("#\n", `${SYNTAX}\n`);
  for (const mode of ["none", "host", "default"]) {
    await sameImage(t, lab, { text: plain, options: [`--network=${mode}`] });
  }
  await sameImage(t, lab, { text: RUNS, options: ["--network=host"] });
  await sameWords(t, lab, { text: plain, options: ["--network=nonsense"] });
});
t.test("what RUN sees: the network and the host name that a file asks for", (t) =>
  both(t, sameOf, {
    text: RUNS.replace("RUN cat", "RUN --network=none cat /proc/sys/kernel/hostname >/name && cat"),
    options: ["--build-arg=BUILDKIT_SANDBOX_HOSTNAME=somebody"],
  }),
);
t.test("RUN --security=insecure needs to be allowed", (t) =>
  both(t, wordsOf, { text: RUNS.replace("RUN cat", "RUN --security=insecure cat") }),
);

t.test("labels and annotations", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}\nFROM ${BASE}\n${DIRECTIVE}\nLABEL a=1 b=2\n`,
    options: ["--label=a=other", "--label=c=x=y", "--annotation=manifest:org.example=yes"],
  }),
);

t.test("--no-cache runs all again", async (t) => {
  const text = withoutDirectives(STAGES).replace("#\n", `${SYNTAX}\n`);
  await ours(lab, { text });
  const { output, failed } = await ours(lab, { text, options: ["--no-cache"] });
  t.notOk(failed, "it builds", { output });
  t.notOk(cached(output, /RUN echo two/), "the step ran", { output });
});
t.test("--no-cache-filter reaches the stages generated for a stage, and no others", async (t) => {
  const text = `${SYNTAX}\nFROM ${BASE} AS one\nDHI-NATIVE libgif7\nFROM ${BASE} AS two\nDHI-NATIVE zlib1g\nCOPY --from=one /etc/os-release /x\n`;
  await ours(lab, { text });
  const { output, failed } = await ours(lab, { text, options: ["--no-cache-filter=Two"] });
  t.notOk(failed, "it builds", { output });
  t.ok(cached(output, /DHI-NATIVE libgif7: packages/), "the other stage's packages stay", { output });
  t.notOk(cached(output, /DHI-NATIVE zlib1g: packages/), "the stage's packages are fetched", { output });
});

/** Whether the step whose name fits came from the cache. */
function cached(output: string, name: RegExp): boolean {
  const [, step] =
    output
      .split("\n")
      .map((line) => /^#(\d+) \[.*\] /.exec(line) && name.test(line) && /^#(\d+) /.exec(line))
      .find(Boolean) || [];
  if (step === undefined) throw new Error(`no step ${name} in:\n${output}`);
  return output.includes(`\n#${step} CACHED`);
}

const TWO = "--platform=linux/amd64,linux/arm64";

t.test("platforms: two of them, without directives", (t) =>
  sameImage(t, lab, {
    text: `${SYNTAX}
FROM --platform=$BUILDPLATFORM ${DEV_BASE} AS build
ARG TARGETARCH
RUN echo $TARGETARCH >/arch
FROM scratch
COPY --from=build /arch /
LABEL a=b
`,
    options: [TWO],
  }),
);
t.test("platforms: another one", (t) =>
  sameImage(t, lab, { text: `${SYNTAX}\nFROM scratch\nENV A=b\n`, options: ["--platform=linux/arm/v7"] }),
);
t.test("platforms: an index of one", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}\nFROM ${BASE}\n${DIRECTIVE}\n`,
    options: ["--build-arg=BUILDKIT_MULTI_PLATFORM=1"],
  }),
);
t.test("platforms: one of the build for a stage with a directive", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}
FROM --platform=$BUILDPLATFORM ${BASE} AS tools
${DIRECTIVE}
ARG TARGETARCH
ENV FOR=$TARGETARCH
FROM scratch
COPY --from=tools /etc/os-release /
`,
    options: [TWO],
  }),
);
t.test("platforms: stages that differ between them", (t) =>
  both(t, sameOf, {
    text: `${SYNTAX}
FROM --platform=linux/amd64 ${BASE} AS base-amd64
${DIRECTIVE}
FROM scratch AS base-arm64
FROM base-$TARGETARCH
ENV A=b
DHI-VERIFY off
`,
    options: [TWO],
  }),
);
t.test("platforms: one that is wrong", (t) =>
  both(t, wordsOf, { text: STAGES, options: ["--platform=linux/nonsense/x/y"] }),
);
