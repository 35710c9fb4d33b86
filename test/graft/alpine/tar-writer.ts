import { createHash } from "node:crypto";

/** A member of an archive to write. */
export interface Member {
  readonly path: string;
  /** A file's bytes, a folder (null), or a link. */
  readonly content: string | Buffer | null | { readonly to: string };
  readonly mode?: number;
  /** Extended attributes, raw. */
  readonly attributes?: Readonly<Record<string, Buffer>>;
}

/** A pax header record: its length counts itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from("\n")]);
  let length = rest.length + 1;
  while (String(length).length + rest.length > length) length++;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function header(name: string, type: string, size: number, mode: number, to: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  const octal = (value: number, at: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, "0")}\0`, at);
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(1_700_000_000, 136, 12);
  block.write("        ", 148);
  block.write(type, 156);
  block.write(to, 157, 100);
  block.write("ustar\0", 257);
  block.write("00", 263);
  block.write("root", 265);
  block.write("root", 297);
  block.write(
    `${[...block]
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return block;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/**
 * Writes a tar archive; without `end` it has no end mark, as parts of an apk package. With `checksums` each file and link has its SHA-1 in a pax
 * header, as abuild writes them.
 */
export function tar(members: readonly Member[], end: boolean, checksums = false): Buffer {
  const blocks = members.flatMap(({ path, content, mode, attributes = {} }) => {
    const folder = content === null;
    const to = content !== null && typeof content === "object" && "to" in content ? content.to : undefined;
    const bytes = folder || to !== undefined ? Buffer.alloc(0) : Buffer.from(content as string | Buffer);
    const sum = createHash("sha1")
      .update(to ?? bytes)
      .digest("hex");
    const records = [
      ...(checksums && !folder ? [record("APK-TOOLS.checksum.SHA1", Buffer.from(sum))] : []),
      ...Object.entries(attributes).map(([key, value]) => record(`SCHILY.xattr.${key}`, value)),
    ];
    const extra = Buffer.concat(records);
    const type = folder ? "5" : to === undefined ? "0" : "2";
    return [
      ...(extra.length > 0 ? [header(path, "x", extra.length, 0o644, ""), padded(extra)] : []),
      header(folder ? `${path}/` : path, type, bytes.length, mode ?? (folder ? 0o755 : to ? 0o777 : 0o644), to ?? ""),
      padded(bytes),
    ];
  });
  return Buffer.concat(end ? [...blocks, Buffer.alloc(1024)] : blocks);
}
