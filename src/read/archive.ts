/** Whether the beginning of a downloaded file is a tar archive, plain or compressed (BuildKit frontend/dockerui/context.go, isArchive). */
export function isArchive(head: Uint8Array): boolean {
  return magics.some((magic) => magic.every((byte, index) => head[index] === byte)) || isTarHeader(head);
}

/** bzip2, gzip, xz. */
const magics = [
  [0x42, 0x5a, 0x68],
  [0x1f, 0x8b, 0x08],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
];

const blockSize = 512;
const checksumField = { start: 148, end: 156 };

/** A tar header holds the sum of its own bytes, with its checksum field taken for spaces (POSIX ustar). */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < blockSize) return false;
  const { start, end } = checksumField;
  const digits = /^[\0 ]*([0-7]+)[\0 ]*$/.exec(Buffer.from(head.subarray(start, end)).toString("latin1"))?.[1];
  if (digits === undefined) return false;
  const inField = (index: number) => index >= start && index < end;
  const unsigned = head.subarray(0, blockSize).reduce((sum, byte, index) => sum + (inField(index) ? 0x20 : byte), 0);
  return Number.parseInt(digits, 8) === unsigned;
}
