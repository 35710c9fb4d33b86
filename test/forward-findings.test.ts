import t from "tap";
import type { Finding } from "../src/check/rule.ts";
import { todayOf } from "../src/check/today.ts";
import { withFindings } from "../src/forward/subrequests/findings.ts";
import { scratchFiles } from "../src/gateway/llb.ts";
import type { Result } from "../src/gateway/messages.ts";
import { serve } from "../src/serve.ts";
import { type Call, type Handlers, Refusal } from "./gateway-simulator/gateway-server.ts";
import { simulatedGateway } from "./gateway-simulator/simulate.ts";

// What builds and their checks tell of a file, against a simulated BuildKit. rules-build.test.ts asks a real one.

/** By its digest, so that nothing is to be said of it. */
const base = `dhi.io/node:22-debian13@sha256:${"0".repeat(64)}`;
const bad = `FROM ${base} AS final\nCOPY a.js ./\nCMD node a.js\n`;
const config = JSON.stringify({
  architecture: "amd64",
  os: "linux",
  config: { User: "node", WorkingDir: "/app", Cmd: ["node"] },
});

interface Play {
  readonly opts?: Readonly<Record<string, string>>;
  /** The inner frontend's answer. */
  readonly inner?: (opts: Readonly<Record<string, string>>) => Result;
  readonly handlers?: Handlers;
}

/** Serves one request; returns what was called, and how it ended. */
async function play(file: string, { opts = {}, inner, handlers = {} }: Play = {}) {
  const definition = scratchFiles([{ path: "Dockerfile", data: Buffer.from(file) }]);
  const built: Result = { ref: { id: "image", def: definition }, metadata: {}, attestations: {} };
  const { gateway, calls, stop } = simulatedGateway({
    readFile: ({ filePath = "", path = filePath }: { path?: string; filePath?: string }) => {
      if (path !== "Dockerfile") throw new Refusal({ message: `open ${path}: no such file or directory` });
      return { data: Buffer.from(file) };
    },
    resolveImageConfig: ({ ref }) => ({ ref, digest: "", config: Buffer.from(config) }),
    solve: ({ frontend, frontendOpt = {} }) => ({
      result: frontend ? (inner?.(frontendOpt) ?? built) : { ref: { id: "1" }, metadata: {}, attestations: {} },
    }),
    ...handlers,
  });
  const words = Object.entries({ filename: "Dockerfile", ...opts });
  await serve(gateway, {
    ...Object.fromEntries(words.map(([name, value], index) => [`BUILDKIT_FRONTEND_OPT_${index}`, `${name}=${value}`])),
    BUILDKIT_SESSION_ID: "session",
    BUILDKIT_WORKERS: '[{"ID":"worker","Platforms":[{"OS":"linux","Architecture":"amd64"}]}]',
  });
  stop();
  const returned = calls.find((call) => call.name === "return")?.request;
  return { calls, result: returned?.result, error: returned?.error };
}

function warned(calls: readonly Call[]): string[] {
  return calls.flatMap((call) => (call.name === "warn" ? [Buffer.from(call.request.short).toString()] : []));
}

function count(calls: readonly Call[], name: Call["name"]): number {
  return calls.filter((call) => call.name === name).length;
}

t.test("a plain file on a hardened base: the build's result, and a warning with its place", async (t) => {
  const { calls, result, error } = await play(bad);
  t.notOk(error);
  t.equal(result?.ref?.id, "1");
  const [short, ...more] = warned(calls);
  t.strictSame(more, []);
  t.match(short, /^DhiShellForm: CMD is in shell form.* write `CMD \["node", "a\.js"\]` \(line 3\)$/);
  const call = calls.find((one) => one.name === "warn");
  if (call?.name !== "warn") return t.fail("no warning");
  t.match(call.request, { info: { filename: "Dockerfile", language: "Dockerfile" }, level: 1 });
  t.match(call.request.ranges, [{ start: { line: 3 }, end: { line: 3 } }]);
  t.equal(Buffer.from(call.request.info?.data ?? []).toString(), bad);
  t.equal(count(calls, "resolveImageConfig"), 1, "the base is asked for once");
});

