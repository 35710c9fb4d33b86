import type { Readable, Writable } from "node:stream";
import {
  content,
  decodeSettings,
  encodeSettings,
  type Frame,
  flag,
  frame,
  frameHeader,
  frameReader,
  preface,
  setting,
  type,
  uint32,
} from "./frames.ts";
import { decodeHeaders, encodeHeaders, type Headers } from "./hpack.ts";

/** The two directions of a connection. */
export interface Streams {
  readonly read: Readable;
  readonly write: Writable;
}

export interface Request {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Not empty. */
  readonly body: Buffer;
}

/** A whole answer. When it is one header block only, that stands in both places. */
export interface Response {
  readonly headers: Headers;
  readonly trailers: Headers;
  readonly body: Buffer;
}

export interface Session {
  /** Sends one request and waits for all of its answer. Fails when the stream or the connection ends before. */
  request(request: Request): Promise<Response>;
  /** Ends both directions; what is still open fails. */
  close(): void;
}

interface Call {
  readonly request: Request;
  unsent: Buffer;
  /** How many bytes the peer still takes on this stream. */
  window: number;
  readonly blocks: Headers[];
  readonly chunks: Buffer[];
  resolve(response: Response): void;
  reject(error: Error): void;
}

const maxWindow = 0x7fffffff;
const defaultWindow = 65535;
/** So much arrives before the peer is told that it may send as much again. */
const windowStep = 1 << 20;
const cancel = 8;

/**
 * An HTTP/2 client for whole requests and answers over any pair of streams (RFC 9113). node:http2, and grpc-js on top of
 * it, can't serve here: nghttp2 ends the connection at a header field of 64 KiB, and BuildKit sends the details of an
 * error, with the whole Dockerfile in them, as one header field.
 */
