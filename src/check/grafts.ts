import type { DirectiveCall, ImageFacts } from "../model.ts";
import type { Placed } from "./copies.ts";
import { programsOfPackage, programsOfRuntime } from "./program-table.ts";
import { mayPlacePrograms, mayPlaceShell } from "./shell-words.ts";
import type { Step } from "./stage-view.ts";

const nothing: Placed = { names: [], more: false, shell: false };

/** Packages that are a shell, or bring one. */
const shellPackages = /^(?:bash|dash|busybox|mksh|ksh|yash|zsh)/;

/** The programs that a line of ours brings. What its packages need comes along, so other programs may be there after it. */
export function callPlaces(step: Step, call: DirectiveCall, base: ImageFacts | undefined): Placed {
  const words = call.words.flatMap(({ raw }) => step.value(raw) ?? []);
  const flag = (name: string) => call.flags.filter((one) => one.name === name);
  const managed = base?.packageManager === "apt" || base?.packageManager === "apk";
  if (call.word === "DHI-TOOL" || (call.word === "DHI-NATIVE" && managed)) {
    const packages = words.map((word) => word.split("=")[0] ?? word);
    const shell = flag("allow-shell").length > 0 || packages.some((name) => shellPackages.test(name));
    return { names: packages.flatMap(programsOfPackage), more: true, shell };
  }
  if (call.word === "DHI-NATIVE") {
    const globs = flag("with").map(({ value }) => value?.raw ?? "");
    const programs = globs.filter((glob) => /bin|\*/.test(glob));
    const names = programs.flatMap((glob) => /^["']?\/[\w./+-]*\/([\w.+-]+)["']?$/.exec(glob)?.[1] ?? []);
    return { names, more: names.length < programs.length, shell: false };
  }
  if (call.word === "DHI-RUNTIME") {
    return { names: words.flatMap((word) => programsOfRuntime(word.split(":")[0] ?? word)), more: false, shell: false };
  }
  if (call.word !== "DHI-RUN") return nothing;
  const text = `${words.join(" ")} ${call.words.map(({ raw }) => raw).join(" ")}`;
  const written = step.instruction.heredocs.length > 0;
  return { names: [], more: written || mayPlacePrograms(text), shell: written || mayPlaceShell(text) };
}