t.test("a plain file on other bases: no question, no warning, no solve more than without rules", async (t) => {
  const other = bad.replace(base, "gcr.io/distroless/nodejs22-debian12");
  const { calls, result } = await play(`# syntax=dhi-frontend:1\n${other}`);
  t.equal(result?.ref?.id, "1");
  t.strictSame(warned(calls), []);
  t.equal(count(calls, "resolveImageConfig"), 0);
  t.equal(count(calls, "solve"), count((await play("FROM scratch\n")).calls, "solve"));
  const mixed = await play(
    `FROM gcr.io/distroless/cc-debian12 AS one\nRUN a\n${bad.replace("AS final\nCOPY", "AS two\nCOPY --from=one")}`,
  );
  t.equal(warned(mixed.calls).length, 1);
  t.equal(count(mixed.calls, "resolveImageConfig"), 1, "only the hardened base is asked for");
});

t.test("a build looks at the stages that its target needs", async (t) => {
  const file = `${bad}FROM alpine:3.23 AS other\n`;
  t.strictSame(warned((await play(file)).calls), []);
  t.equal(warned((await play(file, { opts: { target: "final" } })).calls).length, 1);
});

t.test("with directives: once, for several platforms, too", async (t) => {
  const file = bad.replace("COPY", "DHI-VERIFY off\nCOPY");
  t.equal(warned((await play(file)).calls).length, 1);
  const several = await play(file, { opts: { platform: "linux/amd64,linux/arm64" } });
  t.equal(warned(several.calls).length, 1);
});

t.test("what the file or a build argument skips is not told", async (t) => {
  t.strictSame(warned((await play(`# check=skip=DhiShellForm\n${bad}`)).calls), []);
  t.strictSame(warned((await play(`# check=skip=all\n${bad}`)).calls), []);
  for (const name of ["BUILDKIT_DOCKERFILE_CHECK", "DHI_CHECK"]) {
    for (const value of ["skip=DhiShellForm", "skip=all"]) {
      t.strictSame(warned((await play(bad, { opts: { [`build-arg:${name}`]: value } })).calls), [], name);
    }
  }
  t.match((await play(bad, { opts: { "build-arg:DHI_CHECK": "off" } })).error?.message, "DHI_CHECK can't be read");
});

t.test("# check=error=true fails the build, in one error with the rules of BuildKit", async (t) => {
  const strict = `# check=error=true\n${bad}`;
  const own = await play(strict);
  t.equal(own.error?.message, "lint violation found for rules: DhiShellForm");
  t.equal(warned(own.calls).length, 1);
  const handlers: Handlers = {
    solve({ frontend }) {
      if (frontend) throw new Refusal({ message: "lint violation found for rules: StageNameCasing" });
      return { result: { ref: { id: "1" }, metadata: {}, attestations: {} } };
    },
  };
  const both = await play(strict, { handlers });
  t.equal(both.error?.message, "lint violation found for rules: StageNameCasing, DhiShellForm");
  t.equal((await play(bad, { handlers })).error?.message, "lint violation found for rules: StageNameCasing");
  t.notOk((await play(strict.replace("CMD node a.js", 'CMD ["node"]'))).error);
});

t.test("a base that can't be had: what is wrong with its name is told before BuildKit's error", async (t) => {
  const missing = new Refusal({ message: "dhi.io/node:22-bookworm: not found" });
  const { calls, error } = await play(bad.replace("22-debian13", "22-bookworm"), {
    handlers: {
      resolveImageConfig() {
        throw missing;
      },
      solve({ frontend }) {
        if (frontend) throw missing;
        return { result: { ref: { id: "1" }, metadata: {}, attestations: {} } };
      },
    },
  });
  t.equal(error?.message, missing.message);
  t.match(warned(calls).join("\n"), /DhiUnknownTag: .* did you mean `dhi\.io\/node:22-debian12`\? \(line 1\)/);
});

