import type { ImageFacts } from "../model.ts";
import { contentsOf, isDevelopment } from "../resolve/catalog.ts";
import type { Mirror } from "../resolve/reference.ts";
import { lookUp } from "../resolve/tags.ts";
import { isOfficialOnly, isRemoved, providersOf } from "./program-table.ts";
import type { Known, State, Step } from "./stage-view.ts";

/** Programs that run a shell's commands. */
const shells: ReadonlySet<string> = new Set(["sh", "ash", "bash", "dash"]);

const nothingTells: Known = { there: undefined, origin: "" };

/** Tells of a program whether an image has it. */
export type Programs = (name: string) => Known;

/**
 * What a base has, by the packages that the catalogue declares for its tag. An image that the catalogue does not list, or that
 * is no hardened one, leaves everything open but its shell.
 */
export function basePrograms(base: ImageFacts | undefined, catalogDate: string, mirrors: readonly Mirror[]): Programs {
  if (!base) return () => nothingTells;
  const origin = originOf(base, "shell", catalogDate);
  const declared = declaredPrograms(base.reference, catalogDate, mirrors);
  const known = new Map<string, Known>();
  return (name) => {
    const found = known.get(name) ?? answer(name);
    known.set(name, found);
    return found;
  };

  function answer(name: string): Known {
    if (base?.reference === "scratch") return { there: false, origin: "the empty base" };
    if (name === "sh" || (shells.has(name) && base?.shell === false)) return { there: base?.shell, origin };
    return declared(name);
  }
}

/** Where a fact of an image came from, in words for a message. */
export function originOf(facts: ImageFacts, fact: keyof ImageFacts, catalogDate: string): string {
  const origin = facts.origins[fact] ?? "image";
  if (origin === "catalog") return `the catalogue of ${catalogDate}`;
  return origin === "image" ? "the image" : "its name";
}

function declaredPrograms(reference: string, catalogDate: string, mirrors: readonly Mirror[]): Programs {
  const found = reference === "" ? undefined : lookUp(reference, mirrors);
  if (found?.found !== "tag") return () => nothingTells;
  const { packages, refused, artifacts, placed } = contentsOf(found.repository, found.variant);
  const has = new Set(packages);
  const refuses = new Set(refused);
  const origin = `the catalogue of ${catalogDate}`;
  const place = `${found.repository}/${found.variant.file.split("/")[0]}`;
  const runtime = !isDevelopment(found.variant);
  return (name) => {
    if ((runtime && isRemoved(place, name)) || isOfficialOnly(found.repository, name)) return { there: false, origin };
    const providers = providersOf(name);
    if (!providers || packages.length === 0) return nothingTells;
    if (providers.packages.some((one) => has.has(one))) return { there: true, origin };
    if (providers.perhaps.some((one) => has.has(one)) && !providers.packages.some((one) => refuses.has(one))) {
      return nothingTells;
    }
    // Downloads and artifacts bring a language's programs, never a distro's.
    const builds = placed.length > 0 || artifacts.length > 0;
    if (builds && (!providers.system || artifacts.some((one) => one.includes(name)))) return nothingTells;
    return { there: false, origin };
  };
}

/** The program that runs the shell form at a step, and whether it is there. */
export function shellOf(step: Step): Known & { readonly program: string } {
  const program = step.before.ownShell?.[0] ?? "/bin/sh";
  return { program, ...programAt(step.before, program) };
}

/** Whether a program is there, named by path or to be found by PATH. A path outside the folders of PATH leaves it open, but for a shell's. */
export function programAt(state: State, program: string): Known {
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (program !== name && !/^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/.test(program)) return nothingTells;
  return state.program(name);
}
