import { Socket } from "node:net";
import { code, GatewayError } from "./error.ts";
import type { Headers } from "./http2/hpack.ts";
import { openSession, type Response, type Streams } from "./http2/session.ts";
import { type Status, statusCodec } from "./messages.ts";
import type { Method } from "./methods.ts";

/** gRPC calls over one connection. */
export interface Connection {
  /** Makes one call. Throws GatewayError: BuildKit's own, or `unavailable` when the connection is gone. */
  call<Request, Response>(method: Method<Request, Response>, request: Request): Promise<Response>;
  close(): void;
}

/**
 * Standard input and output as a connection: BuildKit's gateway speaks gRPC to a frontend there (BuildKit
 * frontend/gateway/gateway.go). From here on nothing else may write to file descriptor 1, so whoever asks for
 * process.stdout gets process.stderr. Throws Error when they are neither pipes nor sockets.
 */
export function stdio(): Streams {
  Object.defineProperty(process, "stdout", { configurable: true, get: () => process.stderr });
  try {
    return {
      read: new Socket({ fd: 0, readable: true, writable: false }),
      write: new Socket({ fd: 1, readable: false, writable: true }),
    };
  } catch (cause) {
    const advice = "this image is not run by hand, it is named in the first line of a Dockerfile: # syntax=<image>";
    throw new Error(`BuildKit is not at standard input and output; ${advice}`, { cause });
  }
}

/** Opens a gRPC connection (PROTOCOL-HTTP2 of gRPC): unary calls, no compression, no deadlines, no retries. */
export function openConnection(streams: Streams): Connection {
  const session = openSession(streams);
  return {
    async call(method, request) {
      const response = await session
        .request({ headers: requestHeaders(method.path), body: encodeMessage(method.request.encode(request)) })
        .catch((error: Error) => {
          throw new GatewayError({ code: code.unavailable, message: `BuildKit: ${error.message}`, details: [] });
        });
      const message = decodeMessage(response);
      try {
        return method.response.decode(message);
      } catch (error) {
        throw broken(`a malformed message: ${error}`);
      }
    },
    close: session.close,
  };
}

function requestHeaders(path: string): [string, string][] {
  return [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", path],
    [":authority", "localhost"],
    ["content-type", "application/grpc"],
    ["te", "trailers"],
  ];
}

const prefixSize = 5;

function encodeMessage(message: Uint8Array): Buffer {
  const body = Buffer.allocUnsafe(prefixSize + message.length);
  body[0] = 0;
  body.writeUInt32BE(message.length, 1);
  body.set(message, prefixSize);
  return body;
}

/** The one message of an answer; its error as GatewayError. */
function decodeMessage({ headers, trailers, body }: Response): Uint8Array {
  const status = Number(trailers.get("grpc-status") ?? Number.NaN);
  if (Number.isNaN(status)) throw broken(`HTTP status ${headers.get(":status")} and no gRPC status`);
  if (status !== 0) throw new GatewayError(decodeStatus(status, trailers));
  if (body.length < prefixSize || body[0] !== 0 || body.readUInt32BE(1) !== body.length - prefixSize) {
    throw broken("an answer that is not one plain message");
  }
  return body.subarray(prefixSize);
}

function broken(what: string): GatewayError {
  return new GatewayError({ code: code.internal, message: `BuildKit sent ${what}`, details: [] });
}

function decodeStatus(status: number, trailers: Headers): Status {
  const message = percentDecode(trailers.get("grpc-message") ?? "");
  const details = trailers.get("grpc-status-details-bin");
  try {
    return details ? statusCodec.decode(Buffer.from(details, "base64")) : { code: status, message, details: [] };
  } catch {
    return { code: status, message, details: [] };
  }
}

/** `grpc-message` is UTF-8 with percent signs; what is not an escape stands for itself. */
function percentDecode(text: string): string {
  const bytes = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
