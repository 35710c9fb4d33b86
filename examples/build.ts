import type { Engine } from "../test/engine/engine.ts";
import { eventReader, type Step } from "./build-events.ts";
import { paint, seconds, type Terminal } from "./terminal.ts";

/** What is built and how it is shown. */
export interface BuildRequest {
  readonly image: string;
  readonly folder: string;
  readonly dockerfile: string;
  /** More arguments for `docker buildx build`. */
  readonly options: readonly string[];
  /** Show the output of every step, too. */
  readonly verbose: boolean;
}

/** A build that failed; the message is what buildx said, with the last output of the step. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** Steps of the machinery, which are shown only when they fail: reading files, finding images, fetching the frontend, placing its scripts. */
const MACHINERY =
  /^(\[(internal|context)\b|resolve image config|docker-image:\/\/|mkfile |\[[^\]]+\] (scripts$|FROM \S+@sha256:))/;

/** How much of a failed step's output is shown. */
const LAST_LINES = 20;

/** Builds an image and shows its steps. Returns those that ran or came from the cache; rejects with a BuildError. */
export async function buildImage(engine: Engine, request: BuildRequest, terminal: Terminal): Promise<Step[]> {
  const { image, folder, dockerfile, options, verbose } = request;
  const args = [
    "buildx",
    "build",
    "--progress=rawjson",
    "--load",
    "--tag",
    image,
    "--file",
    dockerfile,
    ...options,
    folder,
  ];
  const docker = engine.docker(args, { reject: false, buffer: false });
  const read = eventReader();
  const display = stepDisplay(terminal);
  const steps: Step[] = [];
  const messages: string[] = [];
  const output = new Map<string, string>();
  for await (const line of docker.iterable({ from: "stderr" })) {
    const events = read(String(line));
    if (events === undefined) messages.push(String(line));
    for (const name of events?.started ?? []) display.started(name);
    for (const { step, text } of events?.logs ?? []) {
      output.set(step, (output.get(step) ?? "") + text);
      if (verbose) display.output(text);
    }
    for (const step of events?.finished ?? []) {
      steps.push(step);
      display.finished(step);
    }
  }
  display.stop();
  const ended = await docker;
  if (ended.failed) throw new BuildError(failureText(steps, output, messages));
  return steps;
}

function failureText(steps: readonly Step[], output: ReadonlyMap<string, string>, messages: readonly string[]): string {
  const failed = steps.find(({ error }) => error !== undefined && !error.includes("context canceled"));
  const said = (output.get(failed?.name ?? "") ?? "").trimEnd().split("\n").slice(-LAST_LINES);
  return [...(failed ? [`${failed.name}:`, ...said] : []), ...messages].join("\n");
}

/** One line for each finished step; on a terminal one more, rewritten, for those that run. */
function stepDisplay(terminal: Terminal) {
  const running = new Set<string>();
  const written = new Set<string>();
  const began = Date.now();
  const width = (terminal.columns ?? 100) - 1;
  const cut = (text: string) => (text.length > width ? `${text.slice(0, width - 3)}...` : text);
  const clear = () => terminal.isTTY && terminal.write("\r\x1b[K");
  const draw = () => {
    if (running.size === 0) return;
    const now = seconds((Date.now() - began) / 1000).padStart(9);
    terminal.write(`\r\x1b[K${paint(terminal, "dim", cut(`${now}  ${[...running].at(-1)}`))}`);
  };
  const timer = terminal.isTTY ? setInterval(draw, 200) : undefined;
  timer?.unref();
  return {
    started: (name: string) => running.add(name),
    output(text: string) {
      clear();
      terminal.write(text.replace(/^(?=.)/gm, " ".repeat(11)));
    },
    finished({ name, seconds: time, cached, error }: Step) {
      running.delete(name);
      if (error === undefined ? MACHINERY.test(name) : error.includes("context canceled")) return;
      const [state, colour] = error
        ? (["failed", "red"] as const)
        : cached
          ? (["cached", "dim"] as const)
          : ([seconds(time), "green"] as const);
      const line = `${state.padStart(9)}  ${name}`;
      // One instruction may be several steps, such as a COPY --link from a cached stage.
      if (cached && written.has(line)) return;
      written.add(line);
      clear();
      terminal.write(`${paint(terminal, colour, terminal.isTTY ? cut(line) : line)}\n`);
    },
    stop() {
      clearInterval(timer);
      clear();
    },
  };
}
