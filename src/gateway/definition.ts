import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Definition, definitionCodec, type OpMetadata, opCodec } from "./messages.ts";

/** The digest that names an op: of its bytes, so they must never be decoded and encoded again. */
export function opDigest(op: Uint8Array): string {
  // OpenSSL takes longer to load than JavaScript takes for small ops.
  const openssl = op.length < 65536 ? undefined : process.getBuiltinModule("node:crypto");
  return `sha256:${openssl ? openssl.createHash("sha256").update(op).digest("hex") : bytesToHex(sha256(op))}`;
}

/** A definition as bytes; its ops stay as they are, byte for byte. */
export function encodeDefinition(definition: Definition): Uint8Array {
  return definitionCodec.encode(definition);
}

/** A definition from bytes. Throws Error when they are none. */
export function decodeDefinition(bytes: Uint8Array): Definition {
  return definitionCodec.decode(bytes);
}

/** A copy that shares nothing that changes, with all unknown fields. */
export function cloneDefinition(definition: Definition): Definition {
  return decodeDefinition(encodeDefinition(definition));
}

/** The digest of the op that a definition is about, which its last entry names; empty for an empty filesystem. */
export function head(definition: Definition): string {
  const last = definition.def.at(-1);
  return last ? (opCodec.decode(last).inputs?.[0]?.digest ?? "") : "";
}

/**
 * A definition of these ops, the last of which is the result. Adds the entry that names it, and the capabilities that
 * the metadata needs (BuildKit client/llb/state.go, Marshal).
 */
export function definitionOf(ops: readonly { bytes: Uint8Array; metadata: OpMetadata }[]): Definition {
  const metadata = Object.fromEntries(ops.map((op) => [opDigest(op.bytes), op.metadata]));
  const result = ops.at(-1);
  if (!result) return { def: [], metadata };
  const root = opCodec.encode({ inputs: [{ digest: opDigest(result.bytes) }] });
  metadata[opDigest(root)] = { description: {}, caps: rootCaps(ops.map((op) => op.metadata)) };
  return { def: [...ops.map((op) => op.bytes), root], metadata };
}

function rootCaps(metadata: readonly OpMetadata[]): Record<string, boolean> {
  return {
    constraints: true,
    platform: true,
    ...(metadata.some((one) => Object.keys(one.description).length > 0) ? { "meta.description": true } : {}),
    ...(metadata.some((one) => one.ignoreCache) ? { "meta.ignorecache": true } : {}),
  };
}

/** The ops of a definition with their metadata, without the entry that names the result. */
export function opsOf(definition: Definition): { bytes: Uint8Array; metadata: OpMetadata }[] {
  return definition.def.slice(0, -1).map((bytes) => ({
    bytes,
    metadata: definition.metadata[opDigest(bytes)] ?? { description: {}, caps: {} },
  }));
}
