import { Buffer } from "node:buffer";
import type { Image, ImageFile, LayerContent } from "../src/explain/image.ts";
import { imageIn } from "../src/explain/manifest.ts";

/** What stands at a path of a layer: a file's text, a folder (null), or a link (`{ to }`). */
export type LayerTree = Readonly<Record<string, string | null | { readonly to: string }>>;

const AMD64 = { os: "linux", architecture: "amd64" };

/** A layer as an archive gives it. */
export function layer(tree: LayerTree): LayerContent {
  const files = Object.entries(tree).map(([path, content]): Omit<ImageFile, "layer"> & { path: string } => {
    if (content === null) return { path, type: "folder", size: 0 };
    if (typeof content !== "string") return { path, type: "link", size: 0, target: content.to };
    return { path, type: "file", size: Buffer.byteLength(content) };
  });
  const texts = Object.entries(tree).flatMap(([path, content]) =>
    typeof content === "string" ? [[path, content] as const] : [],
  );
  return { files, texts: new Map(texts) };
}

/** An image of layers: the instruction that made each, and its files. */
export function image(...layers: readonly (readonly [instruction: string, tree: LayerTree])[]): Image {
  const contents = layers.map(([, tree]) => layer(tree));
  const config = { ...AMD64, history: layers.map(([instruction]) => ({ created_by: instruction })) };
  const saved = [{ Config: "config.json", Layers: contents.map((_, index) => `${index}`) }];
  const documents = new Map([
    ["config.json", JSON.stringify(config)],
    ["manifest.json", JSON.stringify(saved)],
  ]);
  const parts = new Map(contents.map((content, index) => [`${index}`, content]));
  return imageIn({ documents, layers: parts }, "app", undefined, AMD64);
}
