import type { Image, ImageFile, LayerContent } from "./image.ts";

/** Marks in a layer that take away what lower layers brought (OCI image-spec, layer.md: whiteouts). */
const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";

/** Puts layers on top of each other, as a container sees them. */
export function stack(layers: readonly LayerContent[]): Pick<Image, "files" | "removed" | "texts"> {
  const files = new Map<string, ImageFile>();
  const removed = new Map<string, number>();
  const texts = new Map<string, string>();
  const drop = (path: string, alsoItself: boolean) => {
    if (alsoItself) files.delete(path);
    const below = path === "" ? "" : `${path}/`;
    for (const other of files.keys()) if (other.startsWith(below)) files.delete(other);
  };
  for (const [layer, content] of layers.entries()) {
    // A layer's marks hold for the layers below it, wherever they stand in its archive.
    for (const { path } of content.files) {
      const { folder, name } = split(path);
      if (name === OPAQUE) drop(folder, false);
      else if (name.startsWith(WHITEOUT)) {
        const gone = join(folder, name.slice(WHITEOUT.length));
        drop(gone, true);
        removed.set(gone, layer);
      }
    }
    for (const { path, ...file } of content.files) {
      if (split(path).name.startsWith(WHITEOUT)) continue;
      const before = files.get(path);
      if (before?.type === "folder" && file.type !== "folder") drop(path, true);
      files.set(path, { ...file, layer: before?.type === "folder" && file.type === "folder" ? before.layer : layer });
      removed.delete(path);
      addParents(files, path, layer);
    }
    for (const [path, text] of content.texts) texts.set(path, text);
  }
  for (const path of texts.keys()) if (!files.has(path)) texts.delete(path);
  return { files, removed, texts };
}

/** Some builders write no entries for folders. */
function addParents(files: Map<string, ImageFile>, path: string, layer: number): void {
  for (let { folder } = split(path); folder !== "" && !files.has(folder); folder = split(folder).folder) {
    files.set(folder, { type: "folder", size: 0, layer });
  }
}

function split(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf("/");
  return { folder: slash < 0 ? "" : path.slice(0, slash), name: path.slice(slash + 1) };
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
