import { decodeHuffman } from "./huffman.ts";

/** Header names are lower case. A name that comes twice has its values joined with a comma. */
export type Headers = Map<string, string>;

/** RFC 7541 appendix A: `name` or `name=value`; the first entry has index 1. */
const staticTable = (
  ":authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|:status=204|" +
  ":status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|accept-encoding=gzip, deflate|" +
  "accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control|" +
  "content-disposition|content-encoding|content-language|content-length|content-location|content-range|content-type|" +
  "cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|" +
  "last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|" +
  "server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate"
)
  .split("|")
  .map((entry) => entry.split("="));

/** Encodes headers as literals that no table remembers, which every decoder takes. */
export function encodeHeaders(headers: Iterable<readonly [string, string]>): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of headers) parts.push(Buffer.from([0]), literal(name), literal(value));
  return Buffer.concat(parts);
}

function literal(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  return Buffer.concat([lengthPrefix(bytes.length), bytes]);
}

/** RFC 7541 section 5.1 with a prefix of seven bits. */
function lengthPrefix(length: number): Buffer {
  if (length < 127) return Buffer.from([length]);
  const bytes = [127];
  let rest = length - 127;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}

/**
 * Decodes a header block of any size, sent by a peer that was told to keep no dynamic table (SETTINGS_HEADER_TABLE_SIZE
 * 0). Throws RangeError on a malformed block.
 */
export function decodeHeaders(block: Buffer): Headers {
  const headers: Headers = new Map();
  const reader = blockReader(block);
  while (!reader.done()) {
    const first = reader.byte();
    if (first >= 0x80) {
      const [name, value] = staticEntry(reader.integer(first, 7));
      add(headers, name, value);
    } else if (first >= 0x20 && first < 0x40) {
      reader.integer(first, 5); // a size update of the dynamic table, which stays empty
    } else {
      const index = reader.integer(first, first >= 0x40 ? 6 : 4);
      const name = index === 0 ? reader.string() : staticEntry(index)[0];
      add(headers, name, reader.string());
    }
  }
  return headers;
}

function add(headers: Headers, name: string, value: string): void {
  const before = headers.get(name);
  headers.set(name, before === undefined ? value : `${before},${value}`);
}

function staticEntry(index: number): [name: string, value: string] {
  const [name, value = ""] = staticTable[index - 1] ?? [];
  if (name === undefined) throw new RangeError(`a header block names entry ${index} of a table that it must not keep`);
  return [name, value];
}

function blockReader(block: Buffer) {
  let at = 0;
  const byte = (): number => {
    const value = block[at++];
    if (value === undefined) throw new RangeError("a header block ends too early");
    return value;
  };
  const integer = (first: number, bits: number): number => {
    const limit = 2 ** bits - 1;
    let value = first & limit;
    if (value < limit) return value;
    for (let scale = 1; ; scale *= 128) {
      const next = byte();
      value += (next & 127) * scale;
      if (value > 2 ** 31) throw new RangeError("a number in a header block is too big");
      if (next < 128) return value;
    }
  };
  const string = (): string => {
    const first = byte();
    const length = integer(first, 7);
    const bytes = block.subarray(at, at + length);
    if (bytes.length < length) throw new RangeError("a header block ends too early");
    at += length;
    return (first >= 0x80 ? decodeHuffman(bytes) : bytes).toString("latin1");
  };
  return { byte, integer, string, done: () => at >= block.length };
}
