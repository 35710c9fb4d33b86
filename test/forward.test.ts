import t from "tap";
import { failure } from "../src/diagnostic.ts";
import { remapStatus, statusOf } from "../src/forward/errors.ts";
import { readOptions } from "../src/forward/options.ts";
import { remapDefinition, type Translation } from "../src/forward/remap.ts";
import { ownViolations } from "../src/forward/violations.ts";
import { opDigest } from "../src/gateway/definition.ts";
import { decodeSourceDetail, encodeSourceDetail, GatewayError, sourceDetailType } from "../src/gateway/error.ts";
import { scratchFiles } from "../src/gateway/llb.ts";
import type { Definition, Range } from "../src/gateway/messages.ts";
import type { LineOrigin, Printed } from "../src/model.ts";

const at = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 0 } });
const own = (line: number): LineOrigin => ({ spans: [at(line)], generated: false });
const ours = (step?: string): LineOrigin => {
  return { spans: [at(2)], generated: true, label: `DHI-NATIVE libpq5${step ? `: ${step}` : ""}` };
};

const text = [
  "FROM base AS dhi--base--final",
  "FROM builder AS dhi--native--final",
  "RUN sh /dhi/graft.sh -- libpq5",
  "FROM base AS final",
  "COPY --link --from=dhi--native--final /out/ /",
  "RUN false",
  "",
].join("\n");
const map = [ours("base image"), ours("builder"), ours("packages"), own(1), ours(), own(3)];
const stageNames = new Map([
  ["dhi--base--final", { name: "final", counted: false }],
  ["dhi--native--final", { name: "final", counted: false }],
  ["final", { name: "final", counted: true }],
  ["stage-7", { name: "stage-2", counted: true }],
]);
const printed: Printed = { bytes: Buffer.from(text), text, map, stageNames, generatedFor: new Map(), unchanged: false };
const user = { name: "Dockerfile", bytes: Buffer.from("FROM base AS final\nDHI-NATIVE libpq5\nRUN false\n") };
const translation: Translation = {
  printed,
  user,
  definition: scratchFiles([{ path: "Dockerfile", data: user.bytes }]),
};

const range = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 0 } });

function definition(ops: readonly { name: string; lines: readonly number[]; group?: string }[]): Definition {
  const def = ops.map(({ name }) => Buffer.from(name));
  const digests = def.map((bytes) => opDigest(bytes));
  return {
    def,
    metadata: Object.fromEntries(
      ops.map(({ name, group }, index) => [
        digests[index] ?? "",
        {
          description: { "llb.customname": name },
          caps: {},
          ...(group === undefined ? {} : { progressGroup: { id: "1", name: group } }),
        },
      ]),
    ),
    source: {
      infos: [{ filename: "Dockerfile", data: printed.bytes, language: "Dockerfile" }],
      locations: Object.fromEntries(
        ops.map(({ lines }, index) => [
          digests[index] ?? "",
          { locations: lines.map((line) => ({ sourceIndex: 0, ranges: [range(line)] })) },
        ]),
      ),
    },
  };
}

function names(remapped: Definition): (string | undefined)[] {
  return remapped.def.map((bytes) => remapped.metadata[opDigest(bytes)]?.description["llb.customname"]);
}

t.test("progress and source map of a definition speak of the user's file", async (t) => {
  const before = definition([
    { name: "[dhi--base--final 1/1] FROM base@sha256:1", lines: [1, 4] },
    { name: "[dhi--native--final 2/2] RUN sh /dhi/graft.sh -- libpq5", lines: [3] },
    { name: "[linux/arm64 final 2/3] COPY --link --from=dhi--native--final /out/ /", lines: [] },
    { name: "[final 3/3] RUN false", lines: [6] },
    { name: "[stage-7 1/4] RUN true", lines: [] },
    { name: "[internal] load build context", lines: [] },
  ]);
  const after = remapDefinition(before, translation);
  t.strictSame(names(after), [
    "[final] FROM base@sha256:1",
    "[final] DHI-NATIVE libpq5: packages",
    "[linux/arm64 final 2/3] DHI-NATIVE libpq5",
    "[final 3/3] RUN false",
    "[stage-2 1/4] RUN true",
    "[internal] load build context",
  ]);
  t.strictSame(after.def, before.def, "ops stay byte for byte");
  t.strictSame(Buffer.from(after.source?.infos[0]?.data ?? []), user.bytes);
  t.strictSame(after.source?.infos[0]?.definition, translation.definition);
  const lines = after.def.map((bytes) =>
    after.source?.locations[opDigest(bytes)]?.locations.flatMap((one) => one.ranges.map(({ start }) => start.line)),
  );
  t.strictSame(lines, [[2, 1], [2], [], [3], [], []]);
  t.equal(names(before)[1], "[dhi--native--final 2/2] RUN sh /dhi/graft.sh -- libpq5", "the original is left alone");
});

