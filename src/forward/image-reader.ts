import { scratchFiles } from "../gateway/llb.ts";
import type { Result } from "../gateway/messages.ts";
import { readFileIfThere } from "../gateway/read-file.ts";
import type { Platform } from "../model.ts";
import { formatPlatform } from "../parse/platform.ts";
import type { ImageReader } from "../resolve/from-gateway.ts";
import { type InnerRequest, solveInner } from "./inner.ts";

/** Reads images through the gateway; a reference that a named context replaces is read from there. */
export function imageReader(request: InnerRequest): ImageReader {
  const { gateway, options } = request;
  return {
    async config(reference, platform) {
      if (isReplaced(request, reference)) {
        const { metadata } = await solveFrom(request, reference, platform);
        return { digest: "", config: metadata["containerimage.config"] ?? new Uint8Array() };
      }
      const { digest, config } = await gateway.resolveImageConfig(reference, {
        logName: `[internal] load metadata for ${reference}`,
        ...(platform ? { platform } : {}),
        ...(options.resolveMode ? { resolveMode: options.resolveMode } : {}),
      });
      return { digest, config };
    },
    async readFile(reference, platform, path) {
      const { ref } = await solveFrom(request, reference, platform);
      return ref?.id ? readFileIfThere(gateway, ref.id, path) : undefined;
    },
  };
}

function isReplaced(request: InnerRequest, reference: string): boolean {
  const { namedContexts } = request.options;
  return (
    namedContexts.has(reference) ||
    namedContexts.has(reference.replace(/:latest$/, "")) ||
    namedContexts.has(reference.toLowerCase())
  );
}

/** The stage `FROM <reference>` as the Dockerfile frontend resolves it, named contexts and all. */
function solveFrom(request: InnerRequest, reference: string, platform: Platform | undefined): Promise<Result> {
  const text = new TextEncoder().encode(`FROM ${reference}\n`);
  const asked = platform ? formatPlatform(platform) : undefined;
  const inputs = { ...request.inputs, dockerfile: scratchFiles([{ path: "Dockerfile", data: text }]) };
  return solveInner(
    { ...request, inputs },
    { filename: "Dockerfile", dockerfilekey: undefined, target: undefined, requestid: undefined, platform: asked },
  );
}
