import { createHash } from "node:crypto";
import { failure } from "../diagnostic.ts";
import type { Platform } from "../model.ts";
import { formatPlatform } from "../parse/platform.ts";
import type { Archive } from "./archive.ts";
import { APK_DATABASES, DPKG_STATUS, type Image, type Layer, type LayerContent } from "./image.ts";
import { stack } from "./layers.ts";
import { readRecords } from "./records.ts";

interface Descriptor {
  readonly mediaType?: string;
  readonly digest?: string;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest or an index (OCI image-spec, manifest.md and image-index.md). */
interface Manifest {
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}

/** An entry of manifest.json, which `docker image save` writes. */
interface SavedImage {
  readonly Config: string;
  readonly Layers: readonly string[] | null;
}

/** What is used of an image's config (OCI image-spec, config.md). */
interface Config {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
  readonly config?: { readonly Labels?: Readonly<Record<string, string>> | null };
  readonly rootfs?: { readonly diff_ids?: readonly string[] | null };
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[] | null;
}

interface Candidate {
  readonly config: Config;
  readonly layers: readonly LayerContent[];
}

/**
 * The image for a platform in an archive. Without a platform that of `own`, or the only one there is. Throws DhiExplainArchive when the archive holds no
 * whole image or several, and DhiExplainPlatform when it has none for the platform.
 */
export function imageIn(archive: Archive, name: string, platform?: Platform, own?: Platform): Image {
  const found = candidates(archive);
  const has = (wanted: Platform) => found.filter(({ config }) => fits(config, wanted));
  const ours = own ? has(own) : [];
  const chosen = platform ? has(platform) : ours.length > 0 ? ours : found;
  const there = [...new Set(found.map(({ config }) => formatPlatform(platformOf(config))))].join(", ");
  if (platform && found.length > 0 && chosen.length === 0) {
    const problem = `${name} has nothing for ${formatPlatform(platform)}; it has ${there}`;
    throw failure("DhiExplainPlatform", undefined, problem, "choose one of these with --platform, or pull the other");
  }
  const [first, second] = chosen;
  if (first === undefined) {
    const advice = "write it with `docker image save <image>` or `docker buildx build --output type=oci,dest=<file>`";
    throw failure("DhiExplainArchive", undefined, `${name} holds no image with its layers`, advice);
  }
  if (second !== undefined) {
    const several = found.length > 1 && there.includes(",");
    const advice = several ? `choose one of ${there} with --platform` : "save one image at a time";
    throw failure("DhiExplainArchive", undefined, `${name} holds ${chosen.length} images`, advice);
  }
  const stacked = stack(first.layers);
  return { name, platform: platformOf(first.config), layers: layersOf(first, stacked), ...stacked };
}

/** Every image whose config and layers are all there; of the other platforms of a pulled image only the names may be. */
function candidates({ documents, layers }: Archive): Candidate[] {
  const read = <Document>(path: string): Document | undefined => {
    try {
      return JSON.parse(documents.get(path) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  };
  const candidate = (configPath: string, layerPaths: readonly string[]): Candidate[] => {
    const config = read<Config>(configPath);
    const contents = layerPaths.flatMap((path) => layers.get(path) ?? []);
    return config && contents.length === layerPaths.length ? [{ config, layers: contents }] : [];
  };
  const seen = new Set<string>();
  const follow = (path: string): Candidate[] => {
    if (seen.has(path)) return [];
    seen.add(path);
    const { manifests = [], config, layers: parts } = read<Manifest>(path) ?? {};
    if (config && parts) return candidate(blob(config), parts.map(blob));
    const images = manifests.filter(({ annotations }) => annotations?.["vnd.docker.reference.type"] === undefined);
    return images.flatMap((descriptor) => follow(blob(descriptor)));
  };
  const fromIndex = follow("index.json");
  if (fromIndex.length > 0) return fromIndex;
  const saved = read<readonly SavedImage[]>("manifest.json") ?? [];
  return saved.flatMap(({ Config, Layers }) => candidate(Config, Layers ?? []));
}

function blob({ digest = "" }: Descriptor): string {
  return `blobs/${digest.replace(":", "/")}`;
}

function platformOf({ os = "linux", architecture = "", variant }: Config): Platform {
  return { os, architecture, ...(variant && { variant }) };
}

function fits(config: Config, wanted: Platform): boolean {
  return `${formatPlatform(platformOf(config))}/`.startsWith(`${formatPlatform(wanted)}/`);
}

function layersOf({ config, layers }: Candidate, stacked: ReturnType<typeof stack>): Layer[] {
  const history = (config.history ?? []).filter((step) => step.empty_layer !== true);
  const told = history.length === layers.length;
  const base = baseLayers(config) ?? guessedBaseLayers(stacked);
  return layers.map((_, index) => ({
    instruction: told ? instructionOf(history[index]?.created_by ?? "") : "",
    base: index < base,
  }));
}

/** `COPY . /app # buildkit`, and `/bin/sh -c #(nop) COPY ...` of older builders, as the user wrote it. */
function instructionOf(createdBy: string): string {
  return createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, "")
    .replace(/\s*# buildkit$/, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Hardened images name the ChainID of their own layers in a label, which images built on them inherit (OCI image-spec, config.md: ChainID). */
function baseLayers({ config, rootfs }: Config): number | undefined {
  const label = config?.Labels?.["com.docker.dhi.chain-id"];
  if (label === undefined) return undefined;
  let chain = "";
  for (const [index, diffId] of (rootfs?.diff_ids ?? []).entries()) {
    chain = chain === "" ? diffId : `sha256:${createHash("sha256").update(`${chain} ${diffId}`).digest("hex")}`;
    if (chain === label) return index + 1;
  }
  return undefined;
}

/** Elsewhere the base reaches as far as what makes a distribution: its name, and packages that no directive brought. */
function guessedBaseLayers({ files, texts }: ReturnType<typeof stack>): number {
  const records = readRecords(texts).filter(({ requested }) => requested.length === 0);
  const paths = ["etc/os-release", "usr/lib/os-release", ...records.map(({ record }) => record)];
  const databases = [DPKG_STATUS, ...APK_DATABASES];
  const layers = paths.filter((path) => !databases.includes(path)).flatMap((path) => files.get(path)?.layer ?? []);
  return layers.reduce((most, layer) => Math.max(most, layer + 1), 0);
}
