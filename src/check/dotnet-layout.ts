import type { ImageFacts } from "../model.ts";
import { contentsOf } from "../resolve/catalog.ts";
import { lookUp } from "../resolve/tags.ts";

/** Where an image keeps .NET, and what tells so. */
export interface DotnetFolder {
  readonly path: string;
  readonly origin: string;
}

/**
 * The folder with `shared` in it: DOTNET_ROOT where the image sets it, else what the catalogue declares. Images of Docker's packages and of Alpine's have
 * /usr/lib/dotnet, those made of Microsoft's archive the folder that it was unpacked into; Microsoft's own have /usr/share/dotnet. Undefined when nothing tells:
 * a digest may be of a day when the same tag had another layout.
 */
export function dotnetFolder(image: ImageFacts, catalogDate: string): DotnetFolder | undefined {
  if (/^mcr\.microsoft\.com\/dotnet\//.test(image.reference)) {
    // The chiseled and Ubuntu forms lie there, too (Dockerfiles of dotnet/dotnet-docker).
    return { path: "/usr/share/dotnet", origin: "its name" };
  }
  const origin = image.source === "catalog" ? `the catalogue of ${catalogDate}` : "the image";
  const root = image.env.find((pair) => pair.startsWith("DOTNET_ROOT="))?.slice("DOTNET_ROOT=".length);
  const found = lookUp(image.reference);
  if (found?.image.digest !== undefined && image.source === "catalog") return undefined;
  if (root?.startsWith("/")) return { path: root.replace(/\/+$/, ""), origin };
  if (found?.found !== "tag") return undefined;
  const { packages, placed } = contentsOf(found.repository, found.variant);
  const unpacked = placed.find((path) => path.endsWith("/dotnet"));
  const packaged = packages.some((name) => /^(?:dotnet|aspnetcore)\d*-(?:runtime|sdk)(?:-\d+)?$/.test(name));
  const path = packaged ? "/usr/lib/dotnet" : unpacked;
  return path === undefined ? undefined : { path, origin: `the catalogue of ${catalogDate}` };
}