t.test("a check tells findings beside BuildKit's own, in the order of the file as text", async (t) => {
  const lint = (warnings: unknown, buildError?: unknown): Result => {
    const report = { warnings, sources: [{ filename: "Dockerfile", data: "" }], ...(buildError ? { buildError } : {}) };
    const metadata = {
      "result.json": Buffer.from(JSON.stringify(report)),
      "result.txt": Buffer.from("as BuildKit has it"),
      "result.statuscode": Buffer.from(warnings ? "1" : "0"),
    };
    return { metadata, attestations: {} };
  };
  const opts = { requestid: "frontend.lint" };
  const answer = async (file: string, inner: Result) => {
    const { result, calls } = await play(file, { opts, inner: () => inner });
    t.strictSame(warned(calls), [], "no warnings of a build");
    const text = (name: string) => Buffer.from(result?.metadata[name] ?? []).toString();
    return { ...JSON.parse(text("result.json")), text: text("result.txt"), status: text("result.statuscode") };
  };
  const upstream = { ruleName: "X", detail: "x", location: { ranges: [{ start: { line: 9 }, end: { line: 9 } }] } };
  const both = await answer(bad, lint([upstream]));
  t.match(both.warnings, [
    upstream,
    {
      ruleName: "DhiShellForm",
      description: "A command in shell form, in an image without a shell",
      detail: /shell form/,
      location: { ranges: [{ start: { line: 3 }, end: { line: 3 } }] },
    },
  ]);
  t.match(both.text, /WARNING: DhiShellForm\nCMD is in[\s\S]*>>> CMD node a\.js[\s\S]*WARNING: X/);
  t.equal(both.status, "1");
  t.equal((await answer(bad, lint(null))).status, "1", "without any of BuildKit's own");
  const all = await answer(`${bad}FROM alpine:3.23\n`, lint(null));
  t.strictSame(all.warnings ?? [], [], "a stage that does not start here starts nothing");
  const strict = await answer(`# check=error=true\n${bad}`, lint(null));
  t.match(strict.buildError, { message: "lint violation found for rules: DhiShellForm" });
  const merged = await answer(
    `# check=error=true\n${bad}`,
    lint([upstream], { message: "lint violation found for rules: X", location: {} }),
  );
  t.match(merged.buildError, { message: "lint violation found for rules: X, DhiShellForm" });
  const clean = await answer(`FROM ${base}\n`, lint(null));
  t.equal(clean.text, "as BuildKit has it", "nothing is touched where there is nothing to tell");
});

t.test("what is only worth knowing is told, and fails no check", async (t) => {
  const span = { start: { line: 1, column: 0 }, end: { line: 1, column: 4 } };
  const finding: Finding = { rule: "DhiNews", severity: "info", span, message: "news" };
  const answer = (): Result => {
    const report = { warnings: null, sources: [{ filename: "Dockerfile", data: "" }] };
    const metadata = { "result.json": Buffer.from(JSON.stringify(report)), "result.statuscode": Buffer.from("0") };
    return { metadata, attestations: {} };
  };
  const user = { source: { name: "Dockerfile", bytes: Buffer.from(bad) }, rulesUrl: "https://docs.example/{rule}.md" };
  const status = (findings: readonly Finding[]) =>
    Buffer.from(withFindings(answer(), findings, [], user).metadata["result.statuscode"] ?? []).toString();
  t.equal(status([finding]), "0");
  t.equal(status([finding, { ...finding, severity: "warning" }]), "1");
  const text = Buffer.from(withFindings(answer(), [finding], [], user).metadata["result.txt"] ?? []).toString();
  t.match(text, "WARNING: DhiNews - https://docs.example/DhiNews.md");
});

t.test("the day can be given; one that is none is an error", async (t) => {
  const clock = new Date("2026-11-22T23:59:59Z");
  t.equal(todayOf({ SOURCE_DATE_EPOCH: "0" }, clock), "2026-11-22", "the day of what is built does not count");
  t.equal(todayOf({ DHI_TODAY: "2027-01-31" }, clock), "2027-01-31");
  t.match((await play(bad, { opts: { "build-arg:DHI_TODAY": "soon" } })).error?.message, "`soon` is no day");
});
