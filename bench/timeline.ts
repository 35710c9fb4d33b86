/** One step of a build: what progress calls it, and when it began and ended by the engine's clock, in milliseconds. */
export interface Step {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

interface Vertex {
  readonly digest: string;
  readonly name?: string;
  readonly started?: string;
  readonly completed?: string;
}

/** The steps that a build ran, in the order in which they began. Reads `docker buildx build --progress=rawjson`: a solve status in each line (BuildKit client/graph.go). */
export function stepsOf(progress: string): Step[] {
  const vertexes = new Map<string, Vertex>();
  for (const line of progress.split("\n").filter((text) => text.startsWith("{"))) {
    const { vertexes: told = [] } = JSON.parse(line) as { vertexes?: Vertex[] };
    for (const vertex of told) vertexes.set(vertex.digest, { ...vertexes.get(vertex.digest), ...vertex });
  }
  return [...vertexes.values()]
    .flatMap(({ name = "", started, completed }) =>
      started && completed ? [{ name, begin: Date.parse(started), end: Date.parse(completed) }] : [],
    )
    .sort((one, other) => one.begin - other.begin);
}