export function openSession({ read, write }: Streams): Session {
  const calls = new Map<number, Call>();
  const waiting: Call[] = [];
  const peer = { window: defaultWindow, frameSize: 16384, streams: Number.POSITIVE_INFINITY };
  let window = defaultWindow;
  let received = 0;
  let nextStream = 1;
  let block: { stream: number; endStream: boolean; parts: Buffer[] } | undefined;
  let failure: Error | undefined;

  const send = (type: number, flags: number, stream: number, payload: Buffer) => {
    write.write(frame(type, flags, stream, payload));
  };

  function fail(error: Error): void {
    failure ??= error;
    for (const call of [...calls.values(), ...waiting.splice(0)]) call.reject(error);
    calls.clear();
    read.destroy();
    write.end();
  }

  function startWaiting(): void {
    while (calls.size < peer.streams) {
      const call = waiting.shift();
      if (!call) return;
      const stream = nextStream;
      nextStream += 2;
      call.window = peer.window;
      calls.set(stream, call);
      send(type.headers, flag.endHeaders, stream, encodeHeaders(call.request.headers));
      sendBody(stream, call);
    }
  }

  function sendBody(stream: number, call: Call): void {
    for (;;) {
      const size = Math.min(call.unsent.length, call.window, window, peer.frameSize);
      if (size <= 0) return;
      const part = call.unsent.subarray(0, size);
      call.unsent = call.unsent.subarray(size);
      call.window -= size;
      window -= size;
      write.write(frameHeader(type.data, call.unsent.length === 0 ? flag.endStream : 0, stream, size));
      write.write(part);
    }
  }

  function sendBodies(): void {
    for (const [stream, call] of calls) sendBody(stream, call);
  }

  function finish(stream: number): void {
    const call = calls.get(stream);
    if (!call) return;
    calls.delete(stream);
    if (call.unsent.length > 0) send(type.resetStream, 0, stream, uint32(cancel));
    const [headers = new Map<string, string>(), trailers = headers] = call.blocks;
    call.resolve({ headers, trailers, body: Buffer.concat(call.chunks) });
    startWaiting();
  }

  function onHeaders(frame: Frame): void {
    block ??= { stream: frame.stream, endStream: (frame.flags & flag.endStream) !== 0, parts: [] };
    block.parts.push(frame.type === type.headers ? content(frame) : frame.payload);
    if (!(frame.flags & flag.endHeaders)) return;
    const headers = decodeHeaders(Buffer.concat(block.parts));
    const { stream, endStream } = block;
    block = undefined;
    if (!headers.get(":status")?.startsWith("1")) calls.get(stream)?.blocks.push(headers);
    if (endStream) finish(stream);
  }

  function onData(frame: Frame): void {
    calls.get(frame.stream)?.chunks.push(content(frame));
    received += frame.payload.length;
    if (received >= windowStep) {
      send(type.windowUpdate, 0, 0, uint32(received));
      received = 0;
    }
    if (frame.flags & flag.endStream) finish(frame.stream);
  }

  function onSettings(frame: Frame): void {
    if (frame.flags & flag.ack) return;
    for (const [id, value] of decodeSettings(frame.payload)) {
      if (id === setting.maxFrameSize) peer.frameSize = value;
      if (id === setting.maxConcurrentStreams) peer.streams = value;
      if (id === setting.initialWindowSize) {
        for (const call of calls.values()) call.window += value - peer.window;
        peer.window = value;
      }
    }
    send(type.settings, flag.ack, 0, Buffer.alloc(0));
    startWaiting();
    sendBodies();
  }

  function onWindowUpdate(frame: Frame): void {
    const increment = frame.payload.readUInt32BE(0) & maxWindow;
    const call = calls.get(frame.stream);
    if (frame.stream === 0) window += increment;
    else if (call) call.window += increment;
    sendBodies();
  }

  function onResetStream(frame: Frame): void {
    const call = calls.get(frame.stream);
    calls.delete(frame.stream);
    call?.reject(new Error(`the stream was reset with HTTP/2 error ${frame.payload.readUInt32BE(0)}`));
    startWaiting();
  }

  function onGoAway(frame: Frame): void {
    const last = frame.payload.readUInt32BE(0) & maxWindow;
    const reason = frame.payload.subarray(8).toString() || `HTTP/2 error ${frame.payload.readUInt32BE(4)}`;
    failure ??= new Error(`the peer goes away: ${reason}`);
    for (const [stream, call] of calls) {
      if (stream > last) calls.delete(stream) && call.reject(failure);
    }
    for (const call of waiting.splice(0)) call.reject(failure);
  }

  function onFrame(frame: Frame): void {
    if (block && (frame.type !== type.continuation || frame.stream !== block.stream)) {
      throw new Error("a frame stands inside a header block");
    }
    if (frame.type === type.headers || (frame.type === type.continuation && block)) onHeaders(frame);
    else if (frame.type === type.data) onData(frame);
    else if (frame.type === type.settings) onSettings(frame);
    else if (frame.type === type.windowUpdate) onWindowUpdate(frame);
    else if (frame.type === type.resetStream) onResetStream(frame);
    else if (frame.type === type.goAway) onGoAway(frame);
    else if (frame.type === type.ping && !(frame.flags & flag.ack)) send(type.ping, flag.ack, 0, frame.payload);
  }

  const readFrames = frameReader(onFrame);
  read.on("data", (chunk: Buffer) => {
    try {
      readFrames(chunk);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const ended = () => fail(new Error("the connection was closed"));
  read.on("end", ended).on("close", ended).on("error", fail);
  write.on("error", fail);

  const settings = encodeSettings([
    [setting.headerTableSize, 0],
    [setting.enablePush, 0],
    [setting.initialWindowSize, maxWindow],
  ]);
  write.write(preface);
  send(type.settings, 0, 0, settings);
  send(type.windowUpdate, 0, 0, uint32(maxWindow - defaultWindow));

  return {
    request: (request) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        waiting.push({ request, unsent: request.body, window: 0, blocks: [], chunks: [], resolve, reject });
        startWaiting();
      }),
    close: () => fail(new Error("the connection was closed")),
  };
}
