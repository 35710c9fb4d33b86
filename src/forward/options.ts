import type { CacheImport } from "../gateway/client.ts";
import type { Environment } from "../gateway/environment.ts";
import type { Platform } from "../model.ts";
import { parsePlatform } from "../parse/platform.ts";

/** The options of a build that we act on ourselves; all others pass on unread. */
export interface BuildOptions {
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly targetPlatforms: readonly Platform[];
  readonly buildPlatform: Platform;
  readonly cacheImports: readonly CacheImport[];
  /** The subrequest asked for (`frontend.lint`), if any. */
  readonly request?: string;
  readonly resolveMode?: string;
  /** The image of the Dockerfile frontend to use behind ours, such as docker/dockerfile:1.20; the engine's own without it. */
  readonly dockerfileImage?: string;
  /** Names that named contexts replace, as given by `--build-context`. */
  readonly namedContexts: ReadonlySet<string>;
}

const buildArg = "build-arg:";
const namedContext = "context:";

/** The build argument that names the Dockerfile frontend behind ours. */
export const dockerfileArgument = "build-arg:DHI_DOCKERFILE";

/** Reads the options (BuildKit frontend/dockerui/config.go and its keys). */
export function readOptions(environment: Environment): BuildOptions {
  const { opts } = environment;
  const withPrefix = (prefix: string) =>
    [...opts].flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : []));
  const buildPlatform = environment.workers[0]?.platforms[0] ?? { os: "linux", architecture: "amd64" };
  const platforms = (opts.get("platform") ?? "").split(",").filter((text) => text !== "");
  const target = opts.get("target");
  const dockerfileImage = opts.get(dockerfileArgument);
  const request = opts.get("requestid");
  const resolveMode = opts.get("image-resolve-mode");
  return {
    buildArgs: Object.fromEntries(withPrefix(buildArg)),
    targetPlatforms: platforms.length > 0 ? platforms.map(parsePlatform) : [buildPlatform],
    buildPlatform,
    cacheImports: [...cacheImports(opts.get("cache-imports")), ...cacheFrom(opts.get("cache-from"))],
    namedContexts: new Set(withPrefix(namedContext).map(([name]) => name.split("::")[0] ?? name)),
    ...(target ? { target } : {}),
    ...(dockerfileImage ? { dockerfileImage } : {}),
    ...(request ? { request } : {}),
    ...(resolveMode ? { resolveMode } : {}),
  };
}

function cacheImports(json: string | undefined): CacheImport[] {
  if (!json) return [];
  const entries = JSON.parse(json) as { Type: string; Attrs?: Record<string, string> }[];
  return entries.map((entry) => ({ type: entry.Type, attrs: entry.Attrs ?? {} }));
}

/** The older way: images, separated by commas. */
function cacheFrom(list: string | undefined): CacheImport[] {
  return (list ?? "").split(",").flatMap((ref) => (ref === "" ? [] : [{ type: "registry", attrs: { ref } }]));
}
