import { isDevelopment } from "../resolve/catalog.ts";
import { ownCopies } from "./copied.ts";
import { declaredOf } from "./declared.ts";
import type { StageView, Step } from "./stage-view.ts";

/** Who owns a folder: `root` when that is sure. */
export type Owner = "root" | "other" | undefined;

/** Folders that everybody may write to, or that are made anew when the container starts. */
const shared = /^\/(?:tmp|var\/tmp|dev|run|var\/run|proc|sys|home|root)(?:\/|$)/;

const isWithin = (path: string, folder: string) =>
  path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);

/**
 * Who owns a folder after the steps of a stage, up to `before` in it if that is given. A folder that is not there comes into being as root's, when the container starts.
 * WORKDIR makes it for the user in force (BuildKit dockerfile2llb/convert.go, dispatchWorkdir), COPY from the build context for root. What comes from a stage
 * or an image keeps its owner there (solver/llbsolver/file/backend.go, docopy), which nobody knows here.
 */
export function ownerOf(path: string, stage: StageView, before?: Step): Owner {
  const base = ownerInBase(path, stage);
  if (base === undefined) return undefined;
  let owner: Owner = base === "absent" ? undefined : base;
  for (const { step, folder } of makersOf(stage)) {
    if (step === before) break;
    const found = effectOf(step, folder, path, owner !== undefined);
    if (found === "unknown") return undefined;
    owner ??= found;
  }
  return owner ?? "root";
}

/** A step that makes a folder; without a folder nobody knows which. */
interface Maker {
  readonly step: Step;
  readonly folder: string | undefined;
}

const makers = new WeakMap<StageView, readonly Maker[]>();

/** The steps that make folders, those of continued stages first. */
function makersOf(stage: StageView): readonly Maker[] {
  const known = makers.get(stage);
  if (known) return known;
  const chain: StageView[] = [];
  for (let at: StageView | undefined = stage; at; at = at.parent) chain.unshift(at);
  const found = chain.flatMap(findMakers);
  makers.set(stage, found);
  return found;
}

function findMakers(stage: StageView): Maker[] {
  const copies = new Map(ownCopies(stage).map((copy) => [copy.step, copy.destination?.replace(/(.)\/$/, "$1")]));
  return stage.steps.flatMap((step) => {
    const { keyword, call } = step;
    if (keyword === "WORKDIR") return { step, folder: workdirOf(step) };
    if (keyword === "COPY" || keyword === "ADD") return { step, folder: copies.get(step) };
    const commands =
      keyword === "RUN" || keyword === "ONBUILD" || call?.word === "DHI-RUN" || call?.word === "DHI-TOOL";
    return commands ? { step, folder: undefined } : [];
  });
}

/** What the image has there. Images that unpack whole trees, and services with folders of their own, leave it open. */
function ownerInBase(path: string, { base }: StageView): "root" | "absent" | undefined {
  if (shared.test(path)) return undefined;
  if (base?.reference === "scratch") return "absent";
  const declared = declaredOf(base);
  if (!base || !declared || isDevelopment(declared.variant)) return undefined;
  const { repository, variant, placed, artifacts } = declared;
  // The definition of node says so (image/node: paths), and no other fact that is kept here does.
  if (repository === "node" && path === "/app") return "root";
  const known = [...(variant.writable ?? []), ...placed, ...(variant.workdir === undefined ? [] : [variant.workdir])];
  const near = known.some((one) => isWithin(path, one.replace(/(.)\/$/, "$1")) || isWithin(one, path));
  return near || artifacts.length > 0 || path.includes(repository) ? undefined : "absent";
}

/** What a step does to a folder's owner. Files and folders below it change nothing of one that is there. */
function effectOf({ keyword, before, command }: Step, folder: string | undefined, path: string, there: boolean) {
  if (folder === undefined) return "unknown";
  if (keyword === "WORKDIR") {
    if (!isWithin(folder, path)) return undefined;
    const root = before.user?.root;
    return root === undefined ? "unknown" : root ? "root" : "other";
  }
  if (isWithin(path, folder) && path !== folder) return "unknown";
  if (!isWithin(folder, path) || (there && folder !== path)) return undefined;
  const plain = keyword === "COPY" && command.flags.every(({ name }) => name === "link" || name === "exclude");
  return plain ? "root" : "unknown";
}

/** The folder that a WORKDIR makes current. */
export function workdirOf(step: Step): string | undefined {
  const value = step.value(step.command.rest);
  if (value === undefined || (!value.startsWith("/") && step.before.workdir === undefined)) return undefined;
  const path = value.startsWith("/") ? value : `${step.before.workdir}/${value}`;
  return normalize(path);
}

function normalize(path: string): string {
  return `/${path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
}
