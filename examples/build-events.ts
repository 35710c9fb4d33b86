/** A step of a build that came to its end. */
export interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly cached: boolean;
  readonly error?: string;
}

/** What one line of buildx's raw progress says. */
export interface Events {
  readonly started: readonly string[];
  readonly finished: readonly Step[];
  readonly logs: readonly { readonly step: string; readonly text: string }[];
}

interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly started?: string;
  readonly completed?: string;
  readonly cached?: boolean;
  readonly error?: string;
}

interface SolveStatus {
  readonly vertexes?: readonly Vertex[];
  readonly logs?: readonly { readonly vertex: string; readonly data: string }[];
}

/**
 * A reader of `buildx build --progress=rawjson`, line by line (BuildKit client/graph.go: SolveStatus). Each step is told once as started and once as
 * finished; undefined is returned for a line that is no event: buildx' own messages.
 */
export function eventReader(): (line: string) => Events | undefined {
  const names = new Map<string, string>();
  const told = { started: new Set<string>(), finished: new Set<string>() };
  const first = (seen: Set<string>, digest: string) => !seen.has(digest) && seen.add(digest).size > 0;
  return (line) => {
    if (!line.startsWith("{")) return undefined;
    const { vertexes = [], logs = [] } = JSON.parse(line) as SolveStatus;
    for (const { digest, name } of vertexes) names.set(digest, name);
    return {
      started: vertexes.filter(({ started, digest }) => started && first(told.started, digest)).map(({ name }) => name),
      finished: vertexes.filter(({ completed, digest }) => completed && first(told.finished, digest)).map(step),
      logs: logs.map(({ vertex, data }) => ({
        step: names.get(vertex) ?? "",
        text: Buffer.from(data, "base64").toString("utf8"),
      })),
    };
  };
}

function step({ name, started = "", completed = "", cached = false, error }: Vertex): Step {
  const seconds = Math.max(0, Date.parse(completed) - Date.parse(started)) / 1000;
  return { name, seconds, cached, ...(error && { error }) };
}
