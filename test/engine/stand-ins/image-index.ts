import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../cache-folder.ts";
import type { Engine } from "../engine.ts";
import { completeName } from "./build.ts";

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";

/** One platform's image: a name in the engine, or a folder with `config.json` and `layer.tar` (image-archive.ts). */
export interface PlatformImage {
  readonly architecture: string;
  readonly from: { readonly image: string } | { readonly folder: string };
}

/**
 * Gives the engine one name for an image of several platforms: an index (OCI image specification, image-index.md). An image of the engine keeps its
 * manifest, digest included. Needs the engine's containerd image store; the other one keeps one platform a name, and refuses.
 */
export async function loadIndex(engine: Engine, name: string, images: readonly PlatformImage[]): Promise<void> {
  const parent = join(cacheFolder(), "stand-ins");
  mkdirSync(parent, { recursive: true });
  const layout = mkdtempSync(join(parent, "index-"));
  try {
    mkdirSync(join(layout, "blobs/sha256"), { recursive: true });
    const manifests: Descriptor[] = [];
    for (const { architecture, from } of images) {
      const platform = { os: "linux", architecture };
      const manifest =
        "image" in from
          ? await savedManifest(engine, layout, from.image, architecture)
          : folderManifest(layout, from.folder);
      manifests.push({ ...manifest, platform });
    }
    const index = putJson(layout, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests });
    const annotations = { "io.containerd.image.name": completeName(name) };
    const top = { schemaVersion: 2, mediaType: INDEX, manifests: [{ ...index, annotations }] };
    writeFileSync(join(layout, "index.json"), JSON.stringify(top));
    writeFileSync(join(layout, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
    const tar = execa("tar", ["--create", "--directory", layout, "blobs", "index.json", "oci-layout"], {
      stdin: "ignore",
      encoding: "buffer",
      buffer: { stdout: false },
    });
    await tar.pipe(engine.docker(["load", "--quiet"], { stdin: "pipe" }));
  } finally {
    rmSync(layout, { recursive: true, force: true });
  }
}

/** Puts an image of the engine into the layout; returns the manifest of its platform. */
async function savedManifest(engine: Engine, layout: string, image: string, architecture: string): Promise<Descriptor> {
  const saved = engine.docker(["save", image], { encoding: "buffer", buffer: { stdout: false } });
  await saved.pipe(execa({ stdin: "pipe" })("tar", ["--extract", "--directory", layout]));
  const top = (JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as { manifests: Descriptor[] }).manifests;
  const all = top.flatMap((one) =>
    one.mediaType.includes("manifest.v") ? [one] : readJson<{ manifests: Descriptor[] }>(layout, one).manifests,
  );
  const found = all.find((one) => architectureOf(layout, one) === architecture);
  if (found === undefined) throw new Error(`${image} in this engine is not for ${architecture}`);
  return { mediaType: found.mediaType, digest: found.digest, size: found.size };
}

function architectureOf(layout: string, manifest: Descriptor): string | undefined {
  if (!existsSync(blob(layout, manifest.digest))) return undefined;
  const { config } = readJson<{ config: Descriptor }>(layout, manifest);
  return existsSync(blob(layout, config.digest))
    ? readJson<{ architecture?: string }>(layout, config).architecture
    : undefined;
}

function folderManifest(layout: string, folder: string): Descriptor {
  const config = readFileSync(join(folder, "config.json"));
  const [layer] = (JSON.parse(config.toString()) as { rootfs: { diff_ids: string[] } }).rootfs.diff_ids;
  if (layer === undefined) throw new Error(`${folder}/config.json names no layer`);
  const file = join(folder, "layer.tar");
  copyFileSync(file, blob(layout, layer));
  const layers = [{ mediaType: "application/vnd.oci.image.layer.v1.tar", digest: layer, size: statSync(file).size }];
  const described = put(layout, "application/vnd.oci.image.config.v1+json", config);
  return putJson(layout, MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, config: described, layers });
}

function put(layout: string, mediaType: string, content: Buffer): Descriptor {
  const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
  writeFileSync(blob(layout, digest), content);
  return { mediaType, digest, size: content.length };
}

function putJson(layout: string, mediaType: string, value: object): Descriptor {
  return put(layout, mediaType, Buffer.from(JSON.stringify(value)));
}

function readJson<Shape>(layout: string, { digest }: Descriptor): Shape {
  return JSON.parse(readFileSync(blob(layout, digest), "utf8"));
}

function blob(layout: string, digest: string): string {
  return join(layout, "blobs", digest.replace(":", "/"));
}
