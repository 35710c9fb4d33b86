/**
 * Bits of the code of each byte, and of the end mark (256), as base-36 digits: RFC 7541 appendix B. The code is
 * canonical, so the lengths say it all.
 */
const bitLengths =
  "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca" +
  "d67777777777777777777777878djde6f56565666577666567655677777fbeds" +
  "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn" +
  "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrqu";

const endMark = 256;

/** By code length: the first code, and the symbols in the order of their codes. */
interface CodesOfLength {
  readonly first: number;
  readonly symbols: readonly number[];
}

function canonicalCodes(): CodesOfLength[] {
  const codes: CodesOfLength[] = [];
  let code = 0;
  for (let length = 0; length <= 30; length++) {
    const symbols = [...bitLengths].flatMap((digit, symbol) => (Number.parseInt(digit, 36) === length ? [symbol] : []));
    codes.push({ first: code, symbols });
    code = (code + symbols.length) * 2;
  }
  return codes;
}

let table: CodesOfLength[] | undefined;

/** Decodes a Huffman coded string of a header block. Throws RangeError when it holds the end mark or bad padding. */
export function decodeHuffman(bytes: Uint8Array): Buffer {
  table ??= canonicalCodes();
  const out = Buffer.allocUnsafe(Math.floor((bytes.length * 8) / 5));
  let written = 0;
  let code = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      length++;
      const row = table[length];
      const symbol = row?.symbols[code - row.first];
      if (symbol === endMark || length > 30) throw new RangeError("bad Huffman code in a header");
      if (symbol !== undefined) {
        out[written++] = symbol;
        code = 0;
        length = 0;
      }
    }
  }
  // The rest of the last byte is the beginning of the end mark: at most seven ones (RFC 7541 section 5.2).
  if (length > 7 || code !== 2 ** length - 1) throw new RangeError("bad padding in a header");
  return out.subarray(0, written);
}
