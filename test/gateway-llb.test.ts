import { createHash } from "node:crypto";
import t from "tap";
import { cloneDefinition, decodeDefinition, encodeDefinition, head, opDigest } from "../src/gateway/definition.ts";
import { dockerfileSource, http, opOrder, scratchFiles, unpack } from "../src/gateway/llb.ts";
import { opCodec } from "../src/gateway/messages.ts";

// The wire format by hand (protobuf's encoding rules), so that the expected bytes owe nothing to the code under test.
function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}
const number = (field: number, value: number) => Buffer.from([...varint(BigInt(field * 8)), ...varint(BigInt(value))]);
function part(field: number, ...content: (Buffer | string)[]): Buffer {
  const bytes = Buffer.concat(content.map((one) => Buffer.from(one as string)));
  return Buffer.concat([Buffer.from([...varint(BigInt(field * 8 + 2)), ...varint(BigInt(bytes.length))]), bytes]);
}
const attr = (key: string, value: string) => part(2, part(1, key), part(2, value));
const constraints = part(11);
const digestOf = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const root = (op: Buffer) => part(1, part(1, digestOf(op)));

t.test("the local Dockerfile is the op that the Dockerfile frontend makes", async (t) => {
  const definition = dockerfileSource({ filename: "build/Dockerfile", localName: "dockerfile", sessionId: "s1" });
  const paths = `["build/Dockerfile","build/Dockerfile.dockerignore","build/dockerfile"]`;
  const op = Buffer.concat([
    part(
      3,
      part(1, "local://dockerfile"),
      attr("local.differ", "none"),
      attr("local.followpaths", paths),
      attr("local.session", "s1"),
      attr("local.sharedkeyhint", "dockerfile"),
    ),
    constraints,
  ]);
  t.same(definition.def.map(String), [op, root(op)].map(String));
  t.equal(head(definition), digestOf(op));
  t.same(definition.metadata[digestOf(op)], {
    description: { "llb.customname": "[internal] load build definition from build/Dockerfile" },
    caps: {
      "source.local": true,
      "source.local.sessionid": true,
      "source.local.followpaths": true,
      "source.local.sharedkeyhint": true,
    },
  });
  t.same(definition.metadata[digestOf(root(op))], {
    description: {},
    caps: { constraints: true, platform: true, "meta.description": true },
  });
});

t.test("file names are written as Go writes JSON; only the name Dockerfile has a lower case twin", async (t) => {
  const { def } = dockerfileSource({ filename: `a<b>&"\u2028ä.txt`, localName: "dockerfile", sessionId: "s" });
  const attrs = opCodec.decode(def[0] ?? Buffer.alloc(0)).source?.attrs ?? {};
  const name = String.raw`a\u003cb\u003e\u0026\"\u2028ä.txt`;
  t.equal(attrs["local.followpaths"], `["${name}","${name}.dockerignore"]`);
});

t.test("files of ours with their folders, each action on top of the one before", async (t) => {
  const data = Buffer.from("FROM scratch\n");
  const definition = scratchFiles(
    [
      { path: "a/b/Dockerfile", data },
      { path: "a/b/Dockerfile.dockerignore", data: Buffer.alloc(0), mode: 0o600 },
      { path: "/top", data, mode: 0o755 },
    ],
    "expanded",
  );
  const op = part(
    4,
    part(2, number(1, -1), number(2, -1), number(3, -1), part(6, part(1, "/a/b"), number(2, 0o755), number(3, 1))),
    part(2, number(2, -1), number(3, -1), part(5, part(1, "/a/b/Dockerfile"), number(2, 0o644), part(3, data))),
    part(
      2,
      number(1, 1),
      number(2, -1),
      number(3, -1),
      part(5, part(1, "/a/b/Dockerfile.dockerignore"), number(2, 0o600)),
    ),
    part(2, number(1, 2), number(2, -1), part(5, part(1, "/top"), number(2, 0o755), part(3, data))),
  );
  t.same(definition.def.map(String), [op, root(op)].map(String));
  t.match(definition.metadata[digestOf(op)], {
    description: { "llb.customname": "expanded" },
    caps: { "file.base": true },
  });
  t.same(scratchFiles([]), { def: [], metadata: {} }, "no files are no op");
  t.equal(head(scratchFiles([])), "");
});

