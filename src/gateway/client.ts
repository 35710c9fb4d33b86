import { openConnection, stdio } from "./connection.ts";
import type { Streams } from "./http2/session.ts";
import type { CacheImport, Definition, Platform, Range, Result, SourceInfo, Status } from "./messages.ts";
import { methods } from "./methods.ts";

export type { CacheImport } from "./messages.ts";

/** What to solve: a definition, or a frontend with its options and inputs (a nested solve inherits nothing). */
export interface SolveRequest {
  definition?: Definition;
  frontend?: string;
  frontendOpt?: Record<string, string>;
  frontendInputs?: Record<string, Definition>;
  cacheImports?: CacheImport[];
  /** Runs the steps before the answer comes; needs the capability gateway.solve.evaluate. */
  evaluate?: boolean;
}

export interface ResolveOptions {
  platform?: Platform;
  /** `default`, `pull` or `local`, as the option image-resolve-mode. */
  resolveMode?: string;
  /** The line that progress shows. */
  logName?: string;
}

/** A warning as progress shows it; `digest` is the op that it belongs to. */
export interface Warning {
  digest: string;
  level?: number;
  short: string;
  detail?: string[];
  url?: string;
  info?: SourceInfo;
  ranges?: Range[];
}

/** The ids of what BuildKit can do: gateway calls (`source.metaresolver` ...) and LLB (`source.local.differ` ...). */
export interface Capabilities {
  readonly frontend: ReadonlySet<string>;
  readonly llb: ReadonlySet<string>;
}

/** BuildKit's side of a build. Every call throws GatewayError. */
export interface Gateway {
  ping(): Promise<Capabilities>;
  /** The inputs that the caller of this frontend gave: bake's `target:` contexts, an outer frontend's. */
  inputs(): Promise<Record<string, Definition>>;
  solve(request: SolveRequest): Promise<Result>;
  readFile(ref: string, path: string, range?: { offset: number; length: number }): Promise<Uint8Array>;
  resolveImageConfig(
    ref: string,
    options?: ResolveOptions,
  ): Promise<{ ref: string; digest: string; config: Uint8Array }>;
  warn(warning: Warning): Promise<void>;
  /** Ends the build well; after it the process exits with 0. */
  returnResult(result: Result): Promise<void>;
  /** Ends the build with an error; after it the process exits with 0, too. */
  returnError(error: Status): Promise<void>;
  /** Ends the connection, so that nothing keeps the process. */
  close(): void;
}

/** The gateway at the other end of the streams, which are standard input and output unless given. */
export function connect(streams: Streams = stdio()): Gateway {
  const { call, close } = openConnection(streams);
  const utf8 = new TextEncoder();
  return {
    async ping() {
      const { frontendCaps, llbCaps } = await call(methods.ping, {});
      return { frontend: enabled(frontendCaps), llb: enabled(llbCaps) };
    },
    inputs: async () => (await call(methods.inputs, {})).definitions,
    async solve(request) {
      const { result } = await call(methods.solve, { ...request, allowResultReturn: true, allowResultArrayRef: true });
      return result ?? { metadata: {}, attestations: {} };
    },
    readFile: async (ref, path, range) =>
      (await call(methods.readFile, { ref, path, ...(range ? { range } : {}) })).data,
    resolveImageConfig: (ref, options = {}) => call(methods.resolveImageConfig, { ref, ...options }),
    async warn({ digest, level = 1, short, detail = [], url = "", info, ranges = [] }) {
      await call(methods.warn, {
        digest,
        level,
        short: utf8.encode(short),
        detail: detail.map((line) => utf8.encode(line)),
        url,
        info: info ?? null,
        ranges,
      });
    },
    async returnResult(result) {
      await call(methods.return, { result });
    },
    async returnError(error) {
      await call(methods.return, { error });
    },
    close,
  };
}

function enabled(capabilities: readonly { id: string; enabled: boolean }[]): Set<string> {
  return new Set(capabilities.filter((capability) => capability.enabled).map((capability) => capability.id));
}
