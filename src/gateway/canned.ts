import { PassThrough } from "node:stream";
import { content, encodeSettings, flag, frame, frameReader, preface, setting, type, uint32 } from "./http2/frames.ts";
import { decodeHeaders, encodeHeaders } from "./http2/hpack.ts";
import type { Streams } from "./http2/session.ts";
import { methods } from "./methods.ts";

type Methods = typeof methods;

/** Answers by call; a call without one gets an empty message. */
export type CannedAnswers = {
  readonly [Name in keyof Methods]?: (
    request: ReturnType<Methods[Name]["request"]["decode"]>,
  ) => ReturnType<Methods[Name]["response"]["decode"]>;
};

/** A connection to no BuildKit at all: every call gets its canned answer, over real frames. For warming up, where there is no builder. */
export function cannedConnection(answers: CannedAnswers): Streams {
  const read = new PassThrough();
  const write = new PassThrough();
  const paths = new Map<number, string>();
  const bodies = new Map<number, Buffer[]>();
  // It takes any amount at once.
  const window = 0x7fffffff;
  read.write(frame(type.settings, 0, 0, encodeSettings([[setting.initialWindowSize, window]])));
  read.write(frame(type.windowUpdate, 0, 0, uint32(window - 65535)));
  const onFrame = frameReader((one) => {
    if (one.type === type.headers) paths.set(one.stream, decodeHeaders(content(one)).get(":path") ?? "");
    if (one.type === type.data) bodies.set(one.stream, [...(bodies.get(one.stream) ?? []), content(one)]);
    if (one.stream === 0 || !(one.flags & flag.endStream)) return;
    const body = Buffer.concat(bodies.get(one.stream) ?? []).subarray(5);
    read.write(answerFrames(one.stream, answer(answers, paths.get(one.stream) ?? "", body)));
  });
  let skip = preface.length;
  write.on("data", (chunk: Buffer) => {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    onFrame(chunk.subarray(skipped));
  });
  return { read, write };
}

function answer(answers: CannedAnswers, path: string, body: Buffer): Uint8Array {
  for (const name of Object.keys(methods) as (keyof Methods)[]) {
    const method = methods[name];
    if (method.path !== path) continue;
    const canned = answers[name] as ((request: unknown) => unknown) | undefined;
    const encode = method.response.encode as (value: unknown) => Uint8Array;
    return canned ? encode(canned(method.request.decode(body))) : new Uint8Array();
  }
  return new Uint8Array();
}

function answerFrames(stream: number, message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  const headers = encodeHeaders([
    [":status", "200"],
    ["content-type", "application/grpc"],
  ]);
  return Buffer.concat([
    frame(type.headers, flag.endHeaders, stream, headers),
    frame(type.data, 0, stream, Buffer.concat([prefix, message])),
    frame(type.headers, flag.endHeaders | flag.endStream, stream, encodeHeaders([["grpc-status", "0"]])),
  ]);
}
