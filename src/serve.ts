import { compile } from "./compile.ts";
import { DiagnosticError, failure } from "./diagnostic.ts";
import { statusOf } from "./forward/errors.ts";
import { forwardPrinted, forwardUnchanged } from "./forward/forward.ts";
import { imageReader } from "./forward/image-reader.ts";
import type { InnerRequest } from "./forward/inner.ts";
import { readOptions } from "./forward/options.ts";
import type { Translation } from "./forward/remap.ts";
import type { Gateway } from "./gateway/client.ts";
import { type Environment, readEnvironment } from "./gateway/environment.ts";
import type { Result } from "./gateway/messages.ts";
import type { SourceFile } from "./model.ts";
import { readFromGateway } from "./read/from-gateway.ts";
import { fromGateway } from "./resolve/from-gateway.ts";
import { parseMirrors } from "./resolve/reference.ts";

/** What is known of the user's file while a build goes on, for errors to speak of. */
interface Progress {
  user?: SourceFile;
  translation?: Translation;
}

/** The way from the request to the result: read, compile, forward. */
async function build(gateway: Gateway, environment: Environment, progress: Progress): Promise<Result> {
  const options = readOptions(environment);
  const inputs = await gateway.inputs();
  const request: InnerRequest = { gateway, opts: environment.opts, options, inputs };
  if (!options.localContext || inputs.dockerfile) return forwardUnchanged(request);
  const read = await readFromGateway(gateway, {
    filename: options.filename,
    localName: options.dockerfileLocal,
    sessionId: environment.sessionId,
  });
  if (!read) return forwardUnchanged(request);
  progress.user = read.source;
  const facts = fromGateway(imageReader(request), parseMirrors(options.buildArgs.DHI_MIRRORS ?? ""));
  const compiled = await Promise.all(
    options.targetPlatforms.map((platform) => compile(read.source, { ...options, platform, facts, scope: "target" })),
  );
  const [printed] = compiled;
  if (!printed || printed.unchanged) return forwardUnchanged(request);
  if (compiled.some((other) => other.text !== printed.text)) {
    throw failure(
      "DhiPlatformsDiffer",
      undefined,
      "the base images differ between the platforms asked for",
      "build one platform at a time",
    );
  }
  progress.translation = { printed, user: read.source, definition: read.definition };
  return forwardPrinted(request, { source: read.source, definition: read.definition, printed });
}

/** Serves one build: takes the request from the environment, and returns the result or the error through the gateway. */
export async function serve(gateway: Gateway, env: NodeJS.ProcessEnv): Promise<void> {
  const progress: Progress = {};
  try {
    await gateway.returnResult(await build(gateway, readEnvironment(env), progress));
  } catch (error) {
    if (!(error instanceof DiagnosticError)) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    await gateway.returnError(statusOf(error, progress.user, progress.translation));
  } finally {
    gateway.close();
  }
}
