import { posix } from "node:path";
import { isJsonForm } from "../parse/command.ts";
import { wordsFrom } from "../parse/words.ts";
import type { Copy, State, Step } from "./stage-view.ts";

/** What a COPY or ADD names. `stageOf` gives the stage that a `--from` means. Undefined for a line that BuildKit refuses. */
export function copyOf(
  step: Step,
  escapeChar: string,
  stageOf: (name: string) => number | undefined,
): Copy | undefined {
  const { command, before } = step;
  const { rest } = command;
  const raw = isJsonForm(rest) ? (JSON.parse(rest) as string[]) : wordsFrom(rest, 0, escapeChar);
  const values = raw.map((word) => step.value(word));
  const sources = values.slice(0, -1).filter((value) => value !== undefined);
  if (values.length < 2) return undefined;
  const flag = (name: string) => command.flags.findLast((one) => one.name === name)?.value;
  const from = flag("from");
  const stage = from === undefined ? undefined : stageOf(from);
  const chown = flag("chown");
  const chmod = flag("chmod");
  return {
    step,
    sources,
    complete: sources.length === values.length - 1,
    destination: absolute(values.at(-1), before),
    ...(stage !== undefined ? { stage } : from !== undefined ? { image: from } : {}),
    ...(chown === undefined ? {} : { chown }),
    ...(chmod === undefined ? {} : { chmod }),
  };
}

/** A path of the image as an absolute one, a slash at its end kept. */
export function absolute(path: string | undefined, { workdir }: Pick<State, "workdir">): string | undefined {
  if (path === undefined) return undefined;
  if (path.startsWith("/")) return posix.normalize(path);
  if (workdir === undefined) return undefined;
  const folder = path === "" || /(?:^|\/)\.?$/.test(path) ? "/" : "";
  return posix.normalize(`${posix.join(workdir, path)}${folder}`);
}

/** What a copy means for the programs that PATH finds: the names it brings, and whether there may be more. */
export interface Placed {
  readonly names: readonly string[];
  readonly more: boolean;
  /** Whether a shell may be among them. */
  readonly shell: boolean;
}

const nothing: Placed = { names: [], more: false, shell: false };
const anything: Placed = { names: [], more: true, shell: true };

/** Names of folders that hold whatever somebody has put together. */
const collection =
  /^(?:|\.+|.*[*?[].*|s?bin|usr|local|rootfs|root|fs|out|output|dist|build|install|target|image|staging)$/;

/** The programs that a copy puts into folders of `path`. */
export function placedBy(copy: Copy, path: readonly string[]): Placed {
  const { destination, sources, step } = copy;
  if (destination === undefined || !copy.complete) return anything;
  const folder = destination.length > 1 ? destination.replace(/\/$/, "") : destination;
  const above = path.some((one) => one.startsWith(folder === "/" ? "/" : `${folder}/`));
  const within = path.includes(folder);
  const archive = step.keyword === "ADD" && sources.some((source) => /\.(?:tar|tgz|tbz2?|txz|tzst)\b/.test(source));
  if (archive && (above || within)) return anything;
  if (within) {
    const names = sources.map((source) => posix.basename(source));
    // Any source may be a folder, whose content is copied.
    return { names: names.filter(isName), more: true, shell: names.some((name) => collection.test(name)) };
  }
  if (above) return sources.every((source) => /[^/]\.[A-Za-z0-9]+$/.test(source)) ? nothing : anything;
  return path.includes(posix.dirname(folder))
    ? { names: [posix.basename(folder)], more: false, shell: false }
    : nothing;
}

function isName(name: string): boolean {
  return /^[\w.+-]+$/.test(name) && name !== "." && name !== "..";
}
