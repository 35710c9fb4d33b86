import type { Image } from "./image.ts";

/** Where a path leads in an image. */
export interface Resolved {
  /** The path of what is there at the end; undefined when the end is missing, or the links go round. */
  readonly path: string | undefined;
  /** The path, with the links on the way followed, at which nothing is. */
  readonly missing?: string;
  /** The links that the path's own name is, one after the other: path and what is written in it. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
}

/** As many links as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** Follows a path through the links of an image, as a container of it would. */
export function resolvePath(image: Image, path: string): Resolved {
  const links: { path: string; target: string }[] = [];
  let parts = path.split("/").filter((part) => part !== "" && part !== ".");
  let at: string[] = [];
  // The last part of the path, and of the links that it leads to, is the name itself; what stands before are folders on the way.
  let hops = 0;
  while (parts.length > 0) {
    const [part = "", ...rest] = parts;
    parts = rest;
    if (part === "..") {
      at = at.slice(0, -1);
      continue;
    }
    const here = [...at, part].join("/");
    const file = image.files.get(here);
    if (file === undefined) return { path: undefined, missing: [here, ...rest].join("/"), links };
    if (file.type !== "link") {
      at.push(part);
      continue;
    }
    if (++hops > MOST_LINKS) return { path: undefined, links };
    const target = file.target ?? "";
    if (rest.length === 0) links.push({ path: here, target });
    if (target.startsWith("/")) at = [];
    parts = [...target.split("/").filter((one) => one !== "" && one !== "."), ...rest];
  }
  return { path: at.join("/"), links };
}

/** The paths of an image whose last part is this name. */
export function pathsCalled(image: Image, name: string): string[] {
  return [...image.files.keys()].filter((path) => path === name || path.endsWith(`/${name}`)).sort();
}
