import { randomUUID } from "node:crypto";
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { failure } from "../diagnostic.ts";
import type { SourceFile } from "../model.ts";
import type { FileFindings } from "./file-findings.ts";
import { applyFixes } from "./fix.ts";
import type { Finding } from "./rule.ts";

/** What was changed, and what is left to say of the changed file. */
export interface Mended {
  readonly made: readonly Finding[];
  readonly left: FileFindings;
}

/** Rounds of fixes: edits at one place wait for the next. A rule whose fix brings itself back would have no end. */
const most = 10;

/** Makes all fixes of a file's findings; `look` finds them. Nothing is written. */
export async function mend(source: SourceFile, look: (source: SourceFile) => Promise<FileFindings>): Promise<Mended> {
  let left = await look(source);
  const made: Finding[] = [];
  for (let round = 0; round < most; round++) {
    const fixed = applyFixes(left.source.bytes, left.findings);
    if (fixed.made.length === 0) break;
    made.push(...fixed.made);
    left = await look({ ...source, bytes: fixed.bytes });
  }
  return { made, left };
}

/**
 * Puts a file's new content in its place, all of it or nothing: a link stays one, the mode is kept. Throws DhiFileChanged when somebody else has changed the file
 * since it was read, and DhiFileUnwritable.
 */
export async function replaceFile(before: SourceFile, bytes: Uint8Array): Promise<void> {
  const path = await realpath(before.name);
  const temporary = `${path}.${randomUUID()}`;
  try {
    const { mode } = await stat(path);
    if (Buffer.compare(await readFile(path), before.bytes) !== 0) {
      throw failure(
        "DhiFileChanged",
        undefined,
        `${before.name} was changed while it was checked`,
        "run the check again",
      );
    }
    await writeFile(temporary, bytes, { flag: "wx", mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw failure("DhiFileUnwritable", undefined, `${before.name} can't be written: ${code}`, "check its permissions");
  }
}
