import protobuf from "protobufjs/minimal.js";
import { pb, rpc } from "./generated/gateway.js";

// Fields that our .proto files do not name (LinuxResources, ExportCache, whatever comes next) must survive a rewrite.
protobuf.Reader.discardUnknown = false;

export interface Position {
  line: number;
  character?: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** Ranges in one of the files of a source map. */
export interface Location {
  sourceIndex?: number;
  ranges: Range[];
}

/** A file that a source map points into. */
export interface SourceInfo {
  filename: string;
  data: Uint8Array;
  definition?: Definition | null;
  language: string;
}

/** Which lines of which file each op comes from; the keys of `locations` are op digests. */
export interface SourceMap {
  locations: Record<string, { locations: Location[] }>;
  infos: SourceInfo[];
}

export interface ProgressGroup {
  id: string;
  name: string;
  weak?: boolean;
}

/** What a definition says about an op without being part of its digest. */
export interface OpMetadata {
  ignoreCache?: boolean;
  description: Record<string, string>;
  caps: Record<string, boolean>;
  progressGroup?: ProgressGroup | null;
}

/** LLB: marshalled ops (the last one names the root), and metadata by op digest. */
export interface Definition {
  def: Uint8Array[];
  metadata: Record<string, OpMetadata>;
  source?: SourceMap | null;
}

/** A result that BuildKit holds for us; the id is empty for an empty filesystem. */
export interface Ref {
  id: string;
  def?: Definition | null;
}

export interface Attestation {
  kind: number;
  metadata: Record<string, Uint8Array>;
  ref?: Ref | null;
  path: string;
  predicateType: string;
}

/** What a solve gives and a frontend returns: one ref, or one for each platform. */
export interface Result {
  ref?: Ref | null;
  refs?: { refs: Record<string, Ref> } | null;
  metadata: Record<string, Uint8Array>;
  attestations: Record<string, { attestation: Attestation[] }>;
}

export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
  osVersion?: string;
  osFeatures?: string[];
}

export interface CacheImport {
  type: string;
  attrs: Record<string, string>;
}

export interface SourceIdentifier {
  identifier: string;
  attrs: Record<string, string>;
}

/** An error as gRPC carries it (google.rpc.Status). */
export interface Status {
  code: number;
  message: string;
  details: { typeUrl: string; value: Uint8Array }[];
}

/** An op as far as this frontend looks into one. */
export type Op = pb.Op.$Properties;

/** The two directions of a message type. */
export interface Codec<T> {
  encode(message: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/** A message class that protobufjs generated. */
export interface GeneratedMessage<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

/**
 * A generated message class as a codec of the plain shape. Decoded objects keep unknown fields in a hidden property, so
 * change them in place; a spread copy loses them.
 */
export function codec<T>(generated: GeneratedMessage<T>): Codec<T> {
  return {
    encode: (message) => generated.encode(message).finish(),
    // The generated decoder fills every repeated field, map and scalar with its default, which is what the shapes promise.
    decode: (bytes) => generated.decode(bytes) as T,
  };
}

export const definitionCodec = codec<Definition>(pb.Definition);
export const opCodec = codec<Op>(pb.Op);
export const statusCodec = codec<Status>(rpc.Status);
