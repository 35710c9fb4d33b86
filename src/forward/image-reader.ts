import { GatewayError, sourceDetailType } from "../gateway/error.ts";
import { scratchFiles } from "../gateway/llb.ts";
import type { Definition, Result } from "../gateway/messages.ts";
import { readFileIfThere } from "../gateway/read-file.ts";
import type { Platform } from "../model.ts";
import { formatPlatform } from "../parse/platform.ts";
import type { ImageReader } from "../resolve/from-gateway.ts";
import { parseReference } from "../resolve/reference.ts";
import { type InnerRequest, type OptionChanges, solveInner } from "./inner.ts";

/** Reads images through the gateway; a reference that a named context replaces is read from there. */
export function imageReader(request: InnerRequest): ImageReader {
  const { gateway, options } = request;
  return {
    async config(reference, platform) {
      if (isReplaced(request, reference)) {
        const { metadata } = await solveFrom(request, reference, platform);
        return { digest: "", config: metadata["containerimage.config"] ?? new Uint8Array() };
      }
      // The same words as the Dockerfile frontend's own question, so that progress shows one line.
      const name = fullName(reference);
      const { digest, config } = await gateway.resolveImageConfig(name, {
        logName: `[internal] load metadata for ${name}`,
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

/** The same reader, which asks for each config once. */
export function rememberingReader(reader: ImageReader): ImageReader {
  const configs = new Map<string, ReturnType<ImageReader["config"]>>();
  return {
    ...reader,
    config(reference, platform) {
      const key = JSON.stringify([reference, platform]);
      const config = configs.get(key) ?? reader.config(reference, platform);
      configs.set(key, config);
      return config;
    },
  };
}

/** A name with all that Docker fills in, without which BuildKit resolves none: `node` is `docker.io/library/node:latest`. */
function fullName(reference: string): string {
  const parsed = parseReference(reference);
  if (!parsed) return reference;
  const { registry, path, spelled, tag, digest } = parsed;
  const version = tag === undefined && digest === undefined ? ":latest" : "";
  return `${registry}/${path}${reference.slice(spelled.length)}${version}`;
}

/** Named contexts have the short names of images, without `:latest` (BuildKit frontend/dockerui/config.go, NamedContext). */
function isReplaced({ options: { namedContexts } }: InnerRequest, reference: string): boolean {
  const short = fullName(reference.toLowerCase())
    .replace(/^docker\.io\/(?:library\/)?/, "")
    .replace(/:latest$/, "");
  return namedContexts.has(reference) || namedContexts.has(short);
}

/** The stage `FROM <reference>` as the Dockerfile frontend resolves it, named contexts and all. */
function solveFrom(request: InnerRequest, reference: string, platform: Platform | undefined): Promise<Result> {
  return solveText(request, `FROM ${reference}\n`, { platform: platform && formatPlatform(platform) });
}

/** BuildKit's own reading of a URL as a build context: the definition of a named context, which nothing has fetched yet. */
export async function resolveUrl(request: InnerRequest, url: string): Promise<Definition | undefined> {
  const name = "dhi-main-context";
  const { ref } = await solveText(request, `FROM ${name}\n`, { [`context:${name}`]: url });
  return ref?.def ?? undefined;
}

/** Solves a Dockerfile of ours with the options of the build that concern images and contexts, not its own file, target or questions. */
function solveText(request: InnerRequest, text: string, changes: OptionChanges): Promise<Result> {
  const dockerfile = scratchFiles([{ path: "Dockerfile", data: new TextEncoder().encode(text) }]);
  const contextKey = request.opts.get("contextkey") ?? "context";
  const unset = [
    contextKey,
    "contextkey",
    "contextsubdir",
    "dockerfilekey",
    "target",
    "requestid",
    "platform",
    "multi-platform",
  ];
  const attestations = [...request.opts.keys()].filter((key) => key.startsWith("attest:"));
  const cleared = Object.fromEntries([...unset, ...attestations].map((key) => [key, undefined]));
  // A context of its own: else the ignore file of one that may not be there is asked for, and shown as failed.
  const inputs = { ...request.inputs, dockerfile, context: dockerfile };
  return solveInner({ ...request, inputs }, { ...cleared, filename: "Dockerfile", ...changes }).catch(withoutOurText);
}

/** Passes an error on without the lines of a Dockerfile that is ours, which would tell the user nothing. */
function withoutOurText(error: unknown): never {
  if (!(error instanceof GatewayError)) throw error;
  const details = error.details.filter(({ typeUrl }) => typeUrl !== sourceDetailType);
  throw new GatewayError({ ...error.status, details });
}
