import { failure } from "../diagnostic.ts";
import type { Gateway } from "../gateway/client.ts";
import type { Environment } from "../gateway/environment.ts";

/** What BuildKit can do since 0.13, and not before (BuildKit frontend/gateway/pb/caps.go). */
const sinceOldest = "source.metaresolver";

/** Throws DhiEngine when BuildKit is older than 0.13, the oldest that this frontend is tested with. */
export async function checkEngine(gateway: Gateway, { workers }: Environment): Promise<void> {
  const { frontend } = await gateway.ping();
  if (frontend.has(sinceOldest)) return;
  const version = workers[0]?.buildkitVersion.replace(/^v/, "");
  throw failure(
    "DhiEngine",
    undefined,
    `dhi-frontend needs BuildKit 0.13 or newer; ${version ? `this is BuildKit ${version}` : "this one is older"}`,
    "update to Docker Engine 26.0 or newer, or build with a newer builder (docker buildx create --use)",
  );
}
