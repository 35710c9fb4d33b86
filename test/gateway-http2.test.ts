import { PassThrough } from "node:stream";
import t from "tap";
import { openConnection } from "../src/gateway/connection.ts";
import { GatewayError } from "../src/gateway/error.ts";
import {
  encodeSettings,
  type Frame,
  flag,
  frame,
  frameReader,
  preface,
  setting,
  type,
  uint32,
} from "../src/gateway/http2/frames.ts";
import { decodeHeaders, encodeHeaders } from "../src/gateway/http2/hpack.ts";
import { decodeHuffman } from "../src/gateway/http2/huffman.ts";
import { statusCodec } from "../src/gateway/messages.ts";
import { methods } from "../src/gateway/methods.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const nothing = Buffer.alloc(0);

t.test("Huffman codes and header blocks: the examples of RFC 7541 appendix C", async (t) => {
  t.equal(String(decodeHuffman(hex("f1e3 c2e5 f23a 6ba0 ab90 f4ff"))), "www.example.com");
  t.equal(
    String(
      decodeHuffman(
        hex(
          "94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
        ),
      ),
    ),
    "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
  );
  t.throws(() => decodeHuffman(hex("ff ff ff ff")), /Huffman/, "the end mark");
  t.throws(() => decodeHuffman(hex("f1e3 c2e5 f23a 6ba0 ab90 f4 00")), /padding/);
  const response =
    "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3";
  t.same(
    [...decodeHeaders(hex(response))],
    [
      [":status", "302"],
      ["cache-control", "private"],
      ["date", "Mon, 21 Oct 2013 20:13:21 GMT"],
      ["location", "https://www.example.com"],
    ],
  );
  t.same(
    [...decodeHeaders(hex("20 88 3f e1 1f 0f 10 01 78 83"))],
    [
      [":status", "200"],
      ["content-type", "x"],
      [":method", "POST"],
    ],
  );
});

t.test("headers of any length go round; broken ones are refused", async (t) => {
  for (const length of [0, 1, 126, 127, 128, 254, 255, 16510, 16511, 70000, 3_000_000]) {
    t.equal(decodeHeaders(encodeHeaders([["x", "y".repeat(length)]])).get("x")?.length, length);
  }
  for (const broken of ["be", "80", "00 01", "00 01 78 05 79", "00 7f ff ff ff ff ff 7f", "40"]) {
    t.throws(() => decodeHeaders(hex(broken)), RangeError, broken);
  }
});

/** The other end, frame by frame. */
function peer() {
  const toPeer = new PassThrough();
  const fromPeer = new PassThrough();
  const frames: Frame[] = [];
  let wake = () => {};
  let seen = preface.length;
  const read = frameReader((one) => {
    frames.push({ ...one, payload: Buffer.from(one.payload) });
    wake();
  });
  toPeer.on("data", (chunk: Buffer) => {
    const skipped = Math.min(seen, chunk.length);
    seen -= skipped;
    read(chunk.subarray(skipped));
  });
  const connection = openConnection({ read: fromPeer, write: toPeer });
  const send = (...parts: Buffer[]) => fromPeer.write(Buffer.concat(parts));
  /** The next frame of a type. */
  const next = async (wanted: number): Promise<Frame> => {
    for (;;) {
      const index = frames.findIndex((one) => one.type === wanted);
      const [found] = index < 0 ? [] : frames.splice(index, 1);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const call = (path = "x") => connection.call(methods.readFile, { ref: "r", path }).catch((error: unknown) => error);
  return { connection, frames, fromPeer, send, next, call };
}

const ok = encodeHeaders([
  [":status", "200"],
  ["content-type", "application/grpc"],
]);
const fine = encodeHeaders([["grpc-status", "0"]]);
const message = (data: string) => {
  const bytes = methods.readFile.response.encode({ data: Buffer.from(data) });
  return Buffer.concat([Buffer.from([0]), uint32(bytes.length), bytes]);
};

/** A header block in frames of at most `size` bytes. */
function headerFrames(stream: number, block: Buffer, flags: number, size: number): Buffer {
  const count = Math.max(1, Math.ceil(block.length / size));
  return Buffer.concat(
    Array.from({ length: count }, (_, index) => {
      const end = index === count - 1 ? flag.endHeaders : 0;
      const part = block.subarray(index * size, (index + 1) * size);
      return index === 0 ? frame(type.headers, flags | end, stream, part) : frame(type.continuation, end, stream, part);
    }),
  );
}

t.test("an error whose details hold a large Dockerfile arrives whole", async (t) => {
  const { call, send, next } = peer();
  const answer = call();
  const { stream } = await next(type.headers);
  const value = Buffer.alloc(500_000, "RUN true\n");
  const status = { code: 2, message: "parse error", details: [{ typeUrl: "t", value }] };
  const details = Buffer.from(statusCodec.encode(status)).toString("base64").replace(/=+$/, "");
  const trailers = encodeHeaders([
    ["grpc-status", "2"],
    ["grpc-message", "parse error"],
    ["grpc-status-details-bin", details],
  ]);
  send(headerFrames(stream, ok, 0, 16384), headerFrames(stream, trailers, flag.endStream, 16384));
  t.match(await answer, status);
});

t.test("frames in single bytes, padded, with priority, with unknown and interim ones between", async (t) => {
  const { call, fromPeer, next } = peer();
  const answer = call();
  const { stream } = await next(type.headers);
  const body = message("hello");
  const bytes = Buffer.concat([
    frame(type.settings, 0, 0, encodeSettings([[setting.maxFrameSize, 20000]])),
    frame(0xee, 0, 0, Buffer.from("?")),
    frame(type.headers, flag.endHeaders, stream, encodeHeaders([[":status", "103"]])),
    frame(
      type.headers,
      flag.endHeaders | flag.padded | flag.priority,
      stream,
      Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 9]), ok, Buffer.alloc(3)]),
    ),
    frame(type.data, flag.padded, stream, Buffer.concat([Buffer.from([2]), body.subarray(0, 4), Buffer.alloc(2)])),
    frame(type.data, 0, stream, body.subarray(4)),
    headerFrames(stream, fine, flag.endStream, 5),
  ]);
  for (const byte of bytes) fromPeer.write(Buffer.from([byte]));
  t.match(await answer, { data: Buffer.from("hello") });
});

