import { scriptsStage } from "../directives/graft-stage.ts";
import type { Gateway } from "../gateway/client.ts";
import { scratchFiles } from "../gateway/llb.ts";
import type { Definition, Result } from "../gateway/messages.ts";
import type { Printed, Source } from "../model.ts";
import { type BuildOptions, dockerfileArgument } from "./options.ts";

/** BuildKit's own Dockerfile frontend, built into the daemon. */
const dockerfileFrontend = "dockerfile.v0";

/** The frontend that runs another frontend's image. */
const imageFrontend = "gateway.v0";

/** A request as it came to us, to be handed on to the Dockerfile frontend with all its options and inputs. */
export interface InnerRequest {
  readonly gateway: Gateway;
  readonly opts: ReadonlyMap<string, string>;
  readonly options: BuildOptions;
  /** Our own inputs (bake's `target:` contexts arrive so). */
  readonly inputs: Readonly<Record<string, Definition>>;
}

/** What goes in the place of the user's Dockerfile, and of a context that is not a folder of the client. */
export interface Replacement {
  readonly source: Source;
  /** The Dockerfile's path where it was read. */
  readonly filename: string;
  readonly printed: Printed;
  readonly context?: Definition;
}

/** Options to set, or with undefined to remove. */
export type OptionChanges = Readonly<Record<string, string | undefined>>;

/** Solves with the Dockerfile frontend, the request as it came. A nested solve inherits nothing, so all goes along. */
export function solveInner(request: InnerRequest, changes: OptionChanges = {}): Promise<Result> {
  const frontendOpt: Record<string, string | undefined> = { ...Object.fromEntries(request.opts), ...changes };
  // `source` names our own image.
  delete frontendOpt.source;
  const { dockerfileImage } = request.options;
  if (dockerfileImage) {
    frontendOpt.source = dockerfileImage;
    frontendOpt.cmdline = dockerfileImage;
    // An image that reads the argument too, such as ours, would call itself without end.
    delete frontendOpt[dockerfileArgument];
  }
  const set = Object.entries(frontendOpt).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return request.gateway.solve({
    frontend: dockerfileImage ? imageFrontend : dockerfileFrontend,
    frontendOpt: Object.fromEntries(set),
    frontendInputs: request.inputs,
    cacheImports: [...request.options.cacheImports],
  });
}

/** Solves with the Dockerfile frontend, the printed file in the place of the user's. */
export function solvePrinted(
  request: InnerRequest,
  replacement: Replacement,
  changes: OptionChanges = {},
): Promise<Result> {
  const { filename, source, printed, context } = replacement;
  const { scripts } = printed;
  const inputs = {
    ...request.inputs,
    dockerfile: dockerfileInput(filename, source, printed),
    ...(context ? { context } : {}),
    ...(scripts ? { [scriptsStage]: scriptsInput(scripts) } : {}),
  };
  const contextKey = request.opts.get("contextkey") ?? "context";
  return solveInner(
    { ...request, inputs },
    {
      // With `dockerfilekey` (a Dockerfile from stdin) or a URL as context the inner frontend would not look at the input.
      dockerfilekey: undefined,
      // With `cmdline` the inner frontend does not follow the syntax line, which names us. When we were called without it (as gateway.v0,
      // not by that line) a file that passes unchanged still has its line followed, as by the stock frontend.
      cmdline: request.opts.get("cmdline") ?? dockerfileFrontend,
      ...(context ? { [contextKey]: undefined, contextkey: undefined } : {}),
      // A named context takes the place of the stage of that name.
      ...(scripts ? { [`context:${scriptsStage}`]: `input:${scriptsStage}` } : {}),
      filename,
      "no-cache": withGeneratedStages(request.opts.get("no-cache"), printed),
      ...changes,
    },
  );
}

/** The printed file as LLB; the ignore file is read from the same place as the Dockerfile, so it goes along. */
function dockerfileInput(filename: string, source: Source, printed: Printed): Definition {
  const files = [{ path: filename, data: printed.bytes }];
  if (source.ignoreFile) files.push({ path: source.ignoreFile.name, data: source.ignoreFile.bytes });
  return scratchFiles(files, `[internal] expand ${source.name}`);
}

/**
 * The scripts' stage as LLB. It has no place in the text that goes to BuildKit: up to 0.26 its parser takes time in the square of a heredoc's lines
 * (frontend/dockerfile/parser/parser.go, Parse), and each parse, source map and copy of the text goes through a quarter of a megabyte. Steps that mount a file
 * keep their cache: it is kept by the file's content.
 */
function scriptsInput(scripts: Readonly<Record<string, string>>): Definition {
  const utf8 = new TextEncoder();
  const files = Object.entries(scripts).map(([path, text]) => ({ path, data: utf8.encode(text) }));
  // An op without inputs is never shown as cached; those of BuildKit's own are called internal, too.
  return scratchFiles(files, "[internal] scripts of dhi-frontend");
}

/** `--no-cache-filter final` reaches the stages generated for it; an empty value means all stages anyway. */
function withGeneratedStages(names: string | undefined, { generatedFor }: Printed): string | undefined {
  if (!names) return names;
  const asked = new Set(names.toLowerCase().split(","));
  const ours = [...generatedFor].flatMap(([generated, stage]) => (asked.has(stage.toLowerCase()) ? [generated] : []));
  return [names, ...ours].join(",");
}
