import type { ImageFiles } from "./image-files.ts";

/** The record of a package as images without package manager keep it: one file for each in this folder. */
export const RECORDS = "var/lib/dpkg/status.d";

/** A package's record (Debian policy 5.3). */
export interface PackageRecord {
  readonly name: string;
  readonly version: string;
  /** The words of the directive that brought it; empty for a package of the base. */
  readonly requested: readonly string[];
}

/** True for the files that `packageRecords` reads. */
export function isRecord(path: string): boolean {
  return path.startsWith(`${RECORDS}/`) && !path.endsWith(".md5sums");
}

/** The package records among an image's files, by name. Their content must have been kept: `readImageFiles(engine, image, isRecord)`. */
export function packageRecords(files: ImageFiles): PackageRecord[] {
  return [...files.values()]
    .filter(({ path, content }) => isRecord(path) && content !== undefined)
    .map(({ content }) => {
      const field = (name: string) =>
        new RegExp(`^${name}: *(.*)$`, "m").exec(content?.toString("utf8") ?? "")?.[1] ?? "";
      const requested = field("Dhi-Requested")
        .split(/[ ,]+/)
        .filter((word) => word !== "" && !word.startsWith("DHI-"));
      return { name: field("Package"), version: field("Version"), requested };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
