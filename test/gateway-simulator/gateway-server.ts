import type { Duplex } from "node:stream";
import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { type Status, statusCodec } from "../../src/gateway/messages.ts";
import { methods } from "../../src/gateway/methods.ts";

type Methods = typeof methods;
export type Request<Name extends keyof Methods> = ReturnType<Methods[Name]["request"]["decode"]>;
export type Response<Name extends keyof Methods> = ReturnType<Methods[Name]["response"]["decode"]>;

/** How the test plays BuildKit: an answer for each call. What is thrown as `Refusal` goes over the wire as gRPC's error. */
export type Handlers = {
  [Name in keyof Methods]?: (request: Request<Name>) => Response<Name> | Promise<Response<Name>>;
};

/** A call that came in, in the order of arrival. */
export type Call = { [Name in keyof Methods]: { name: Name; request: Request<Name> } }[keyof Methods];

/** An error that a handler answers with. */
export class Refusal extends Error {
  readonly status: Status;

  constructor(status: Partial<Status>) {
    super(status.message ?? "refused");
    this.status = { code: 2, message: this.message, details: [], ...status };
  }
}

/** What BuildKit 0.25 can do, as far as frontends ask. */
export const capabilities = {
  frontend: ["frontend.inputs", "gateway.solve.evaluate", "gateway.warnings", "source.metaresolver"],
  llb: ["source.local", "file.base", "meta.description"],
};

const defaults: Handlers = {
  ping: () => ({
    frontendCaps: capabilities.frontend.map((id) => ({ id, enabled: true })),
    llbCaps: capabilities.llb.map((id) => ({ id, enabled: true })),
  }),
  inputs: () => ({ definitions: {} }),
  warn: () => ({}),
  return: () => ({}),
};

/** BuildKit's gateway over a stream, with grpc-js (so with nghttp2) as an HTTP/2 stack that is not ours. */
export function serveGateway(connection: Duplex, handlers: Handlers): { calls: Call[]; stop(): void } {
  const calls: Call[] = [];
  const server = new Server({ "grpc.max_receive_message_length": 16 << 20, "grpc.max_send_message_length": 16 << 20 });
  const answers: Handlers = { ...defaults, ...handlers };
  for (const name of Object.keys(methods) as (keyof Methods)[]) register(server, name, answers[name], calls);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  injector.injectConnection(connection);
  return { calls, stop: () => stop(server, connection) };
}

/** The connection first: node:http2 fails an assertion of its own when a session is destroyed while its peer goes away. */
function stop(server: Server, connection: Duplex): void {
  const shutDown = () => setImmediate(() => server.forceShutdown());
  if (connection.closed) shutDown();
  else connection.once("close", shutDown).destroy();
}

function register<Name extends keyof Methods>(server: Server, name: Name, answer: Handlers[Name], calls: Call[]): void {
  const { path, request, response } = methods[name];
  const asIs = (bytes: Buffer) => bytes;
  server.register<Buffer, Buffer>(
    path,
    async (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
      const decoded = request.decode(call.request) as Request<Name>;
      calls.push({ name, request: decoded } as Call);
      try {
        if (!answer) throw new Refusal({ code: 12, message: `the test does not answer ${name}` });
        const answered = await answer(decoded);
        callback(null, Buffer.from((response.encode as (value: unknown) => Uint8Array)(answered)));
      } catch (error) {
        callback(
          grpcError(error instanceof Refusal ? error.status : { code: 13, message: String(error), details: [] }),
        );
      }
    },
    asIs,
    asIs,
    "unary",
  );
}

function grpcError(status: Status) {
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(statusCodec.encode(status)));
  return Object.assign(new Error(status.message), { code: status.code, details: status.message, metadata });
}
