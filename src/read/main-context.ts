import { failure } from "../diagnostic.ts";
import type { Gateway } from "../gateway/client.ts";
import { dockerfileSource, http, keepGitFolder, type OpOrder, unpack } from "../gateway/llb.ts";
import type { Definition } from "../gateway/messages.ts";
import { isArchive } from "./archive.ts";

/** Where a build's Dockerfile and context are (BuildKit frontend/dockerui/context.go, initContext). */
export interface MainContext {
  /** What the Dockerfile is read from. */
  readonly dockerfile: Definition;
  /** The Dockerfile's path there. */
  readonly filename: string;
  /** The build context as LLB; absent when it is a folder of the client. */
  readonly context?: Definition;
}

/** What tells where they are. */
export interface ContextQuestion {
  readonly gateway: Gateway;
  readonly opts: ReadonlyMap<string, string>;
  readonly sessionId: string;
  readonly order: OpOrder;
  readonly inputs: Readonly<Record<string, Definition>>;
  /** BuildKit's own reading of a URL as a source: the definition of a named context with that URL. */
  resolveUrl(url: string): Promise<Definition | undefined>;
}

const defaultFilename = "Dockerfile";
// The Dockerfile frontend stores a download under this name.
const downloadName = "context";

/** Finds a build's Dockerfile and context: a client's folder, a git repository, a download (archive or Dockerfile), or an input. */
export async function mainContext(question: ContextQuestion): Promise<MainContext> {
  const { opts, inputs } = question;
  const filename = opts.get("filename") || defaultFilename;
  const url = opts.get(opts.get("contextkey") ?? "context") ?? "";
  const localKey = opts.get("dockerfilekey");
  const local = (name: string) => {
    const sessionId = opts.get(`local-sessionid:${name}`) ?? question.sessionId;
    return dockerfileSource({ filename, localName: name, sessionId });
  };
  if (isUrl(url)) {
    const remote = await remoteContext(question, url, filename);
    return localKey === undefined ? remote : { ...remote, dockerfile: local(localKey), filename };
  }
  const dockerfile = localKey === undefined ? (inputs.dockerfile ?? local("dockerfile")) : local(localKey);
  return { dockerfile, filename };
}

/** BuildKit takes these for URLs of contexts: http, git, ssh, the short form of ssh, and GitHub without a scheme (dockerfile/dfgitutil). */
function isUrl(text: string): boolean {
  return /^(?:https?|git|ssh):\/\/|^[\w.-]+@[^/:]+:|^github\.com\//.test(text);
}

async function remoteContext(question: ContextQuestion, url: string, filename: string): Promise<MainContext> {
  const { gateway, opts, order } = question;
  if (isGit(url)) {
    const source = await question.resolveUrl(asNamedContext(url));
    if (!source) throw failure("DhiContextUrl", undefined, `the build context ${url} can't be read`);
    const keep = /^(?:1|t|true)$/i.test(opts.get("build-arg:BUILDKIT_CONTEXT_KEEP_GIT_DIR") ?? "");
    const context = keep ? keepGitFolder(source, order) : source;
    return { context, dockerfile: context, filename };
  }
  const download = http(url, order, {
    filename: downloadName,
    customName: "[internal] load remote build context",
  });
  const { ref } = await gateway.solve({ definition: download });
  const head = ref?.id ? await gateway.readFile(ref.id, downloadName, { offset: 0, length: 1024 }) : new Uint8Array();
  if (!isArchive(head)) return { context: download, dockerfile: download, filename: downloadName };
  const context = unpack(download, downloadName, order);
  return { context, dockerfile: context, filename };
}

/** A repository, not a download: over http only a path that ends in `.git` (dockerfile/dfgitutil, ParseGitRef). */
function isGit(url: string): boolean {
  return !/^https?:/.test(url) || /^[^#?]*\.git(?:[#?]|$)/.test(url);
}

/** The same repository in a form that named contexts take: they know no ssh:// and no bare github.com/. */
function asNamedContext(url: string): string {
  if (url.startsWith("github.com/")) return url.replace(/^([^#?]*?)(?:\.git)?(?=[#?]|$)/, "https://$1.git");
  if (!url.startsWith("ssh://")) return url;
  const [, host, path] = /^ssh:\/\/git@([^/:]+)(\/.*)$/.exec(url) ?? [];
  if (host !== undefined && path !== undefined) return `git@${host}:${path}`;
  throw failure(
    "DhiContextUrl",
    undefined,
    `directives can't be expanded in a build context at ${url}`,
    "write git@<host>:<path>, without a port, or clone it first",
  );
}
