import t from "tap";
import type { SolveRequest } from "../src/gateway/client.ts";
import {
  decodeSourceDetail,
  encodeSourceDetail,
  GatewayError,
  isNotFound,
  isUnimplemented,
  sourceDetailType,
} from "../src/gateway/error.ts";
import { Refusal } from "./gateway-simulator/gateway-server.ts";
import { simulatedGateway } from "./gateway-simulator/simulate.ts";

const def = { def: [Buffer.from([1, 2, 3])], metadata: {} };

t.test("ping tells what BuildKit can do", async (t) => {
  const { gateway, stop } = simulatedGateway({
    ping: () => ({
      frontendCaps: [
        { id: "frontend.inputs", enabled: true },
        { id: "gateway.warnings", enabled: false },
      ],
      llbCaps: [{ id: "file.base", enabled: true }],
    }),
  });
  t.teardown(stop);
  const { frontend, llb } = await gateway.ping();
  t.same([...frontend], ["frontend.inputs"], "what is switched off does not count");
  t.same([...llb], ["file.base"]);
});

t.test("solve carries options, inputs and cache imports, and brings refs, metadata and attestations", async (t) => {
  const attestation = {
    kind: 1,
    metadata: { reason: Buffer.from("sbom") },
    path: "sbom.json",
    predicateType: "https://spdx.dev/Document",
  };
  const { gateway, calls, stop } = simulatedGateway({
    solve: () => ({
      result: {
        refs: { refs: { "linux/amd64": { id: "a", def }, "linux/arm64": { id: "" } } },
        metadata: { "containerimage.config/linux/amd64": Buffer.from("{}") },
        attestations: { "linux/amd64": { attestation: [attestation] } },
      },
    }),
  });
  t.teardown(stop);
  const request: SolveRequest = {
    frontend: "dockerfile.v0",
    frontendOpt: { "build-arg:A": "b=c", target: "final" },
    frontendInputs: { dockerfile: def },
    cacheImports: [{ type: "registry", attrs: { ref: "r" } }],
  };
  const result = await gateway.solve(request);
  t.equal(result.refs?.refs["linux/amd64"]?.id, "a");
  t.same(result.refs?.refs["linux/amd64"]?.def?.def, def.def);
  t.equal(result.refs?.refs["linux/arm64"]?.id, "", "an empty filesystem has an empty ref");
  t.equal(String(result.metadata["containerimage.config/linux/amd64"]), "{}");
  t.match(result.attestations["linux/amd64"]?.attestation, [attestation]);
  t.match(calls, [{ name: "solve", request: { ...request, allowResultReturn: true, allowResultArrayRef: true } }]);
});

t.test("files and images", async (t) => {
  const { gateway, calls, stop } = simulatedGateway({
    readFile: ({ path, range }) => ({ data: Buffer.from(`${path}@${range?.offset ?? 0}+${range?.length ?? 0}`) }),
    resolveImageConfig: ({ ref, platform }) => ({
      ref,
      digest: `sha256:${platform?.architecture}`,
      config: Buffer.from("{}"),
    }),
  });
  t.teardown(stop);
  t.equal(String(await gateway.readFile("r", "/etc/os-release")), "/etc/os-release@0+0");
  t.equal(String(await gateway.readFile("r", "/a", { offset: 5, length: 7 })), "/a@5+7");
  const options = {
    platform: { os: "linux", architecture: "arm64", variant: "v8" },
    resolveMode: "local",
    logName: "load it",
  };
  t.match(await gateway.resolveImageConfig("dhi.io/node:22", options), {
    ref: "dhi.io/node:22",
    digest: "sha256:arm64",
  });
  t.match(
    calls.find((call) => call.name === "resolveImageConfig"),
    { request: options },
  );
});

t.test("warnings, results and errors go out", async (t) => {
  const { gateway, calls, stop } = simulatedGateway({});
  t.teardown(stop);
  const ranges = [{ start: { line: 3, character: 0 }, end: { line: 4, character: 2 } }];
  await gateway.warn({
    digest: "sha256:1",
    short: "short ä",
    detail: ["one", "two"],
    url: "u",
    ranges,
    info: { filename: "Dockerfile", data: Buffer.from("FROM x"), language: "Dockerfile" },
  });
  await gateway.returnResult({ ref: { id: "a" }, metadata: { k: Buffer.from("v") }, attestations: {} });
  await gateway.returnError({ code: 2, message: "no", details: [{ typeUrl: "t", value: Buffer.from("d") }] });
  t.match(calls[0], { name: "warn", request: { level: 1, ranges, info: { filename: "Dockerfile" } } });
  t.equal(String(calls[0]?.name === "warn" && calls[0].request.short), "short ä");
  t.match(calls[1], { name: "return", request: { result: { ref: { id: "a" } } } });
  t.match(calls[2], { name: "return", request: { error: { code: 2, message: "no", details: [{ typeUrl: "t" }] } } });
});

