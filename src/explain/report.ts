import { formatPlatform } from "../parse/platform.ts";
import type { Image, ImageFile } from "./image.ts";
import { type Owners, ownersOf, type Package, type Place, placeOf } from "./owners.ts";
import type { Request } from "./records.ts";

/** Files and links, and the bytes in them. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** A package that directives brought. */
export interface PackageReport extends Amount {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly requested: readonly Request[];
  readonly leftOut: readonly string[];
}

/** A word of a directive, with all that it brought; a package that two words need counts for both. */
export interface RequestReport extends Request, Amount {
  readonly packages: number;
}

/** What directives brought into an image. This is also the form of `explain --json`. */
export interface Report extends Amount {
  readonly image: string;
  readonly platform: string;
  /** The files of the packages. */
  readonly grafted: Amount & { readonly packages: number };
  /** The packages' records. */
  readonly records: Amount;
  /** What came in the packages' layers and stands in no record. */
  readonly unrecorded: Amount;
  readonly base: Amount;
  /** What came neither with the base nor by a directive: the user's own COPY, ADD, RUN. */
  readonly own: Amount;
  readonly requested: readonly RequestReport[];
  readonly packages: readonly PackageReport[];
}

/** The delta report of an image: which words brought which packages, with their files and bytes. */
export function reportOn(image: Image, owners: Owners = ownersOf(image)): Report {
  const packages = owners.grafted;
  const parts: Record<Place, ImageFile[]> = { package: [], record: [], graft: [], base: [], own: [] };
  for (const [path, file] of image.files)
    if (file.type !== "folder") parts[placeOf(image, owners, path, file)].push(file);
  return {
    image: image.name,
    platform: formatPlatform(image.platform),
    ...amount(Object.values(parts).flat()),
    grafted: { packages: packages.length, ...amount(parts.package) },
    records: amount(parts.record),
    unrecorded: amount(parts.graft),
    base: amount(parts.base),
    own: amount(parts.own),
    requested: words(packages),
    packages: packages.map((one) => ({
      name: one.name,
      version: one.version,
      architecture: one.architecture,
      ...amount(one.there.values()),
      requested: one.requested,
      leftOut: one.leftOut,
    })),
  };
}

/** A request as the Dockerfile has it: `DHI-NATIVE libgdiplus`. */
export function requestText({ directive, word }: Request): string {
  return directive === undefined ? word : `${directive} ${word}`;
}

function words(packages: readonly Package[]): RequestReport[] {
  const groups = new Map<string, { readonly request: Request; readonly packages: Package[] }>();
  for (const one of packages) {
    for (const request of one.requested) {
      const group = groups.get(requestText(request)) ?? { request, packages: [] };
      group.packages.push(one);
      groups.set(requestText(request), group);
    }
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { request, packages }]) => ({
      ...request,
      packages: packages.length,
      ...amount(packages.flatMap(({ there }) => [...there.values()])),
    }));
}

function amount(files: Iterable<ImageFile>): Amount {
  let count = 0;
  let bytes = 0;
  for (const { size } of files) {
    count++;
    bytes += size;
  }
  return { files: count, bytes };
}
