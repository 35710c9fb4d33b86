/** Frame types of HTTP/2 (RFC 9113 section 6). */
export const type = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** Frame flags; ACK and END_STREAM share a bit, on different types. */
export const flag = { ack: 1, endStream: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

/** Settings that either side names (RFC 9113 section 6.5.2). */
export const setting = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
} as const;

/** What a client sends first. */
export const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

const headerSize = 9;

/** A frame's header; its payload follows. */
export function frameHeader(type: number, flags: number, stream: number, length: number): Buffer {
  const header = Buffer.allocUnsafe(headerSize);
  header.writeUIntBE(length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return header;
}

/** A whole frame. */
export function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  return Buffer.concat([frameHeader(type, flags, stream, payload.length), payload]);
}

/** The payload of a SETTINGS frame. */
export function encodeSettings(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(6 * settings.length);
  settings.forEach(([id, value], index) => {
    payload.writeUInt16BE(id, 6 * index);
    payload.writeUInt32BE(value, 6 * index + 2);
  });
  return payload;
}

/** Reads the payload of a SETTINGS frame. */
export function decodeSettings(payload: Buffer): [id: number, value: number][] {
  const settings: [number, number][] = [];
  for (let at = 0; at + 6 <= payload.length; at += 6) {
    settings.push([payload.readUInt16BE(at), payload.readUInt32BE(at + 2)]);
  }
  return settings;
}

/** A payload of four bytes: WINDOW_UPDATE, RST_STREAM. */
export function uint32(value: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32BE(value);
  return payload;
}

/** Takes the stream as it arrives, and hands on each whole frame. */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (bytes.length >= headerSize) {
      const end = headerSize + bytes.readUIntBE(0, 3);
      if (bytes.length < end) break;
      const stream = bytes.readUInt32BE(5) & 0x7fffffff;
      onFrame({ type: bytes[3] ?? 0, flags: bytes[4] ?? 0, stream, payload: bytes.subarray(headerSize, end) });
      bytes = bytes.subarray(end);
    }
    rest = bytes;
  };
}

/** The payload of a DATA or HEADERS frame without its padding and priority. Throws RangeError when they do not fit. */
export function content(frame: Frame): Buffer {
  let start = 0;
  let padding = 0;
  if (frame.flags & flag.padded) {
    padding = frame.payload[0] ?? 0;
    start = 1;
  }
  if (frame.type === type.headers && frame.flags & flag.priority) start += 5;
  if (start + padding > frame.payload.length) throw new RangeError("the padding of a frame is longer than the frame");
  return frame.payload.subarray(start, frame.payload.length - padding);
}
