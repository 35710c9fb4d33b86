import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { distance } from "fastest-levenshtein";
import { type DiagnosticError, failure } from "../diagnostic.ts";
import type { Source, SourceFile } from "../model.ts";

/** Where to look besides the Dockerfile itself. */
export interface DiskOptions {
  /** The folder of the build context, whose `.dockerignore` counts when the Dockerfile has none of its own. By default the Dockerfile's folder. */
  readonly context?: string;
  /** What `-` reads. */
  readonly stdin?: NodeJS.ReadableStream;
}

/**
 * Reads a Dockerfile, or standard input for `-`, and the ignore file that belongs to it: `<file>.dockerignore`, else `.dockerignore`
 * of the context. A `Dockerfile` that is not there is tried in lower case (BuildKit frontend/dockerui/config.go, ReadEntrypoint).
 * Throws DhiFileNotFound, DhiFileIsFolder and DhiFileUnreadable.
 */
export async function readFromDisk(path: string, options: DiskOptions = {}): Promise<Source> {
  if (path === "-") {
    const bytes = await buffer(options.stdin ?? process.stdin);
    return withIgnoreFile({ name: "<stdin>", bytes }, [join(options.context ?? ".", ".dockerignore")]);
  }
  const file = await readDockerfile(path);
  const folder = options.context ?? dirname(path);
  return withIgnoreFile(file, [`${path}.dockerignore`, join(folder, ".dockerignore")]);
}

async function readDockerfile(path: string): Promise<SourceFile> {
  const candidates = basename(path) === "Dockerfile" ? [path, join(dirname(path), "dockerfile")] : [path];
  for (const name of candidates) {
    const bytes = await readIfThere(name);
    if (bytes) return { name, bytes };
  }
  throw await notFound(path);
}

async function withIgnoreFile(file: SourceFile, candidates: readonly string[]): Promise<Source> {
  for (const name of candidates) {
    const bytes = await readIfThere(name);
    if (bytes) return { ...file, ignoreFile: { name, bytes } };
  }
  return file;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "EISDIR") throw await isFolder(path);
    throw failure("DhiFileUnreadable", undefined, `${path} can't be read: ${reason(code)}`, advice(code));
  }
}

function reason(code: string): string {
  if (code === "EACCES" || code === "EPERM") return `permission denied (${code})`;
  if (code === "ELOOP") return `its symbolic links go round in circles (${code})`;
  return code;
}

function advice(code: string): string {
  return code === "EACCES" || code === "EPERM" ? "make it readable for this user" : "check the path";
}

async function isFolder(path: string): Promise<DiagnosticError> {
  const names = await namesIn(path);
  const inside = names.find((name) => name === "Dockerfile") ?? names.find((name) => /dockerfile/i.test(name));
  return failure(
    "DhiFileIsFolder",
    undefined,
    `${path} is a folder, not a file`,
    inside === undefined ? "name the file" : `did you mean ${join(path, inside)}?`,
  );
}

async function notFound(path: string): Promise<DiagnosticError> {
  const wanted = basename(path);
  const folder = dirname(path);
  const names = await namesIn(folder);
  const closeness = (name: string) => distance(name.toLowerCase(), wanted.toLowerCase());
  const nearest = Math.min(...names.map(closeness));
  const near = nearest <= Math.max(2, wanted.length / 3) ? names.filter((name) => closeness(name) === nearest) : [];
  const dockerfiles = names.filter((name) => /dockerfile/i.test(name) && !name.endsWith(".dockerignore")).sort();
  const suggestions = (near.length > 0 ? near : dockerfiles).slice(0, 3).map((name) => join(folder, name));
  return failure(
    "DhiFileNotFound",
    undefined,
    `there is no file ${path}`,
    suggestions.length > 0
      ? `did you mean ${suggestions.join(" or ")}?`
      : "name the Dockerfile, or - for standard input",
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
