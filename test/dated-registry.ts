import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

const day = 24 * 60 * 60 * 1000;

/** A registry of npm on loopback: each package has releases by version, with their age in days. `asked` are the archives that were fetched. */
export async function datedRegistry(packages: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/").replace(/^\//, "");
    const [, name = "", version] = /^([^/]+?)(?:\/-\/.*-(\d+\.\d+\.\d+)\.tgz)?$/.exec(path) ?? [];
    const releases = Object.hasOwn(packages, name) ? packages[name] : undefined;
    if (!releases) {
      response.writeHead(404, { "content-type": "application/json" }).end("{}");
    } else if (version !== undefined) {
      asked.push(`${name}@${version}`);
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(archive(name, version));
    } else {
      const base = `http://${request.headers.host}`;
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(listing(base, name, releases)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

function listing(base: string, name: string, releases: Readonly<Record<string, number>>) {
  const time = (age: number) => new Date(Date.now() - age * day).toISOString();
  const versions = Object.keys(releases).map((version) => {
    const integrity = `sha512-${createHash("sha512").update(archive(name, version)).digest("base64")}`;
    return [version, { name, version, dist: { tarball: `${base}/${name}/-/${name}-${version}.tgz`, integrity } }];
  });
  const times = Object.entries(releases).map(([version, age]) => [version, time(age)]);
  const ages = Object.values(releases);
  return {
    name,
    "dist-tags": { latest: Object.keys(releases).at(-1) },
    versions: Object.fromEntries(versions),
    time: { created: time(Math.max(...ages)), modified: time(Math.min(...ages)), ...Object.fromEntries(times) },
  };
}

function archive(name: string, version: string): Buffer {
  const content = JSON.stringify({ name, version });
  // A ustar header (POSIX pax, "ustar Interchange Format"); the checksum counts its own field as blanks.
  const header = Buffer.alloc(512);
  const fields: [number, string][] = [
    [0, "package/package.json"],
    [100, "0000644\0"],
    [108, "0000000\0"],
    [116, "0000000\0"],
    [124, `${content.length.toString(8).padStart(11, "0")}\0`],
    [136, "00000000000\0"],
    [148, "        "],
    [156, "0"],
    [257, "ustar\u000000"],
  ];
  for (const [offset, text] of fields) header.write(text, offset, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  const padded = Math.ceil(content.length / 512) * 512;
  return gzipSync(Buffer.concat([header, Buffer.from(content.padEnd(padded, "\0")), Buffer.alloc(1024)]));
}
