import type { Engine } from "./engine/engine.ts";

/** One build with `docker buildx build`. */
export interface BuildRequest {
  readonly image?: string;
  /** The build context. */
  readonly folder: string;
  /** A path, or the text of a Dockerfile. */
  readonly dockerfile: string | { readonly text: string };
  readonly options?: readonly string[];
}

/** How a build ended, with its plain progress and messages. */
export interface BuildResult {
  readonly failed: boolean;
  readonly output: string;
}

/** Runs a build to its end, good or bad. */
export async function build(
  engine: Engine,
  { image, folder, dockerfile, options = [] }: BuildRequest,
): Promise<BuildResult> {
  const file = typeof dockerfile === "string" ? dockerfile : "-";
  const result = await engine.docker(
    [
      "buildx",
      "build",
      "--progress=plain",
      ...(image === undefined ? ["--output=type=cacheonly"] : ["--load", "--tag", image]),
      "--file",
      file,
      ...options,
      folder,
    ],
    {
      reject: false,
      all: true,
      ...(typeof dockerfile === "string" ? { stdin: "ignore" } : { input: dockerfile.text }),
    },
  );
  return { failed: result.failed, output: String(result.all) };
}
