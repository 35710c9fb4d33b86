import { fileURLToPath } from "node:url";
import t from "tap";
import { type Bench, bench, benchOn, HARDENED, OURS, stock, WITH_SHELL } from "./conformance/bench.ts";
import { handOver, ownEngine } from "./conformance/second-engine.ts";
import { atLeast } from "./engine/buildkit-version.ts";
import type { PrivateEngineOptions } from "./engine/private-engine.ts";
import { FRONTEND } from "./frontend-image.ts";
import { Refusal } from "./gateway-simulator/gateway-server.ts";
import { simulate } from "./gateway-simulator/simulate.ts";

// The same builds on other engines: Docker's classic image store, and Debian trixie's Docker (BuildKit 0.13, which knows no lint).

const files = { "hello.txt": "hello\n" };
const grafted = `${OURS}FROM ${WITH_SHELL} AS work
RUN echo >/made
FROM ${HARDENED} AS final
DHI-NATIVE libargon2-1
COPY --from=work /made /
COPY hello.txt /
`;
const plain = `${OURS}FROM ${WITH_SHELL}
LABEL a=1
COPY hello.txt /
RUN echo >/made
`;
const wrong = `${OURS}FROM ${HARDENED}
DHI-NATIVE no-such-package
`;
// Lint has something to say: JSONArgsRecommended.
const linted = `${OURS}FROM ${WITH_SHELL}\nCMD echo\n`;

/** An image as the engine holds it, without its name and its dates. */
async function loaded({ run, engine }: Bench, text: string): Promise<unknown> {
  const name = "dhi-conformance/engines";
  const built = await run(text, ["--load", "--provenance=false", `--tag=${name}`]);
  if (built.failed) throw new Error(built.output);
  const { stdout } = await engine.docker(["image", "inspect", name]);
  const [{ Config, RootFS, Architecture }] = JSON.parse(stdout);
  return { Config, RootFS, Architecture };
}

function conforms(name: string, options: PrivateEngineOptions): void {
  t.test(name, async (t) => {
    const here = await bench(t, files);
    if (here.engine.kind === "host") {
      t.comment("skipped: builds go to the user's own engine here, and another one can't be made");
      return;
    }
    const used = await ownEngine(t, options);
    await handOver(here.engine, used, [FRONTEND, HARDENED, `${HARDENED}-dev`, WITH_SHELL]);
    const there = benchOn(t, files, used);

    await t.test("a file with directives", async (t) => {
      const built = await there.run(grafted);
      t.notOk(built.failed, "builds", { output: built.output });
      t.match(built.output, /\[final\] DHI-NATIVE libargon2-1: packages/);
      t.notMatch(built.output, /dhi--/, "no generated name shows");
      const expanded = await here.expanded(grafted);
      t.strictSame(await loaded(there, grafted), await loaded(there, expanded), "gives the image of its expanded text");
    });

    await t.test("a file without directives gives the same image", async (t) => {
      const ours = await loaded(there, plain);
      t.strictSame(ours, await loaded(there, stock(plain)));
      t.match(ours, { Config: { Labels: { a: "1" } } });
    });

    await t.test("errors are told at the user's lines", async (t) => {
      const built = await there.run(wrong);
      t.ok(built.failed);
      t.match(built.output, />>> DHI-NATIVE no-such-package/);
      t.match(built.output, /Dockerfile:3\n/);
      const failing = await there.run(grafted.replace("echo >/made", "false # here"));
      t.match(failing.output, />>> RUN false # here/);
      const unknown = await there.run(grafted.replace("DHI-NATIVE", "DHI-NATIV"));
      t.match(unknown.output, /unknown directive DHI-NATIV; did you mean DHI-NATIVE/);
    });

    await t.test("lint, where the engine has it", async (t) => {
      const said = (output: string) => /JSONArgsRecommended/.test(output);
      const lints = atLeast(used.buildkit, "0.14");
      const native = linted.replace(WITH_SHELL, HARDENED).replace("CMD", "DHI-NATIVE libargon2-1\nCMD");
      for (const text of [linted, stock(linted), native]) {
        const built = await there.run(text);
        t.notOk(built.failed, "builds", { output: built.output });
        t.equal(said(built.output), lints, "warns");
        const checked = await there.run(text, ["--check"]);
        t.equal(said(checked.output), lints, "--check");
        if (!lints) t.match(checked.output, "unknown flag: --check");
      }
    });
  });
}

// Each takes about a minute: a new engine, and its images.
if (process.env.DHI_FULL) {
  conforms("the classic image store", { store: "classic" });
  conforms("Debian trixie's engine", { suite: "trixie" });
  conforms("Debian trixie's engine, classic image store", { suite: "trixie", store: "classic" });
}

t.test("BuildKit before 0.13 gets one clear error", async (t) => {
  const start = fileURLToPath(new URL("../dist/start.cjs", import.meta.url));
  const { error, exitCode, calls, stderr } = await simulate([process.execPath, start], {
    files: { Dockerfile: grafted },
    env: { BUILDKIT_WORKERS: '[{"id":"w","buildkitVersion":{"version":"v0.12.5"}}]' },
    handlers: {
      ping: () => ({ frontendCaps: [{ id: "gateway.solve.metadata", enabled: true }], llbCaps: [] }),
      inputs: () => {
        throw new Refusal({ code: 12, message: "unknown method Inputs" });
      },
    },
  });
  t.equal(exitCode, 0);
  t.equal(
    error?.message,
    "dhi-frontend needs BuildKit 0.13 or newer; this is BuildKit 0.12.5; update to Docker Engine 26.0 or newer, or build with a newer builder (docker buildx create --use)",
  );
  t.equal(stderr, "", "no stack trace");
  t.notOk(
    calls.some(({ name }) => name === "solve"),
    "nothing was tried",
  );
});
