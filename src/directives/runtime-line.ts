import { closest } from "fastest-levenshtein";
import { failure } from "../diagnostic.ts";
import type { Argument, DirectiveLine, DonorWish, Need, StageView } from "./directive.ts";
import { readFlags } from "./flags.ts";
import { type Runtime, runtimes } from "./runtime-table.ts";

/** What one line of DHI-RUNTIME asks for. */
export interface RuntimeLine {
  readonly name: string;
  readonly runtime: Runtime;
  readonly version?: string;
  /** The word as it was written: `node:22`. */
  readonly word: Argument;
  readonly from?: Argument;
}

/** Reads a line of DHI-RUNTIME. Throws DhiMissingArgument, DhiManyArguments, DhiRuntimeName, DhiRuntimeVersion and what readFlags throws. */
export function runtimeLine(line: DirectiveLine): RuntimeLine {
  const from = readFlags(line, { from: { value: "dhi.io/node:22-debian13-dev" } }).value("from");
  const [word, second] = line.words;
  const known = Object.keys(runtimes);
  if (!word) {
    throw failure(
      "DhiMissingArgument",
      line.span,
      "DHI-RUNTIME names no runtime",
      `write one, such as \`DHI-RUNTIME node:22\` (known: ${known.join(", ")})`,
    );
  }
  if (second) {
    throw failure(
      "DhiManyArguments",
      second.span,
      `DHI-RUNTIME takes one runtime, and \`${second.value}\` is a second word`,
      "write a line for each runtime",
    );
  }
  const [name = "", ...rest] = word.value.split(":");
  const runtime = Object.hasOwn(runtimes, name) ? runtimes[name] : undefined;
  if (!runtime) {
    throw failure(
      "DhiRuntimeName",
      word.span,
      `\`${name}\` is no runtime that DHI-RUNTIME knows`,
      `did you mean ${closest(name.toLowerCase(), known)}? (known: ${known.join(", ")})`,
    );
  }
  const version = rest.length === 0 ? undefined : rest.join(":");
  if (version !== undefined && !/^[0-9]+(?:\.[0-9]+)*$/.test(version)) {
    throw failure(
      "DhiRuntimeVersion",
      word.span,
      `\`${version}\` is no version of ${name}`,
      `write numbers and dots, such as \`${name}:${runtime.version}\``,
    );
  }
  return { name, runtime, word, ...(version !== undefined && { version }), ...(from && { from }) };
}

/** What the hardened image must offer that lends a line's runtime. */
export function donorWish({ runtime, version }: Pick<RuntimeLine, "runtime" | "version">): DonorWish {
  const { repository, development, words, version: example } = runtime;
  return { repository, development, example, ...(words && { words }), ...(version && { version }) };
}

/** The image whose config tells the donor's variables: the donor, or the one that a donor stage starts from. */
export function donorReference(stage: StageView, { from, runtime, version }: RuntimeLine): string | undefined {
  if (from) {
    const source = stage.source(from.value);
    return source.kind === "image" ? from.value : source.kind === "stage" ? source.image : undefined;
  }
  if (stage.base.distro === undefined || stage.base.release === undefined) return undefined;
  const donor = stage.donor(donorWish({ runtime, ...(version && { version }) }));
  return donor.kind === "image" ? donor.reference : undefined;
}

/** The donor's facts are wanted, for its variables. */
export function runtimeNeeds(line: RuntimeLine, stage: StageView): Need[] {
  const reference = donorReference(stage, line);
  return reference === undefined || reference === "scratch" ? [] : [{ reference }];
}
