import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Member, tar } from "./tar-writer.ts";

/** A package of a test repository. Its files are named without a leading slash. */
export interface ApkPackage {
  readonly name: string;
  readonly version?: string;
  readonly architecture?: string;
  readonly depends?: readonly string[];
  readonly provides?: readonly string[];
  readonly installIf?: readonly string[];
  /** Makes it the choice for names without version that it provides. */
  readonly providerPriority?: number;
  readonly origin?: string;
  /** `post-install`, `trigger` ...: contents. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly triggers?: readonly string[];
  readonly files?: Readonly<Record<string, Member["content"] | Omit<Member, "path">>>;
}

/** The name by which signatures ask for the key. */
export const keyName = "test@example-0123abcd.rsa.pub";

/** A key pair and its public half as apk keeps it. */
export class SigningKey {
  readonly #private: KeyObject;
  readonly pem: string;

  constructor() {
    const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
    this.#private = pair.privateKey;
    this.pem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  }

  /** The signature of a gzip stream as the stream that stands before it. */
  stream(of: Buffer): Buffer {
    const content = sign("RSA-SHA1", of, this.#private);
    return gzipSync(tar([{ path: `.SIGN.RSA.${keyName}`, content }], false));
  }
}

function members(files: ApkPackage["files"] = {}): Member[] {
  const named = Object.entries(files).map(([path, file]): Member => {
    const described = file !== null && typeof file === "object" && "content" in file;
    return described ? { path, ...(file as Omit<Member, "path">) } : { path, content: file as Member["content"] };
  });
  const folders = new Set<string>();
  for (const { path } of named) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.add(path.slice(0, at));
  }
  const known = new Set(named.map(({ path }) => path));
  const parents = [...folders].filter((path) => !known.has(path)).map((path): Member => ({ path, content: null }));
  return [...parents, ...named].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A package in the format that apk 2 and 3 read: three gzip streams, of signature, control files and data. Returns it with its index entry. */
function packed(described: ApkPackage, key: SigningKey): { readonly bytes: Buffer; readonly entry: string } {
  const { name, version = "1.0-r0", architecture = "x86_64", origin = name } = described;
  const files = members(described.files);
  const data = gzipSync(tar(files, true, true));
  // apk unpacks nothing of a package whose size is 0, and abuild counts a link's block too.
  const size = files.length * 4096;
  const fields: [string, string][] = [
    ["pkgname", name],
    ["pkgver", version],
    ["pkgdesc", `test package ${name}`],
    ["url", "https://example.org"],
    ["builddate", "1700000000"],
    ["packager", "test"],
    ["size", String(size)],
    ["arch", architecture],
    ["origin", origin],
    ["license", "MIT"],
    ...(described.depends ?? []).map((value): [string, string] => ["depend", value]),
    ...(described.provides ?? []).map((value): [string, string] => ["provides", value]),
    ...(described.installIf?.length ? [["install_if", described.installIf.join(" ")] as [string, string]] : []),
    ...(described.triggers?.length ? [["triggers", described.triggers.join(" ")] as [string, string]] : []),
    ...(described.providerPriority ? [["provider_priority", `${described.providerPriority}`] as [string, string]] : []),
    ["datahash", createHash("sha256").update(data).digest("hex")],
  ];
  const info = fields.map(([field, value]) => `${field} = ${value}\n`).join("");
  const scripts = Object.entries(described.scripts ?? {}).map(
    ([script, content]): Member => ({ path: `.${script}`, content, mode: 0o755 }),
  );
  const control = gzipSync(tar([{ path: ".PKGINFO", content: info }, ...scripts], false));
  const bytes = Buffer.concat([key.stream(control), control, data]);
  const lists = [
    ["D", described.depends],
    ["p", described.provides],
    ["i", described.installIf],
  ] as const;
  const entry = [
    `C:Q1${createHash("sha1").update(control).digest("base64")}`,
    `P:${name}`,
    `V:${version}`,
    `A:${architecture}`,
    `S:${bytes.length}`,
    `I:${size}`,
    `T:test package ${name}`,
    "U:https://example.org",
    "L:MIT",
    `o:${origin}`,
    "m:test",
    "t:1700000000",
    ...(described.providerPriority ? [`k:${described.providerPriority}`] : []),
    ...lists.flatMap(([letter, list]) => (list?.length ? [`${letter}:${list.join(" ")}`] : [])),
    "",
    "",
  ].join("\n");
  return { bytes, entry };
}

/** Writes a repository, `<folder>/<architecture>/`, with its signed index. */
export function repository(
  folder: string,
  packages: readonly ApkPackage[],
  key: SigningKey,
  architecture = "x86_64",
): void {
  const at = join(folder, architecture);
  mkdirSync(at, { recursive: true });
  const entries = packages.map((one) => {
    const { bytes, entry } = packed({ architecture, ...one }, key);
    writeFileSync(join(at, `${one.name}-${one.version ?? "1.0-r0"}.apk`), bytes);
    return entry;
  });
  const index = gzipSync(
    tar(
      [
        { path: "DESCRIPTION", content: "test" },
        { path: "APKINDEX", content: entries.join("") },
      ],
      true,
    ),
  );
  writeFileSync(join(at, "APKINDEX.tar.gz"), Buffer.concat([key.stream(index), index]));
}