t.test("settings and pings are acknowledged, windows kept", async (t) => {
  const { call, send, next, frames } = peer();
  t.same(
    (await next(type.settings)).payload,
    encodeSettings([
      [setting.headerTableSize, 0],
      [setting.enablePush, 0],
      [setting.initialWindowSize, 0x7fffffff],
    ]),
  );
  send(
    frame(
      type.settings,
      0,
      0,
      encodeSettings([
        [setting.initialWindowSize, 10],
        [setting.maxConcurrentStreams, 1],
      ]),
    ),
  );
  t.equal((await next(type.settings)).flags, flag.ack);
  send(frame(type.ping, 0, 0, Buffer.from("12345678")));
  t.match(await next(type.ping), { flags: flag.ack, payload: Buffer.from("12345678") });

  const first = call("/a/path/of/more/than/ten/bytes");
  const second = call();
  const { stream } = await next(type.headers);
  t.equal((await next(type.data)).payload.length, 10);
  t.same(
    frames.filter(({ type: one }) => one === type.data),
    [],
    "the window is used up",
  );
  send(frame(type.windowUpdate, 0, stream, uint32(5)));
  t.equal((await next(type.data)).payload.length, 5);
  send(frame(type.settings, 0, 0, encodeSettings([[setting.initialWindowSize, 1000]])));
  t.equal((await next(type.data)).flags, flag.endStream, "a larger initial window counts for open streams");
  t.same(
    frames.filter(({ type: one }) => one === type.headers),
    [],
    "the second waits for the first",
  );
  send(
    headerFrames(stream, ok, 0, 999),
    frame(type.data, 0, stream, message("1")),
    headerFrames(stream, fine, flag.endStream, 999),
  );
  t.match(await first, { data: Buffer.from("1") });
  const { stream: other } = await next(type.headers);
  send(
    headerFrames(other, ok, 0, 999),
    frame(type.data, 0, other, message("2")),
    headerFrames(other, fine, flag.endStream, 999),
  );
  t.match(await second, { data: Buffer.from("2") });
});

t.test("what arrived is reported, so that the connection's window stays open", async (t) => {
  const { call, send, next } = peer();
  const first = (await next(type.windowUpdate)).payload.readUInt32BE(0);
  t.equal(first + 65535, 0x7fffffff, "the largest window from the start");
  const answer = call();
  const { stream } = await next(type.headers);
  const body = message("x".repeat(1 << 20));
  send(
    headerFrames(stream, ok, 0, 99),
    frame(type.data, 0, stream, body),
    headerFrames(stream, fine, flag.endStream, 99),
  );
  t.match(await next(type.windowUpdate), { stream: 0, payload: uint32(body.length) });
  t.match(await answer, { data: Buffer.alloc(1 << 20, "x") });
});

t.test("what goes wrong fails the call, and never hangs", async (t) => {
  const cases: Record<string, (stream: number) => Buffer> = {
    "the stream was reset": (stream) => frame(type.resetStream, 0, stream, uint32(7)),
    "too many pings": (stream) =>
      frame(type.goAway, 0, 0, Buffer.concat([uint32(stream - 1), uint32(11), Buffer.from("too many pings")])),
    "HTTP status 503 and no gRPC status": (stream) =>
      headerFrames(stream, encodeHeaders([[":status", "503"]]), flag.endStream, 99),
    "not one plain message": (stream) =>
      Buffer.concat([
        headerFrames(stream, ok, 0, 99),
        frame(type.data, 0, stream, Buffer.from([0, 0, 0, 0, 9])),
        headerFrames(stream, fine, flag.endStream, 99),
      ]),
    "a malformed message": (stream) =>
      Buffer.concat([
        headerFrames(stream, ok, 0, 99),
        frame(type.data, 0, stream, Buffer.from([0, 0, 0, 0, 2, 10, 99])),
        headerFrames(stream, fine, flag.endStream, 99),
      ]),
    "inside a header block": (stream) =>
      Buffer.concat([frame(type.headers, 0, stream, ok), frame(type.data, 0, stream, nothing)]),
    "of a table that it must not keep": (stream) => headerFrames(stream, hex("be"), 0, 99),
  };
  for (const [problem, bytes] of Object.entries(cases)) {
    const { call, send, next } = peer();
    const answer = call();
    send(bytes((await next(type.headers)).stream));
    const error = await answer;
    t.ok(error instanceof GatewayError);
    t.match(error, { message: problem });
  }
});

t.test("when the connection ends, open and later calls fail", async (t) => {
  const { call, next, fromPeer, connection } = peer();
  const open = call();
  await next(type.headers);
  fromPeer.end();
  t.match(await open, { code: 14, message: "the connection was closed" });
  t.match(await call(), { code: 14, message: "the connection was closed" });
  connection.close();
});
