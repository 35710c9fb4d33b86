import { builderFor } from "../src/resolve/builder.ts";
import { ENTRIES } from "./engine/stand-ins/recipe.ts";

/** The images of a Dockerfile that there are stand-ins for. */
export interface Images {
  /** Those it names, in the order of the file; the last one is the base of the final stage. */
  readonly named: readonly string[];
  /** Those that install packages for a named one, too. */
  readonly all: readonly string[];
}

/** Takes the text of a Dockerfile; returns the images whose stand-ins it needs. */
export function imagesOf(dockerfile: string): Images {
  const instructions = dockerfile.split("\n").filter((line) => !line.startsWith("#"));
  const words = instructions.join("\n").split(/[\s,=]+/);
  const named = words.filter((word) => word in ENTRIES);
  const builders = named.map((name) => builderFor(name, { distro: "debian", release: "13", hardened: true }) ?? name);
  return { named, all: [...new Set([...named, ...builders])].filter((name) => name in ENTRIES) };
}
