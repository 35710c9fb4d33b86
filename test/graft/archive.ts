import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

/** A package: the fields of its control file, and its files with their text. */
export interface MadePackage {
  readonly name: string;
  readonly version: string;
  readonly fields?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Files beside the control file. */
  readonly control?: Readonly<Record<string, string>>;
}

/** The files of a flat package archive (sources.list(5): `deb URI ./`), unsigned. `until` is the day after which apt calls it expired. */
export function archive(packages: readonly MadePackage[], until?: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const stanzas = packages.map((made) => {
    const control = `Package: ${made.name}\nVersion: ${made.version}\nArchitecture: all\nMaintainer: none <none@example.org>\n${made.fields ?? ""}Description: test\n`;
    const deb = debianPackage({ ...made.control, control }, made.files ?? {});
    const file = `${made.name}_${made.version}_all.deb`;
    files.set(file, deb);
    return `${control}Filename: ./${file}\nSize: ${deb.length}\nSHA256: ${sha256(deb)}\n`;
  });
  const index = Buffer.from(stanzas.join("\n"));
  files.set("Packages", index);
  const valid = until === undefined ? "" : `Valid-Until: ${until}\n`;
  const release = `Origin: Test\nSuite: stable\nDate: Sat, 01 Aug 2020 00:00:00 UTC\n${valid}SHA256:\n ${sha256(index)} ${index.length} Packages\n`;
  files.set("Release", Buffer.from(release));
  return files;
}

/** A binary package as deb(5) describes it, without compression. */
function debianPackage(control: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>): Buffer {
  const rooted = (of: Readonly<Record<string, string>>) =>
    tar(Object.fromEntries(Object.entries(of).map(([path, text]) => [`./${path}`, text])));
  const members: [string, Buffer][] = [
    ["debian-binary", Buffer.from("2.0\n")],
    ["control.tar", rooted(control)],
    ["data.tar", rooted(files)],
  ];
  const parts = members.flatMap(([name, content]) => [
    Buffer.from(`${name.padEnd(16)}0           0     0     100644  ${String(content.length).padEnd(10)}\`\n`),
    content,
    Buffer.alloc(content.length % 2, "\n"),
  ]);
  return Buffer.concat([Buffer.from("!<arch>\n"), ...parts]);
}

/** A tar archive of plain files (POSIX ustar); those in a folder bin may be run. */
function tar(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, "0");
    const header = Buffer.alloc(512);
    const mode = /\/s?bin\//.test(path) ? 0o755 : 0o644;
    const fields: [string, number][] = [
      [path, 0],
      [octal(mode, 8), 100],
      [octal(0, 8), 108],
      [octal(0, 8), 116],
      [octal(content.length, 12), 124],
      [octal(1_596_240_000, 12), 136],
      [" ".repeat(8), 148],
      ["0", 156],
      ["ustar\0", 257],
      ["00", 263],
    ];
    for (const [value, at] of fields) header.write(value, at, "latin1");
    header.write(
      `${octal(
        header.reduce((sum, byte) => sum + byte, 0),
        7,
      )}\0 `,
      148,
      "latin1",
    );
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What a server was asked for. */
export interface Asked {
  /** The path, or the whole address when it was asked as a proxy. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly proxyAuthorization: string | undefined;
}

/** A server on loopback that gives these files; `user:password` guards them, or the proxy that it then is. */
export class ArchiveServer {
  readonly asked: Asked[] = [];
  readonly #server;

  constructor(
    files: ReadonlyMap<string, Buffer>,
    guard: { readonly basic?: string; readonly proxy?: string; readonly tls?: { key: Buffer; cert: Buffer } } = {},
  ) {
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      const url = request.url ?? "";
      const authorization = request.headers.authorization;
      const proxyAuthorization = request.headers["proxy-authorization"];
      this.asked.push({ url, authorization, proxyAuthorization });
      const sent = (words: string | undefined) => Buffer.from(words?.replace(/^Basic /, "") ?? "", "base64").toString();
      if (guard.basic !== undefined && sent(authorization) !== guard.basic) {
        response.writeHead(401, { "www-authenticate": 'Basic realm="archive"' }).end();
      } else if (guard.proxy !== undefined && sent(proxyAuthorization) !== guard.proxy) {
        response.writeHead(407, { "proxy-authenticate": 'Basic realm="proxy"' }).end();
      } else {
        const content = files.get(new URL(url, "http://x").pathname.slice(1));
        if (content === undefined) response.writeHead(404).end();
        else response.writeHead(200, { "content-length": content.length }).end(content);
      }
    };
    this.#server = guard.tls ? createSecureServer(guard.tls, answer) : createServer(answer);
  }

  /** Starts to listen and returns host and port. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** The same files below a folder. */
export function below(folder: string, files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  return new Map([...files].map(([path, content]) => [`${folder}/${path}`, content]));
}
