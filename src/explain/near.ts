import { distance } from "fastest-levenshtein";
import type { Image } from "./image.ts";

const MOST = 3;

/**
 * Paths of an image that a missing one most likely means, best first: the same name elsewhere, a name that begins so (libcairo.so for libcairo.so.2),
 * a slip of the pen in the name or in a folder.
 */
export function nearPaths(image: Image, path: string): string[] {
  const wanted = path.replace(/^\/+|\/+$/g, "");
  const name = nameOf(wanted);
  if (name === "") return [];
  const slips = Math.min(3, Math.floor(name.length / 4));
  const ranked: { readonly path: string; readonly cost: number }[] = [];
  for (const [other, { type }] of image.files) {
    const otherName = nameOf(other);
    const cost = nameCost(name, otherName, slips);
    if (cost !== undefined) ranked.push({ path: other, cost: cost + (type === "folder" ? 1 : 0) });
  }
  // Among those that are as near, the one whose folder is like the wanted one's, then the shorter.
  const folderCost = ({ path: other }: { readonly path: string }) => distance(folderOf(wanted), folderOf(other));
  return ranked
    .sort((one, other) => one.cost - other.cost)
    .slice(0, 100)
    .sort(
      (one, other) => one.cost - other.cost || folderCost(one) - folderCost(other) || (one.path < other.path ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ path: near }) => near);
}

function nameCost(name: string, other: string, slips: number): number | undefined {
  if (name === other) return 0;
  if (name.length >= 4 && (other.startsWith(`${name}.`) || name.startsWith(`${other}.`)) && other.length >= 4) return 1;
  if (Math.abs(name.length - other.length) > slips) return undefined;
  const edits = distance(name, other);
  return edits <= slips ? 1 + edits : undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
