import type { Gateway } from "../gateway/client.ts";
import { scratchFiles } from "../gateway/llb.ts";
import type { Definition, Result } from "../gateway/messages.ts";
import type { Printed, Source } from "../model.ts";
import type { BuildOptions } from "./options.ts";

/** BuildKit's own Dockerfile frontend, built into the daemon. */
const dockerfileFrontend = "dockerfile.v0";

/** The request to the Dockerfile frontend: all the options and inputs that we were given, with the printed file in the place of the user's. */
export interface InnerRequest {
  readonly gateway: Gateway;
  readonly opts: ReadonlyMap<string, string>;
  readonly options: BuildOptions;
  /** Our own inputs (bake's `target:` contexts arrive so). */
  readonly inputs: Readonly<Record<string, Definition>>;
  /** The printed file; absent when the user's passes unchanged and is read by the Dockerfile frontend itself. */
  readonly dockerfile?: { readonly source: Source; readonly printed: Printed };
}

/** Solves with the Dockerfile frontend. `extra` sets options, or removes one with undefined. */
export function solveInner(
  request: InnerRequest,
  extra: Readonly<Record<string, string | undefined>> = {},
): Promise<Result> {
  const { dockerfile, gateway } = request;
  const frontendOpt: Record<string, string | undefined> = { ...Object.fromEntries(request.opts), ...extra };
  // `source` names our own image; with `cmdline` the inner frontend does not follow the syntax line to us again.
  delete frontendOpt.source;
  frontendOpt.cmdline ??= dockerfileFrontend;
  const frontendInputs = { ...request.inputs };
  if (dockerfile) {
    // With `dockerfilekey` (a Dockerfile from stdin) the inner frontend would not look at the input.
    delete frontendOpt.dockerfilekey;
    frontendInputs.dockerfile = dockerfileInput(request.options.filename, dockerfile.source, dockerfile.printed);
  }
  const set = Object.entries(frontendOpt).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return gateway.solve({
    frontend: dockerfileFrontend,
    frontendOpt: Object.fromEntries(set),
    frontendInputs,
    cacheImports: [...request.options.cacheImports],
  });
}

/** The printed file as LLB; the ignore file is read from the same place as the Dockerfile, so it goes along. */
function dockerfileInput(filename: string, source: Source, printed: Printed): Definition {
  const files = [{ path: filename, data: printed.bytes }];
  if (source.ignoreFile) files.push({ path: source.ignoreFile.name, data: source.ignoreFile.bytes });
  return scratchFiles(files, `[internal] expand ${source.name}`);
}
