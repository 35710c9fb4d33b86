import { posix } from "node:path";
import { packagesWith } from "../directives/soname-packages.ts";
import type { ImageFacts } from "../model.ts";
import type { Copy, StageView } from "./stage-view.ts";

/** What a path means for the libraries of a distro: some files, or a whole folder. */
export type SystemLibrary =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "folder"; readonly name: string };

const triplet = /^[a-z0-9_*]+-linux-(?:gnu|musl)?[a-z0-9*]*$|^\*$/;

/**
 * Takes a path that a COPY names. Returns what it means where packages of the distro keep their libraries: /lib, /usr/lib and their multiarch folders. Undefined for anything else: what is in
 * /usr/local or /opt was built by somebody, and folders such as /usr/lib/jvm are no libraries of the distro.
 */
export function systemLibrary(path: string): SystemLibrary | undefined {
  const folder = { kind: "folder", name: path } as const;
  const [top = "", ...rest] = posix
    .normalize(`/${path}`)
    .replace(/^\/usr(?=\/)/, "")
    .split("/")
    .filter((part) => part !== "");
  if (!/^lib(?:32|64|x32)?$/.test(top)) return undefined;
  const [first, ...others] = rest;
  if (first === undefined) return folder;
  const multiarch = triplet.test(first);
  const file = multiarch ? others[0] : first;
  if (file === undefined || file === "*") return folder;
  if ((multiarch ? others.length : rest.length) > 1) return multiarch ? folder : undefined;
  if (/\.so(?:[.*?[]|$)/.test(file) || /\.dll$/.test(file) || /^lib.*[*?]/.test(file))
    return { kind: "file", name: file };
  return multiarch ? folder : undefined;
}

/** `Debian 12`, `Alpine`: a distro, and its release where the image or its name tells it. */
export function distroText({ distro, release, origins }: ImageFacts): string {
  const name = `${distro?.charAt(0).toUpperCase()}${distro?.slice(1)}`;
  return release === undefined || origins.release === "assumed" ? name : `${name} ${release}`;
}

/** In what way the libraries of one image are strange to another. */
export type Strangeness = "libc" | "distro" | "release";

/** Compares what is known of both; a release that is only assumed counts as unknown. */
export function strangeness(from: ImageFacts, base: ImageFacts): Strangeness | undefined {
  // Where there is no libc, whoever copies libraries brings theirs.
  if (from.libc === "none" || base.libc === "none") return undefined;
  const known = (facts: ImageFacts, key: "distro" | "release" | "libc") =>
    facts.origins[key] === "assumed" ? undefined : facts[key];
  const differ = (key: "distro" | "release" | "libc") => {
    const [one, other] = [known(from, key), known(base, key)];
    return one !== undefined && other !== undefined && one !== other;
  };
  return (["libc", "distro", "release"] as const).find(differ);
}

/** The libraries of a distro that a copy brings to where they are loaded. What a build stage puts elsewhere, such as a root to compile against, is none of its own. */
export function copiedLibraries({ sources, destination }: Copy, { runs }: StageView): SystemLibrary[] {
  if (!runs && systemLibrary(destination ?? "") === undefined) return [];
  return sources.flatMap((path) => systemLibrary(path) ?? []);
}

/** What to write instead of copying libraries into a stage on this base. */
export function libraryAdvice(libraries: readonly string[], base: ImageFacts): string {
  // Mono and .NET look for gdiplus.dll and the like, which are links to libraries.
  const names = libraries.map((name) => name.replace(/^(?:lib)?(.*)\.dll$/, "lib$1.so"));
  const found = names.map((name) => packagesWith(name, base));
  const packages = [...new Set(found.flat())];
  // A pattern that fits many packages names none of them.
  const sure = packages.length > 0 && found.every(({ length }) => length > 0 && length < 4);
  const manager = base.packageManager === "apt" || base.packageManager === "apk";
  if (manager)
    return sure ? `install \`${packages.join(" ")}\` in this stage` : "install the package that has it in this stage";
  const rest = `which brings the package of ${distroText(base)} with all that it needs`;
  return `write \`DHI-NATIVE ${sure ? packages.join(" ") : "<package>"}\` in the place of this line, ${rest}`;
}
