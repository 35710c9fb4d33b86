import { gateway } from "./generated/gateway.js";
import {
  type CacheImport,
  type Codec,
  codec,
  type Definition,
  type GeneratedMessage,
  type Platform,
  type Range,
  type Result,
  type SourceInfo,
  type Status,
} from "./messages.ts";

/** One unary call of BuildKit's service LLBBridge (BuildKit frontend/gateway/pb/gateway.proto). */
export interface Method<Request, Response> {
  readonly path: string;
  readonly request: Codec<Request>;
  readonly response: Codec<Response>;
}

type Empty = Record<never, never>;

interface Capability {
  id: string;
  enabled: boolean;
}

interface SolveMessage {
  definition?: Definition | null;
  frontend?: string;
  frontendOpt?: Record<string, string>;
  allowResultReturn: boolean;
  allowResultArrayRef: boolean;
  cacheImports?: CacheImport[];
  frontendInputs?: Record<string, Definition>;
  evaluate?: boolean;
}

interface WarnMessage {
  digest: string;
  level: number;
  short: Uint8Array;
  detail: Uint8Array[];
  url: string;
  info?: SourceInfo | null;
  ranges: Range[];
}

function method<Request, Response>(
  name: string,
  request: GeneratedMessage<Request>,
  response: GeneratedMessage<Response>,
): Method<Request, Response> {
  return { path: `/moby.buildkit.v1.frontend.LLBBridge/${name}`, request: codec(request), response: codec(response) };
}

/** The calls that this frontend makes. */
export const methods = {
  ping: method<Empty, { frontendCaps: Capability[]; llbCaps: Capability[] }>(
    "Ping",
    gateway.PingRequest,
    gateway.PongResponse,
  ),
  inputs: method<Empty, { definitions: Record<string, Definition> }>(
    "Inputs",
    gateway.InputsRequest,
    gateway.InputsResponse,
  ),
  solve: method<SolveMessage, { result?: Result | null }>("Solve", gateway.SolveRequest, gateway.SolveResponse),
  readFile: method<{ ref: string; path: string; range?: { offset: number; length: number } }, { data: Uint8Array }>(
    "ReadFile",
    gateway.ReadFileRequest,
    gateway.ReadFileResponse,
  ),
  resolveImageConfig: method<
    { ref: string; platform?: Platform; resolveMode?: string; logName?: string },
    { ref: string; digest: string; config: Uint8Array }
  >("ResolveImageConfig", gateway.ResolveImageConfigRequest, gateway.ResolveImageConfigResponse),
  warn: method<WarnMessage, Empty>("Warn", gateway.WarnRequest, gateway.WarnResponse),
  return: method<{ result?: Result; error?: Status }, Empty>("Return", gateway.ReturnRequest, gateway.ReturnResponse),
};