t.test("an error keeps its code, message and details", async (t) => {
  const { gateway, stop } = simulatedGateway({
    solve: () => {
      throw new Refusal({
        code: 12,
        message: "unsupported 100% ä\n",
        details: [{ typeUrl: "t", value: Buffer.from([0, 255]) }],
      });
    },
    readFile: () => {
      throw new Refusal({ message: "open /x: no such file or directory" });
    },
  });
  t.teardown(stop);
  const error = await gateway.solve({}).catch((error: unknown) => error);
  t.ok(error instanceof GatewayError);
  t.match(error, {
    code: 12,
    message: "unsupported 100% ä\n",
    details: [{ typeUrl: "t", value: Buffer.from([0, 255]) }],
  });
  t.ok(isUnimplemented(error));
  t.notOk(isNotFound(error));
  t.ok(isNotFound(await gateway.readFile("r", "/x").catch((error: unknown) => error)));
});

t.test("messages of 15 MB go through both ways, many calls at once", async (t) => {
  const big = Buffer.alloc(15 << 20, "0123456789abcdef");
  const { gateway, calls, stop } = simulatedGateway({
    readFile: ({ path }) => ({ data: path === "big" ? big : Buffer.from(path) }),
  });
  t.teardown(stop);
  const result = { ref: { id: "a" }, metadata: { big }, attestations: {} };
  const small = Array.from({ length: 300 }, (_, index) => gateway.readFile("r", `${index}`));
  const [read] = await Promise.all([gateway.readFile("r", "big"), gateway.returnResult(result)]);
  t.ok(big.equals(read));
  const returned = calls.find((call) => call.name === "return");
  t.ok(returned?.name === "return" && big.equals(returned.request.result?.metadata.big ?? Buffer.alloc(0)));
  t.same(
    (await Promise.all(small)).map(String),
    Array.from({ length: 300 }, (_, index) => `${index}`),
  );
});

t.test(
  "a request that is not known: by code, and by the detail alone, as BuildKit 0.13 answers frontend.lint",
  async (t) => {
    const typeUrl = "github.com/moby/buildkit/errdefs.Subrequest+json";
    const known = { code: 2, message: "unsupported request frontend.lint", details: [] };
    t.ok(isUnimplemented(new GatewayError({ ...known, code: 12 })));
    t.ok(isUnimplemented(new GatewayError({ ...known, details: [{ typeUrl, value: Buffer.from("{}") }] })));
    t.notOk(isUnimplemented(new GatewayError(known)));
    t.notOk(isUnimplemented(new Error("unsupported request frontend.lint")));
  },
);

t.test("the place of an error: read, changed and written as Go's JSON", async (t) => {
  const json = {
    info: { filename: "Dockerfile", data: "RlJPTSB4Cg==", definition: { def: ["AA=="] }, language: "Dockerfile" },
    ranges: [{ start: { line: 1 }, end: { line: 2, character: 3 } }],
    later: true,
  };
  const detail = decodeSourceDetail(Buffer.from(JSON.stringify(json)));
  t.equal(String(detail?.info.data), "FROM x\n");
  t.same(detail?.ranges, [{ start: { line: 1, character: 0 }, end: { line: 2, character: 3 } }]);
  if (!detail) return;
  detail.info.filename = "user.Dockerfile";
  detail.info.data = Buffer.from("FROM y\n");
  const written = encodeSourceDetail(detail);
  t.equal(written.typeUrl, sourceDetailType);
  t.match(JSON.parse(String(Buffer.from(written.value))), {
    info: { filename: "user.Dockerfile", data: "RlJPTSB5Cg==", definition: { def: ["AA=="] }, language: "Dockerfile" },
    later: true,
  });
  t.equal(decodeSourceDetail(Buffer.from("not JSON")), undefined);
  t.same(decodeSourceDetail(Buffer.from("{}")), { info: { filename: "", data: Buffer.alloc(0) }, ranges: [] });
});
