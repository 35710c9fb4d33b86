import type { Platform } from "./messages.ts";

/** What BuildKit tells a frontend by environment variables (BuildKit frontend/gateway/gateway.go, Solve). */
export interface Environment {
  /** The options of the build: `filename`, `target`, `build-arg:X`, `context:x` ... */
  readonly opts: ReadonlyMap<string, string>;
  readonly sessionId: string;
  readonly workers: readonly Worker[];
  readonly product: string;
  /** From our own image's config, not from BuildKit: where a rule's page is, with `{rule}` for its name; empty when it is published nowhere. */
  readonly rulesUrl: string;
}

/** One that runs steps; the first platform is the default. */
export interface Worker {
  readonly id: string;
  readonly platforms: readonly Platform[];
  /** As `v0.25.1`; empty when it is not told. */
  readonly buildkitVersion: string;
}

/** Reads the variables. Throws Error when BUILDKIT_WORKERS is not JSON. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const opts = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !/^BUILDKIT_FRONTEND_OPT_\d+$/.test(name)) continue;
    // A value may hold more equals signs: build-arg:X=a=b.
    const equals = value.indexOf("=");
    opts.set(equals < 0 ? value : value.slice(0, equals), equals < 0 ? "" : value.slice(equals + 1));
  }
  return {
    opts,
    sessionId: env.BUILDKIT_SESSION_ID ?? "",
    workers: readWorkers(env.BUILDKIT_WORKERS),
    product: env.BUILDKIT_EXPORTEDPRODUCT ?? "",
    rulesUrl: env.DHI_RULES_URL ?? "",
  };
}

/** The JSON of BuildKit client/workers.go with the platforms of the OCI image spec. */
interface WorkerJson {
  id?: string;
  platforms?: { os: string; architecture: string; variant?: string; "os.version"?: string }[] | null;
  buildkitVersion?: { version?: string };
}

function readWorkers(json: string | undefined): Worker[] {
  const workers: WorkerJson[] | null = JSON.parse(json || "[]");
  return (workers ?? []).map(({ id = "", platforms, buildkitVersion }) => ({
    id,
    platforms: (platforms ?? []).map(({ os, architecture, variant, "os.version": osVersion }) => ({
      os,
      architecture,
      ...(variant ? { variant } : {}),
      ...(osVersion ? { osVersion } : {}),
    })),
    buildkitVersion: buildkitVersion?.version ?? "",
  }));
}
