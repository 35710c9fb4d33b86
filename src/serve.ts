import { type Checked, check, mayBeHardened } from "./check/check.ts";
import { rules } from "./check/rules/index.ts";
import { noSettings, ownSettings } from "./check/skip.ts";
import { todayOf } from "./check/today.ts";
import { type Compiled, compile } from "./compile.ts";
import { DiagnosticError, failure } from "./diagnostic.ts";
import { reservedPrefix } from "./directives/graft-stage.ts";
import { checkEngine } from "./forward/engine.ts";
import { statusOf } from "./forward/errors.ts";
import { tellingFindings } from "./forward/findings.ts";
import { forwardPrinted, forwardUnchanged } from "./forward/forward.ts";
import { imageReader, rememberingReader, resolveUrl } from "./forward/image-reader.ts";
import type { InnerRequest } from "./forward/inner.ts";
import { type BuildOptions, readOptions } from "./forward/options.ts";
import { joined, type PlatformGroup, platformGroups } from "./forward/platforms.ts";
import type { Translation } from "./forward/remap.ts";
import { withOurRequests } from "./forward/subrequests/describe.ts";
import { asksForExpansion, expandAnswer } from "./forward/subrequests/expand.ts";
import type { Gateway } from "./gateway/client.ts";
import { type Environment, readEnvironment } from "./gateway/environment.ts";
import { opOrder } from "./gateway/llb.ts";
import type { Result } from "./gateway/messages.ts";
import type { SourceFile } from "./model.ts";
import { type GatewaySource, readFromGateway } from "./read/from-gateway.ts";
import { type MainContext, mainContext } from "./read/main-context.ts";
import type { FactsSource } from "./resolve/facts.ts";
import { fromGateway } from "./resolve/from-gateway.ts";
import { parseMirrors } from "./resolve/reference.ts";

const describe = "frontend.subrequests.describe";

/** What is known of the user's file while a build goes on, for errors to speak of. */
interface Progress {
  user?: SourceFile;
  readonly translations: Translation[];
}

/** Serves one build: takes the request from the environment, and returns the result or the error through the gateway. */
export async function serve(gateway: Gateway, env: NodeJS.ProcessEnv): Promise<void> {
  const progress: Progress = { translations: [] };
  try {
    await gateway.returnResult(await build(gateway, readEnvironment(env), progress));
  } catch (error) {
    if (!(error instanceof DiagnosticError)) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    await gateway.returnError(statusOf(error, progress.user, progress.translations));
  } finally {
    gateway.close();
  }
}

/** The way from the request to the result: read, compile, forward. */
async function build(gateway: Gateway, environment: Environment, progress: Progress): Promise<Result> {
  const options = readOptions(environment);
  const engine = checkEngine(gateway, environment);
  if (options.request === describe) {
    await engine;
    const request = { gateway, opts: environment.opts, options, inputs: await gateway.inputs() };
    return withOurRequests(await forwardUnchanged(request));
  }
  const reading = readUserFile(gateway, environment, options);
  // An engine that is too old may refuse any question; what to say then is that it is too old.
  reading.catch(() => undefined);
  await engine;
  const { request, main, read } = await reading;
  if (!read) return forwardUnchanged(request);
  progress.user = read.source;
  const facts = factsSources(request);
  const compiled = await compileAll(request, read, facts.files);
  const unchanged = compiled.every(({ unchanged }) => unchanged);
  if (asksForExpansion(options.request) && compiled[0]) return expandAnswer(compiled[0]);
  const file = { ...read, check: () => checkFile(request, read, facts.config), rulesUrl: environment.rulesUrl };
  if (unchanged) return tellingFindings(gateway, options.request, file, () => forwardUnchanged(request));
  if (options.target?.toLowerCase().startsWith(reservedPrefix)) {
    throw failure("DhiTarget", undefined, `target stage "${options.target}" could not be found`);
  }
  const groups = platformGroups(options.targetPlatforms, compiled);
  return tellingFindings(gateway, options.request, file, () =>
    joined(
      groups.map((group) => forwardGroup(request, main, read, group, progress)),
      groups.length > 1,
    ),
  );
}

/** Where the build's Dockerfile is, and what it says: nothing when there is none, which the Dockerfile frontend tells best. */
async function readUserFile(gateway: Gateway, { opts, sessionId, workers }: Environment, options: BuildOptions) {
  const inputs = await gateway.inputs();
  const request: InnerRequest = { gateway, opts, options, inputs };
  const order = opOrder(workers[0]?.buildkitVersion);
  const main = await mainContext({
    ...{ gateway, opts, sessionId, inputs, order },
    resolveUrl: (url) => resolveUrl(request, url),
  });
  return { request, main, read: await readFromGateway(gateway, main.dockerfile, main.filename) };
}

/** Who tells facts about images: for directives from files of the image, too; checks of files that use none must not download an image for it. */
function factsSources(request: InnerRequest) {
  const reader = rememberingReader(imageReader(request));
  const mirrors = parseMirrors(request.options.buildArgs.DHI_MIRRORS ?? "");
  return { files: fromGateway(reader, mirrors), config: fromGateway({ config: reader.config }, mirrors) };
}

/** The file for each platform asked for; the bases may differ between them. */
function compileAll(request: InnerRequest, { source }: GatewaySource, facts: FactsSource): Promise<Compiled[]> {
  const { options } = request;
  const scripts = asksForExpansion(options.request) ? "inside" : "apart";
  const one = (platform: (typeof options.targetPlatforms)[number]) =>
    compile(source, { ...options, platform, facts, scope: "target", scripts });
  return Promise.all(options.targetPlatforms.map(one));
}

const nothingFound: Checked = { findings: [], settings: noSettings, bases: [] };

/**
 * What our rules say of the file, for the first platform as BuildKit's own; nothing when it names no hardened image. A check without a target looks at all
 * stages (BuildKit dockerfile2llb/convert.go, DockerfileLint). Mistakes in directives are told by the expansion. Throws DhiToday and DhiCheckOptions.
 */
async function checkFile({ options }: InnerRequest, { source }: GatewaySource, facts: FactsSource): Promise<Checked> {
  const [platform = options.buildPlatform] = options.targetPlatforms;
  const { buildArgs, target, request } = options;
  if (ownSettings(buildArgs).skipAll || !mayBeHardened(source, buildArgs)) return nothingFound;
  return check(source, {
    ...options,
    platform,
    facts,
    mirrors: parseMirrors(buildArgs.DHI_MIRRORS ?? ""),
    scope: request !== undefined && target === undefined ? "all" : "target",
    hardenedOnly: true,
    rules: rules.filter(({ notInBuilds }) => request !== undefined || !notInBuilds),
    today: todayOf(buildArgs, new Date()),
  }).catch((error: unknown) => {
    // No fault of a rule may keep anybody from building.
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    return nothingFound;
  });
}

/** Forwards the platforms that share a text: all of them as a rule. */
function forwardGroup(
  request: InnerRequest,
  main: MainContext,
  read: GatewaySource,
  group: PlatformGroup,
  progress: Progress,
): Promise<Result> {
  const translation: Translation = { printed: group.printed, user: read.source, definition: read.definition };
  progress.translations.push(translation);
  const { context } = main;
  const replacement = {
    source: read.source,
    filename: main.filename,
    printed: group.printed,
    ...(context ? { context } : {}),
  };
  return forwardPrinted({ ...request, opts: new Map([...request.opts, ...group.options]) }, replacement, translation);
}