t.test("a context from the web, unpacked", async (t) => {
  for (const order of ["by number", "kind last"] as const) {
    const inOrder = (kind: Buffer) => Buffer.concat(order === "by number" ? [kind, constraints] : [constraints, kind]);
    const source = http("https://example.org/c.tar", order, {
      filename: "context",
      customName: "[internal] load remote build context",
    });
    const sourceOp = inOrder(part(3, part(1, "https://example.org/c.tar"), attr("http.filename", "context")));
    const copyOp = (from: Buffer, ...copy: Buffer[]) =>
      Buffer.concat([part(1, part(1, digestOf(from))), inOrder(part(4, part(2, number(1, -1), part(4, ...copy))))]);
    const unpackOp = copyOp(sourceOp, part(1, "/context"), part(2, "/"), number(4, -1), number(7, 1), number(11, -1));
    const context = unpack(source, "context", order);
    t.same(context.def.map(String), [sourceOp, unpackOp, root(unpackOp)].map(String));
    t.same(Object.keys(context.metadata).sort(), [sourceOp, unpackOp, root(unpackOp)].map(digestOf).sort());
    t.match(context.metadata[digestOf(sourceOp)]?.description, {
      "llb.customname": "[internal] load remote build context",
    });
  }
});

t.test("the order of an op's fields follows BuildKit's version", async (t) => {
  t.strictSame(["v0.13.2", "v0.16.0", "v0.17.0", "v0.25.1", "0.25.1+unknown", "", undefined].map(opOrder), [
    "by number",
    "by number",
    ...Array(5).fill("kind last"),
  ]);
});

t.test("what our .proto files do not name survives a rewrite, and ops keep their bytes", async (t) => {
  const op = Buffer.concat([part(2, part(1, part(1, "sh"))), number(3000, 7), constraints]);
  const description = part(2, part(1, "llb.customname"), part(2, "[1/2] RUN x"));
  const metadata = [
    number(1, 1),
    description,
    part(5, part(1, "exec.meta.base"), number(2, 1)),
    part(6, part(1, "g"), part(2, "group")),
  ];
  const later = [part(7, number(1, 1 << 20)), part(99, "unknown")];
  const exportCache = part(4);
  const location = part(
    1,
    part(1, opDigest(op)),
    part(2, part(1, number(1, 1), part(2, part(1, number(1, 3)), part(2, number(1, 4)), part(9, "?")), part(8, "?"))),
  );
  const info = part(
    2,
    part(1, "Dockerfile"),
    part(2, "FROM x\n"),
    part(3, part(1, "def")),
    part(4, "Dockerfile"),
    part(5, "?"),
  );
  const bytes = Buffer.concat([
    part(1, op),
    part(2, part(1, opDigest(op)), part(2, ...metadata, ...later)),
    part(3, location, info),
    part(77, "unknown"),
  ]);
  const definition = decodeDefinition(bytes);
  t.ok(bytes.equals(encodeDefinition(definition)), "byte for byte");
  t.ok(bytes.equals(encodeDefinition(cloneDefinition(definition))), "and in a copy");

  const changed = definition.metadata[opDigest(op)];
  if (changed) changed.description["llb.customname"] = "[1/2] DHI-NATIVE x";
  t.equal(opDigest(definition.def[0] ?? Buffer.alloc(0)), opDigest(op));
  t.ok(
    Buffer.from(encodeDefinition(definition)).includes(Buffer.concat(later)),
    "fields that are not known follow a change",
  );

  const middle = Buffer.concat([
    part(2, part(1, "d"), part(2, number(1, 1), description, exportCache, part(5, part(1, "c"), number(2, 1)))),
  ]);
  t.ok(Buffer.from(encodeDefinition(decodeDefinition(middle))).includes(exportCache), "an empty one, too");
});
