import type { ImageFacts } from "../model.ts";

/** A distro, and its release where that is known. */
export interface Distro {
  readonly distro: NonNullable<ImageFacts["distro"]>;
  readonly release?: string;
}

const CODE_NAMES: Readonly<Record<string, Distro>> = {
  bullseye: { distro: "debian", release: "11" },
  bookworm: { distro: "debian", release: "12" },
  trixie: { distro: "debian", release: "13" },
  forky: { distro: "debian", release: "14" },
  focal: { distro: "ubuntu", release: "20.04" },
  jammy: { distro: "ubuntu", release: "22.04" },
  noble: { distro: "ubuntu", release: "24.04" },
  resolute: { distro: "ubuntu", release: "26.04" },
};

/** The releases that floating names stand for when nothing else is known. */
export const NEWEST: Readonly<Record<Distro["distro"], string>> = { debian: "13", ubuntu: "24.04", alpine: "3.24" };

/** The distro behind a release's name (`bookworm`, `noble`), or undefined. */
export function namedRelease(name: string): Distro | undefined {
  return Object.hasOwn(CODE_NAMES, name) ? CODE_NAMES[name] : undefined;
}

/** Debian's name of a release number: `13` is `trixie`. */
export function debianName(release: string): string | undefined {
  return Object.keys(CODE_NAMES).find(
    (name) => CODE_NAMES[name]?.distro === "debian" && CODE_NAMES[name]?.release === release,
  );
}

/** The C library of a distro. */
export function libcOf(distro: Distro["distro"]): "glibc" | "musl" {
  return distro === "alpine" ? "musl" : "glibc";
}

/** The package manager of a distro. */
export function managerOf(distro: Distro["distro"]): "apt" | "apk" {
  return distro === "alpine" ? "apk" : "apt";
}
