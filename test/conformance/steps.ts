/** A step of a build as its raw progress tells it. */
export interface Step {
  readonly name: string;
  readonly cached: boolean;
  readonly done: boolean;
}

interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly cached?: boolean;
  readonly completed?: string;
}

/**
 * The steps of the Dockerfile in `--progress=rawjson` (a SolveStatus of BuildKit client/graph.go in each line), without images and
 * internal ones. Plain progress calls a cached step DONE when its layer had to be fetched.
 */
export function steps(output: string): Step[] {
  const last = new Map<string, Vertex>();
  for (const line of output.split("\n")) {
    if (!line.startsWith("{")) continue;
    const { vertexes } = JSON.parse(line) as { vertexes?: Vertex[] };
    for (const vertex of vertexes ?? []) last.set(vertex.digest, vertex);
  }
  return [...last.values()]
    .filter(({ name }) => /^\[(?!internal\])/.test(name) && !/\] FROM |\] builder /.test(name))
    .map(({ name, cached, completed }) => ({ name, cached: cached === true, done: completed !== undefined }));
}