t.test("a progress group is named like its op", async (t) => {
  const quoted = "[final 2/3] COPY --link --from=dhi--native--final /out/ /";
  const after = remapDefinition(definition([{ name: quoted, lines: [5], group: quoted }]), translation);
  t.equal(Object.values(after.metadata)[0]?.progressGroup?.name, "[final 2/3] DHI-NATIVE libpq5");
});

t.test("the user's file stands once in the source map, though an input brought it too", async (t) => {
  const twice = definition([{ name: "[final 3/3] RUN false", lines: [6] }]);
  const own = { filename: "Dockerfile", data: user.bytes, language: "Dockerfile", definition: translation.definition };
  twice.source?.infos.unshift(own);
  for (const { locations } of Object.values(twice.source?.locations ?? {})) {
    for (const location of locations) location.sourceIndex = 1;
  }
  const after = remapDefinition(twice, translation);
  t.equal(after.source?.infos.length, 1);
  t.match(Object.values(after.source?.locations ?? {})[0]?.locations, [
    { sourceIndex: 0, ranges: [{ start: { line: 3 } }] },
  ]);
});

t.test("a source that is not ours stays", async (t) => {
  const other = definition([{ name: "[final 3/3] RUN false", lines: [6] }]);
  const [info] = other.source?.infos ?? [];
  if (info) info.data = Buffer.from("another file");
  const after = remapDefinition(other, translation);
  t.strictSame(Buffer.from(after.source?.infos[0]?.data ?? []).toString(), "another file");
  t.equal(Object.values(after.source?.locations ?? {})[0]?.locations[0]?.ranges[0]?.start.line, 6);
});

t.test("errors of the Dockerfile frontend come in the user's file and lines, text included", async (t) => {
  const detail = encodeSourceDetail({ info: { filename: "Dockerfile", data: printed.bytes }, ranges: [range(6)] });
  const other = { typeUrl: "example/other", value: Buffer.from("x") };
  const error = new GatewayError({
    code: 2,
    message: "dockerfile parse error on line 6: unknown instruction: RUNN",
    details: [other, detail],
  });
  const status = remapStatus(error, [translation]);
  t.equal(status.message, "dockerfile parse error on line 3: unknown instruction: RUNN");
  t.strictSame(status.details[0], other, "details that are not ours pass");
  t.equal(status.details[1]?.typeUrl, sourceDetailType);
  const decoded = decodeSourceDetail(status.details[1]?.value ?? Buffer.from(""));
  t.strictSame(Buffer.from(decoded?.info.data ?? []), user.bytes);
  t.equal(decoded?.ranges[0]?.start.line, 3);
});

t.test("our own errors carry one snippet for each diagnostic", async (t) => {
  const status = statusOf(failure("DhiX", at(2), "wrong", "write this"), user, []);
  t.equal(status.code, 2);
  t.equal(status.message, "wrong; write this");
  const decoded = decodeSourceDetail(status.details[0]?.value ?? Buffer.from(""));
  t.equal(decoded?.info.filename, "Dockerfile");
  t.match(decoded?.ranges, [{ start: { line: 2 }, end: { line: 2 } }]);
});

t.test("options are read as dockerui reads them", async (t) => {
  const opts = new Map([
    ["build-arg:A", "1=2"],
    ["platform", "linux/amd64,linux/arm/v7"],
    ["context:base", "docker-image://x"],
    ["context:base::linux/amd64", "docker-image://y"],
    ["cache-imports", '[{"Type":"registry","Attrs":{"ref":"r"}}]'],
  ]);
  const workers = [{ id: "w", platforms: [{ os: "linux", architecture: "amd64" }], buildkitVersion: "" }];
  const options = readOptions({ opts, sessionId: "s", workers, product: "", rulesUrl: "" });
  t.match(options, {
    buildArgs: { A: "1=2" },
    cacheImports: [{ type: "registry", attrs: { ref: "r" } }],
  });
  t.strictSame(options.targetPlatforms, [
    { os: "linux", architecture: "amd64" },
    { os: "linux", architecture: "arm", variant: "v7" },
  ]);
  t.strictSame([...options.namedContexts], ["base"]);
});

t.test("a build fails for the checks that the user's own lines break, and for no others", async (t) => {
  const said = "lint violation found for rules: FromAsCasing, JSONArgsRecommended, StageNameCasing";
  t.equal(ownViolations(said, new Set(["StageNameCasing", "FromAsCasing"])), said.replace("JSONArgsRecommended, ", ""));
  t.equal(ownViolations(said, new Set()), undefined);
  t.equal(ownViolations("failed to parse check options: x", new Set()), "failed to parse check options: x");
});
