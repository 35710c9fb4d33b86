import type { Platform } from "../model.ts";

/** A file, link or folder of an image. */
export interface ImageFile {
  readonly type: "file" | "folder" | "link" | "other";
  readonly size: number;
  /** Index of the layer that it comes from. */
  readonly layer: number;
  /** Where a symbolic link leads, as it is written in it. */
  readonly target?: string;
}

/** A layer of an image. */
export interface Layer {
  /** The instruction that made it, from the image's history: `COPY . /app`. Empty when the history does not tell. */
  readonly instruction: string;
  /** True for the layers of the image that the Dockerfile's last stage began with, as far as that can be told. */
  readonly base: boolean;
}

/** An image as its layers give it. Paths have no slash at either end. */
export interface Image {
  readonly name: string;
  readonly platform: Platform;
  readonly layers: readonly Layer[];
  readonly files: ReadonlyMap<string, ImageFile>;
  /** What later layers took away: path (with all below it) and the index of the layer that did. */
  readonly removed: ReadonlyMap<string, number>;
  /** The text of the files that tell of packages. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What one layer holds, in the order of its archive. */
export interface LayerContent {
  readonly files: readonly (Omit<ImageFile, "layer"> & { readonly path: string })[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Where packages are recorded: Debian's, one file for each package, as hardened images have it; ours, for what has no place there. */
export const RECORD_FOLDERS = ["var/lib/dpkg/status.d", "var/lib/dhi/packages"] as const;

/** The databases of images with a package manager. */
export const DPKG_STATUS = "var/lib/dpkg/status";
const DPKG_INFO = "var/lib/dpkg/info";
export const APK_DATABASES: readonly string[] = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];

/** True for the files whose text tells of packages. */
export function tellsOfPackages(path: string): boolean {
  if (path === DPKG_STATUS || APK_DATABASES.includes(path)) return true;
  const folder = path.slice(0, path.lastIndexOf("/"));
  return RECORD_FOLDERS.some((one) => one === folder) || (folder === DPKG_INFO && path.endsWith(".list"));
}

/** What a package's list in the database of a full Debian is called. */
export function dpkgList(name: string): string {
  return `${DPKG_INFO}/${name}.list`;
}
