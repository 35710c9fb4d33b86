import { readRecords } from "../src/explain/records.ts";
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
  const texts = [...files.values()].flatMap(({ path, content }) =>
    isRecord(path) && content !== undefined ? [[path, content.toString("utf8")] as const] : [],
  );
  return readRecords(new Map(texts)).map(({ name, version, requested }) => ({
    name,
    version,
    requested: [...new Set(requested.map(({ word }) => word))],
  }));
}
