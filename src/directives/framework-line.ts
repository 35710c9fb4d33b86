import { failure } from "../diagnostic.ts";
import type { Argument, DirectiveLine, DonorWish, StageView } from "./directive.ts";
import { readFlags } from "./flags.ts";

/** What one line of DHI-FRAMEWORK asks for. */
export interface FrameworkLine {
  /** The folder's name below `shared`: `Microsoft.AspNetCore.App`. */
  readonly framework: string;
  readonly version?: string;
  /** The word as it was written: `aspnetcore:10.0`. */
  readonly word: Argument;
  readonly from?: Argument;
}

/** Reads a line of DHI-FRAMEWORK. Throws DhiMissingArgument, DhiManyArguments, DhiFrameworkName, DhiFrameworkVersion and what readFlags throws. */
export function frameworkLine(line: DirectiveLine): FrameworkLine {
  const from = readFlags(line, { from: { value: "build" } }).value("from");
  const [word, second] = line.words;
  const lead = "write `DHI-FRAMEWORK aspnetcore`, or the name of another shared framework of the SDK";
  if (!word) throw failure("DhiMissingArgument", line.span, "DHI-FRAMEWORK names no framework", lead);
  if (second) {
    const problem = `DHI-FRAMEWORK takes one framework, and \`${second.value}\` is a second word`;
    throw failure("DhiManyArguments", second.span, problem, "write a line for each framework");
  }
  const [name = "", ...rest] = word.value.split(":");
  const framework = /^asp\.?net(?:core)?$/i.test(name) ? "Microsoft.AspNetCore.App" : name;
  if (/windowsdesktop/i.test(framework)) {
    const problem = `${name} exists on Windows only`;
    throw failure("DhiFrameworkName", word.span, problem, "drawing on Linux is `DHI-NATIVE libgdiplus`");
  }
  if (framework === "Microsoft.NETCore.App") {
    const advice = "use a base that has it, or bring all of .NET with `DHI-RUNTIME dotnet`";
    throw failure("DhiFrameworkName", word.span, `${name} is the runtime itself`, advice);
  }
  if (!/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)+$/.test(framework)) {
    throw failure("DhiFrameworkName", word.span, `\`${name}\` is no shared framework`, lead);
  }
  const version = rest.length === 0 ? undefined : rest.join(":");
  if (version !== undefined && !/^[0-9]+(?:\.[0-9]+){0,2}$/.test(version)) {
    const advice = `write numbers and dots, such as \`${name}:10.0\``;
    throw failure("DhiFrameworkVersion", word.span, `\`${version}\` is no version of ${name}`, advice);
  }
  return { framework, word, ...(version !== undefined && { version }), ...(from && { from }) };
}

/** The SDK image of the version that the line or the base's tag names; undefined when neither does. */
export function sdkWish({ base }: StageView, { version }: FrameworkLine): DonorWish | undefined {
  const wanted = version ?? taggedVersion(base.reference);
  if (wanted === undefined) return undefined;
  // SDK tags have the SDK's own patch versions, so two numbers are all that fits both.
  const short = wanted.split(".").slice(0, 2).join(".");
  return { repository: "dotnet", version: short, development: true, example: "10.0" };
}

/** `10.0` of `dhi.io/dotnet:10.0-debian13`. */
export function taggedVersion(reference: string): string | undefined {
  return /:([0-9]+(?:\.[0-9]+)*)(?:-[^:/]*)?$/.exec(reference.replace(/@.*$/, ""))?.[1];
}
