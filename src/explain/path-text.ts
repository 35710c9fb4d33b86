import type { Request } from "./records.ts";
import { requestText } from "./report.ts";
import { count, type Paint, visible } from "./style.ts";
import type { Explanation, Origin, PackageName, Removed } from "./trace.ts";

/** At most so many origins of a folder's files are told. */
const MOST_SHARES = 12;

/** What is said of a path that is there: the path, and indented below it where it comes from. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  const head =
    paint("bold", visible(explanation.path)) +
    (explanation.real ? paint("dim", ` (${visible(explanation.real)})`) : "");
  return `${[head, ...body(explanation, paint).map((line) => `    ${line}`)].join("\n")}\n`;
}

function body(explanation: Explanation, paint: Paint): string[] {
  switch (explanation.type) {
    case "missing":
      return ["is not there"];
    case "folder": {
      const { files, holds } = explanation;
      const width = `${holds[0]?.files ?? 0}`.length;
      const shares = holds
        .slice(0, MOST_SHARES)
        .map(({ files: number, origin }) => `${`${number}`.padStart(width)}  ${short(origin, paint)}`);
      const rest = holds.length > MOST_SHARES ? [`and from ${holds.length - MOST_SHARES} other places`] : [];
      return [`a folder with ${count(files, "file")}`, ...shares, ...rest];
    }
    case "link": {
      const { origin, links = [], end } = explanation;
      const other = end?.origin && !sameOrigin(end.origin, origin) ? `, which is ${short(end.origin, paint)}` : "";
      const leads = `link to ${visible(links.join(" -> "))}${end ? other : ", where nothing is"}`;
      return [...originLines(origin, paint), leads];
    }
    default:
      return originLines(explanation.origin, paint);
  }
}

function originLines(origin: Origin, paint: Paint): string[] {
  const replaced = origin.replaced ? [`in the place of a file of ${packageText(origin.replaced, paint)}`] : [];
  return [short(origin, paint), ...replaced];
}

function short({ from, package: owner, layer, instruction }: Origin, paint: Paint): string {
  const made = instruction === "" ? `layer ${layer}` : `${paint("cyan", visible(instruction))}, layer ${layer}`;
  switch (from) {
    case "package":
      return owner ? packageText(owner, paint) : made;
    case "record":
      return owner
        ? `the record of ${packageText(owner, paint)}`
        : "the base's package records, with those of what directives brought";
    case "graft":
      return `came with what a directive brought (layer ${layer}); no record lists it`;
    case "base":
      return `the base's own${owner ? `: ${packageText({ ...owner, requested: [] }, paint)}` : ""}`;
    case "own":
      return `your own: ${made}${owner ? ` (${packageText({ ...owner, requested: [] }, paint)})` : ""}`;
  }
}

/** `libcairo2 1.18.4-1+b1, for DHI-NATIVE libgdiplus`. */
function packageText({ name, version, requested }: PackageName, paint: Paint): string {
  return `${paint("green", visible(name))} ${visible(version)}${requested.length > 0 ? `, for ${paint("cyan", visible(requestsText(requested)))}` : ""}`;
}

function requestsText(requested: readonly Request[]): string {
  return [...new Set(requested.map(requestText))].join(" and ");
}

function sameOrigin(one: Origin, other: Origin): boolean {
  return one.from === other.from && one.package?.name === other.package?.name && one.layer === other.layer;
}

/** What is said of a path that is not there: problem, and what to write instead. */
export function missingText(
  image: string,
  { path, near, removed }: { readonly path: string; readonly near: readonly string[]; readonly removed?: Removed },
): { readonly problem: string; readonly advice?: string } {
  const plain: Paint = (_, text) => text;
  if (removed) {
    const who = removed.package ? packageText(removed.package, plain) : "a lower layer";
    const how = removed.instruction ? `: ${visible(removed.instruction)}` : "";
    const layer = removed.layer === undefined ? "it was taken away later" : `layer ${removed.layer} took it away${how}`;
    return { problem: `${image} has no ${path} any more; it came with ${who}`, advice: layer };
  }
  const problem = `${image} has no ${path.startsWith("/") ? path : `file called ${path}`}`;
  return near.length === 0 ? { problem } : { problem, advice: `did you mean ${visible(near.join(" or "))}?` };
}
