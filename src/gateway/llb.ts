import { posix } from "node:path";
import { definitionOf, head, opsOf } from "./definition.ts";
import { type Definition, type Op, type OpMetadata, opCodec } from "./messages.ts";

// Bytes must be those that Go marshals, or the same step gets another digest and runs, or is transferred, twice: map keys
// sorted, zero values left out, an empty `constraints` always there, a platform on images only (BuildKit client/llb).

/**
 * The order of an op's fields as BuildKit's Go writes them: by number up to 0.16; since 0.17, with another library, what kind of op it is comes last. BuildKit
 * encodes each op anew (solver/llbsolver/vertex.go, recomputeDigests): one that comes out different gives all that rest on it other digests, under which the
 * source map knows no line.
 */
export type OpOrder = "by number" | "kind last";

/** The order for a version as `v0.25.1`; an unknown one is taken for new. */
export function opOrder(buildkitVersion: string | undefined): OpOrder {
  const minor = Number(/^v?0\.(\d+)\./.exec(buildkitVersion ?? "")?.[1] ?? 17);
  return minor < 17 ? "by number" : "kind last";
}

/** What to take from a folder of the client; names as in BuildKit client/llb/source.go, Local. */
export interface LocalOptions {
  readonly sessionId: string;
  readonly includePatterns?: readonly string[];
  readonly excludePatterns?: readonly string[];
  readonly followPaths?: readonly string[];
  readonly sharedKeyHint?: string;
  /** `none` transfers the files again instead of comparing them. */
  readonly differ?: "none" | "metadata";
  readonly customName?: string;
}

/** A folder of the client, by the name that it gave it. */
export function local(name: string, options: LocalOptions): Definition {
  const attrs = {
    "local.session": options.sessionId,
    "local.includepattern": patterns(options.includePatterns),
    "local.excludepatterns": patterns(options.excludePatterns),
    "local.followpaths": patterns(options.followPaths),
    "local.sharedkeyhint": options.sharedKeyHint,
    "local.differ": options.differ,
  };
  const caps = {
    "source.local": true,
    "source.local.sessionid": true,
    ...(attrs["local.includepattern"] ? { "source.local.includepatterns": true } : {}),
    ...(attrs["local.followpaths"] ? { "source.local.followpaths": true } : {}),
    ...(attrs["local.excludepatterns"] ? { "source.local.excludepatterns": true } : {}),
    ...(attrs["local.sharedkeyhint"] ? { "source.local.sharedkeyhint": true } : {}),
  };
  return source(`local://${name}`, attrs, metadataOf(caps, options.customName));
}

/**
 * The Dockerfile, and the ignore file beside it, as the Dockerfile frontend itself loads them (BuildKit
 * frontend/dockerui/config.go, ReadEntrypoint): the same op, so they are transferred once and show as one line.
 */
export function dockerfileSource(options: { filename: string; localName: string; sessionId: string }): Definition {
  const { filename, localName, sessionId } = options;
  const lowerCase = posix.join(posix.dirname(filename), "dockerfile");
  return local(localName, {
    sessionId,
    followPaths: [
      filename,
      `${filename}.dockerignore`,
      ...(posix.basename(filename) === "Dockerfile" ? [lowerCase] : []),
    ],
    sharedKeyHint: localName,
    differ: "none",
    customName: `[internal] load build definition from ${filename}`,
  });
}

/** A file from the web; `filename` is its name in the result. */
export function http(
  url: string,
  order: OpOrder,
  { filename, customName }: { filename?: string; customName?: string } = {},
): Definition {
  return source(url, { "http.filename": filename }, metadataOf({ "source.http": true }, customName), order);
}

/** A git source that keeps its .git folder (BuildKit client/llb/source.go, KeepGitDir). */
export function keepGitFolder(git: Definition, order: OpOrder): Definition {
  const [op] = opsOf(git);
  const from = op && opCodec.decode(op.bytes).source;
  const metadata: OpMetadata = {
    ...op?.metadata,
    description: op?.metadata.description ?? {},
    caps: { ...op?.metadata.caps, "source.git.keepgitdir": true },
  };
  return source(from?.identifier ?? "", { ...from?.attrs, "git.keepgitdir": "true" }, metadata, order);
}

function source(
  identifier: string,
  attrs: Record<string, string | undefined>,
  metadata: OpMetadata,
  order: OpOrder = "by number",
): Definition {
  const given = Object.entries(attrs).filter((entry): entry is [string, string] => Boolean(entry[1]));
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = encodeOp({ source: { identifier, attrs: Object.fromEntries(given) } }, order);
  return definitionOf([{ bytes, metadata }]);
}

/** A list as Go's encoding/json writes it, which also escapes `<`, `>`, `&` and two line separators. */
function patterns(list: readonly string[] = []): string | undefined {
  if (list.length === 0) return undefined;
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(list).replace(/[<>&\u2028\u2029]/g, escaped);
}

/** A file of ours. */
export interface NewFile {
  readonly path: string;
  readonly data: Uint8Array;
  /** Permission bits, 0644 unless given. */
  readonly mode?: number;
}

type FileAction = NonNullable<NonNullable<NonNullable<Op["file"]>["actions"]>[number]>;

/**
 * A filesystem of these files only. Folders are made as needed; all times are the epoch, so equal files are equal ops. The op has no `constraints`, so
 * every order is the same.
 */
export function scratchFiles(files: readonly NewFile[], customName?: string): Definition {
  const folders = new Set(files.map((file) => posix.dirname(absolute(file.path))));
  folders.delete("/");
  const actions: FileAction[] = [...folders].map((path) => ({ mkdir: { path, mode: 0o755, makeParents: true } }));
  for (const { path, data, mode = 0o644 } of files) {
    actions.push({ mkfile: { path: absolute(path), mode, ...(data.length > 0 ? { data } : {}) } });
  }
  // Every action works on the result of the one before it; -1 is the empty filesystem, or no output of its own.
  const chain = actions.map((action, index) => ({
    ...(index === 1 ? {} : { input: index - 1 }),
    secondaryInput: -1,
    ...(index === actions.length - 1 ? {} : { output: -1 }),
    ...action,
  }));
  const bytes = opCodec.encode({ file: { actions: chain } });
  return definitionOf(actions.length === 0 ? [] : [{ bytes, metadata: metadataOf({ "file.base": true }, customName) }]);
}

/** What an archive holds, as the Dockerfile frontend unpacks a context from the web (dockerui/context.go). */
export function unpack(archive: Definition, path: string, order: OpOrder): Definition {
  const copy = { src: absolute(path), dest: "/", mode: -1, attemptUnpack: true, timestamp: -1 };
  const bytes = encodeOp({ inputs: [{ digest: head(archive) }], file: { actions: [{ input: -1, copy }] } }, order);
  return definitionOf([...opsOf(archive), { bytes, metadata: metadataOf({ "file.base": true }) }]);
}

function absolute(path: string): string {
  return posix.join("/", path);
}

function encodeOp({ inputs, ...kind }: Op, order: OpOrder): Uint8Array {
  const from = inputs ? { inputs } : {};
  const constraints = {};
  if (order === "by number") return opCodec.encode({ ...from, ...kind, constraints });
  return Buffer.concat([opCodec.encode({ ...from, constraints }), opCodec.encode(kind)]);
}

function metadataOf(caps: Record<string, boolean>, customName?: string): OpMetadata {
  return { description: customName === undefined ? {} : { "llb.customname": customName }, caps };
}
