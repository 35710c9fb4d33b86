import { cloneDefinition, opDigest } from "./definition.ts";
import { type Definition, opCodec } from "./messages.ts";

/** `constraints` (field 11 of an op) with nothing in it, as Go writes it for every op. */
const noConstraints = Buffer.from([0x5a, 0]);
/** The same with one empty worker filter, which every worker passes. */
const anyWorker = Buffer.from([0x5a, 2, 0x0a, 0]);

/**
 * The same definition with another digest at its head: the last op asks for any worker, as it does anyway. Neither the step nor its cache key
 * changes. BuildKit (0.30 and later, solver/llbsolver/provenance_store.go) remembers for each head which request solved it, for the provenance of
 * builds that take the result as an input; two requests with the same head, the Dockerfile frontend's and ours, make it forget both.
 */
export function withOwnHead(definition: Definition): Definition {
  const copy = cloneDefinition(definition);
  const last = copy.def.at(-1);
  const root = last && opCodec.decode(last);
  const input = root?.inputs?.[0];
  // It stands near the end, after what it rests on; digests of large ops take time.
  const at = copy.def.findLastIndex((op) => opDigest(op) === input?.digest);
  const op = copy.def[at];
  const place = op && constraintsAt(op);
  if (!last || !root || !input || !op || place === undefined) return copy;
  const changed = Buffer.concat([op.subarray(0, place), anyWorker, op.subarray(place + noConstraints.length)]);
  input.digest = opDigest(changed);
  const newRoot = opCodec.encode(root);
  copy.def[at] = changed;
  copy.def[copy.def.length - 1] = newRoot;
  const renamed = [
    [opDigest(op), opDigest(changed)],
    [opDigest(last), opDigest(newRoot)],
  ] as const;
  for (const [from, to] of renamed) {
    rename(copy.metadata, from, to);
    if (copy.source) rename(copy.source.locations, from, to);
  }
  return copy;
}

/** Where an op's empty constraints stand. Every field of an op holds bytes, so a field is a key, a length (a varint) and so many bytes. */
function constraintsAt(op: Uint8Array): number | undefined {
  let at = 0;
  while (at < op.length) {
    const start = at;
    const key = op[at++] ?? 0;
    if (key >= 0x80 || (key & 7) !== 2) return undefined;
    let length = 0;
    for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
      byte = op[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
    }
    if (key === noConstraints[0]) return length === 0 ? start : undefined;
    at += length;
  }
  return undefined;
}

function rename<Value>(record: Record<string, Value>, from: string, to: string): void {
  const value = record[from];
  if (value === undefined) return;
  delete record[from];
  record[to] = value;
}
