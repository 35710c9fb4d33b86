import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { type Asked, type Ended, run } from "../conformance/buildx.ts";
import type { Lab } from "../conformance/lab.ts";
import { type BuiltImage, readLayout } from "../conformance/oci-layout.ts";
import { readTar, type TarEntry } from "../tar.ts";

/** A build's end, and its images by platform. */
export interface BuiltFor extends Ended {
  readonly images: ReadonlyMap<string, PlatformLayers>;
}

/** One platform's image, and what its layers hold. */
export interface PlatformLayers extends BuiltImage {
  /** The entries of the layer with this number (from the end when negative; the empty one behind DHI-VERIFY left out), with the content of its files. */
  entries(layer: number): Promise<TarEntry[]>;
}

/** Builds a Dockerfile's text for platforms, with the images as a layout on disk; `images` is empty when the build fails. */
export async function buildFor(lab: Lab, asked: Omit<Asked, "context">, text: string): Promise<BuiltFor> {
  const folder = lab.folder({ Dockerfile: text });
  const layout = join(folder, `layout-${randomUUID()}`);
  mkdirSync(layout);
  const output = `--output=type=oci,tar=false,dest=${layout}`;
  const options = ["--provenance=false", ...(asked.options ?? []), output];
  const ended = await run(lab, { ...asked, context: folder, options });
  if (ended.failed) return { ...ended, images: new Map() };
  const images = readLayout(layout).images.map((image): [string, PlatformLayers] => [
    image.platform,
    { ...image, entries: (layer) => layerEntries(layout, filled(image).at(layer) ?? "") },
  ]);
  return { ...ended, images: new Map(images) };
}

/** The layers but for the one that holds nothing and waits for the check of the stage. */
function filled({ layers, config }: BuiltImage): string[] {
  const steps = (config.history ?? []).filter(({ empty_layer }) => !empty_layer);
  return layers.filter((_, index) => !steps[index]?.created_by?.includes("COPY /empty/ /"));
}

async function layerEntries(layout: string, digest: string): Promise<TarEntry[]> {
  const blob = readFileSync(join(layout, "blobs", digest.replace(":", "/")));
  const tar = blob.readUInt16BE() === 0x1f8b ? gunzipSync(blob) : blob;
  const entries: TarEntry[] = [];
  for await (const entry of readTar(Readable.from([tar]), () => true)) entries.push(entry);
  return entries;
}

/** The processors that ELF files among the entries are for, by e_machine's number (System V ABI): 62 is x86-64, 183 AArch64. */
export function machines(entries: readonly TarEntry[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { path, content } of entries) {
    if (content === undefined || content.length < 20 || content.readUInt32BE(0) !== 0x7f454c46) continue;
    const machine = content.readUInt16LE(18);
    found.set(machine, [...(found.get(machine) ?? []), path]);
  }
  return found;
}
