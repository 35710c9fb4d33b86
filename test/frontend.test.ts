import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import t from "tap";
import { decodeSourceDetail } from "../src/gateway/error.ts";
import { scratchFiles } from "../src/gateway/llb.ts";
import type { Definition } from "../src/gateway/messages.ts";
import { type Handlers, Refusal } from "./gateway-simulator/gateway-server.ts";
import { type Outcome, simulate } from "./gateway-simulator/simulate.ts";

// The bundle as the frontend image runs it, with a test that plays BuildKit over real pipes.
const start = fileURLToPath(new URL("../dist/start.cjs", import.meta.url));
const command = [process.execPath, start] as const;
const config = Buffer.from('{"architecture":"amd64","os":"linux","config":{}}');

function run(
  dockerfile: string,
  solve: NonNullable<Handlers["solve"]>,
  opts: Record<string, string> = {},
): Promise<Outcome> {
  return simulate(command, {
    opts,
    files: { Dockerfile: dockerfile },
    handlers: { solve, resolveImageConfig: ({ ref }) => ({ ref, digest: "", config }) },
  });
}

/** The bytes of a definition's ops. */
function size(definition: Definition | undefined): number {
  return (definition?.def ?? []).reduce((sum, op) => sum + op.length, 0);
}

const plain: NonNullable<Handlers["solve"]> = ({ frontend }) => {
  return { result: { ref: { id: frontend ? "image" : "file" }, metadata: {}, attestations: {} } };
};

t.test("a file without directives is handed on as it is, without an input of ours", async (t) => {
  const { calls, result, exitCode } = await run("FROM scratch\n", plain, { "build-arg:A": "1", source: "us" });
  t.equal(exitCode, 0);
  t.equal(result?.ref?.id, "image");
  const inner = calls.flatMap((call) => (call.name === "solve" && call.request.frontend ? [call.request] : []));
  t.equal(inner.length, 1);
  t.equal(inner[0]?.frontend, "dockerfile.v0");
  t.match(inner[0]?.frontendOpt, { "build-arg:A": "1" });
  t.notOk(inner[0]?.frontendOpt?.source, "our own name would make the inner frontend take its text for ours");
  t.notOk(inner[0]?.frontendInputs?.dockerfile);
});

t.test("an expanded file goes in as an input, and its result is solved again", async (t) => {
  const file = "FROM dhi.io/node:22-debian13 AS final\nDHI-NATIVE libpq5\n";
  const { calls, result, error } = await run(file, ({ frontend, frontendOpt }) => {
    const definition = scratchFiles([{ path: "x", data: Buffer.from("x") }]);
    definition.source = { infos: [], locations: {} };
    const metadata: Record<string, Uint8Array> = frontendOpt?.requestid
      ? { "result.json": Buffer.from("{}") }
      : { kept: Buffer.from("1") };
    const ref = frontend ? { id: "inner", def: definition } : { id: frontendOpt ? "again" : "file" };
    return { result: { ref, metadata, attestations: {} } };
  });
  t.equal(error, undefined);
  t.not(result?.ref?.id, "inner", "what comes back is the solve with the user's source map");
  t.match(result?.metadata, { kept: Buffer }, "the rest of the result stays");
  const inner = calls.flatMap((call) => (call.name === "solve" && call.request.frontend ? [call.request] : []));
  t.ok(
    inner.every((request) => request.frontendInputs?.dockerfile),
    "both the build and its lint get the expanded file",
  );
  t.ok(
    inner.every((request) => request.frontendOpt?.["context:dhi--scripts"] === "input:dhi--scripts"),
    "and the scripts' stage beside it",
  );
  const sizes = inner.map((request) => ({
    text: size(request.frontendInputs?.dockerfile),
    scripts: size(request.frontendInputs?.["dhi--scripts"]),
  }));
  sizes.sort((a, b) => a.scripts - b.scripts);
  t.ok(
    sizes.every((one) => one.text < 10_000),
    "the text holds no script",
  );
  t.ok((sizes[0]?.scripts ?? 0) < 1000, "lint gets none");
  t.ok((sizes[1]?.scripts ?? 0) > 50_000, "the build gets them");
  t.same(inner.map((request) => request.frontendOpt?.requestid).sort(), ["frontend.lint", undefined]);
});

t.test("a mistake in a directive is returned with the user's lines", async (t) => {
  const { error, exitCode, calls } = await run("FROM scratch\n\nDHI-NATIV x\n", plain);
  t.equal(exitCode, 0);
  t.match(error?.message, /unknown directive DHI-NATIV; did you mean DHI-NATIVE/);
  const detail = decodeSourceDetail(error?.details[0]?.value ?? Buffer.from(""));
  t.equal(detail?.ranges[0]?.start.line, 3);
  t.notOk(
    calls.some((call) => call.name === "solve" && call.request.frontend),
    "nothing was built",
  );
});

t.test("an image that can't be read is told at its FROM", async (t) => {
  const outcome = await simulate(command, {
    files: { Dockerfile: "FROM dhi.io/nod:22 AS final\nDHI-NATIVE libpq5\n" },
    handlers: {
      solve: plain,
      resolveImageConfig() {
        throw new Refusal({ message: "unknown" });
      },
    },
  });
  t.match(outcome.error?.message, /dhi\.io\/nod:22/);
  t.match(outcome.error?.message, /did you mean `dhi\.io\/node:22/);
  t.equal(decodeSourceDetail(outcome.error?.details[0]?.value ?? Buffer.from(""))?.ranges[0]?.start.line, 1);
});

t.test("warming up leaves V8's code, and the frontend runs with it", async (t) => {
  const folder = t.testdir();
  for (const name of ["start.cjs", "frontend.cjs", "catalog.json", "scripts.txt"])
    await cp(join(start, "..", name), join(folder, name));
  await execa(process.execPath, [join(folder, "start.cjs"), "--warm"]);
  t.ok(existsSync(join(folder, "frontend.cache")));
  const { result, exitCode } = await simulate([process.execPath, join(folder, "start.cjs")], {
    files: { Dockerfile: "FROM scratch\n" },
    handlers: { solve: plain },
  });
  t.equal(exitCode, 0);
  t.equal(result?.ref?.id, "image");
});
