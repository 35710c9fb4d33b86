import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Variant } from "../../../src/resolve/catalog.ts";
import { type Declared, declared, distroOf } from "./catalogue.ts";
import type { ContainerConfig } from "./image-archive.ts";
import { type Payload, payload } from "./payload.ts";

const RECIPES = join(import.meta.dirname, "../../../images/stand-ins");

/** An entry of images/stand-ins/index.json. */
export interface Entry {
  /** `debian-root`: a plain Debian made by mmdebstrap; else the folder with the Dockerfile. */
  readonly recipe: string;
  /** Debian's code name, of a debian-root. */
  readonly suite?: string;
  /** What the image holds beside Debian's packages, and its major version. */
  readonly payload?: string;
  readonly major?: string;
  /** The runtime image has a root account beside its own. */
  readonly rootAccount?: boolean;
  /** The image whose declaration this one follows when the catalogue has none of its own name, with packages and command of its own. */
  readonly like?: string;
  readonly packages?: readonly string[];
  readonly cmd?: readonly string[];
  /** A large one, that only `npm run test:full` and the worlds that need it make. */
  readonly full?: boolean;
}

/** All that one image is made from. */
export interface Plan {
  readonly name: string;
  /** The folder with the Dockerfile. */
  readonly recipe: string;
  readonly root: string;
  readonly args: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, string>>;
  readonly config: ContainerConfig;
  /** The architecture of the image, when it is not the engine's. */
  readonly architecture?: string;
}

/** The label that holds the digest of what an image was made from. */
export const DIGEST_LABEL = "dhi-stand-in";

const SUITES: Readonly<Record<string, string>> = { "debian-12": "bookworm", "debian-13": "trixie" };

/** Every stand-in there is a recipe for, by its name. */
export const ENTRIES = JSON.parse(readFileSync(join(RECIPES, "index.json"), "utf8")) as Readonly<Record<string, Entry>>;

/** The entry of a name. Throws when there is no recipe for it. */
export function entryOf(name: string): Entry {
  const entry = ENTRIES[name];
  if (entry === undefined)
    throw new Error(
      `no stand-in ${name}: add a recipe to images/stand-ins/index.json, which has ${Object.keys(ENTRIES).join(", ")}`,
    );
  return entry;
}

/** Takes a name and its entry; returns how the image is built and what its config holds: the catalogue's, with the payload's versions. */
export async function plan(name: string, entry: Entry): Promise<Plan> {
  const image = declared(entry.like ?? name);
  const { definition } = image;
  const brought = entry.payload === undefined ? undefined : await payload(entry.payload, entry.major ?? "", image);
  const suite = SUITES[distroOf(definition)];
  if (suite === undefined) throw new Error(`${name}: no stand-in for the distro ${distroOf(definition)}`);
  const made = new Set(brought?.packages ?? []);
  const packages = entry.packages ?? image.packages;
  const env = merged(definition.env ?? [], brought?.env ?? []);
  const args = {
    SUITE: suite,
    KIND: hasDpkg(definition) ? "dev" : "runtime",
    PACKAGES: packages.filter((name) => !made.has(name)).join(" "),
    BROUGHT: packages.filter((name) => made.has(name)).join(" "),
    REFUSED: image.refused.join(" "),
    ACCOUNTS: accounts(image, entry.rootAccount === true),
    FOLDERS: folders(definition),
    LOCALE: env.find((variable) => variable.startsWith("LC_ALL="))?.slice("LC_ALL=".length) ?? "",
    ...(brought && { PAYLOAD: brought.stage, ...brought.args }),
  };
  const recipe = join(RECIPES, entry.recipe);
  const config = containerConfig(definition, env, entry.cmd ?? definition.cmd);
  const contexts = brought?.contexts ?? {};
  const labels = {
    ...dhiLabels(image, brought),
    [DIGEST_LABEL]: digestOf([folderContent(recipe), args, contexts, config, WRITER]),
  };
  return { name, recipe, root: `debian:${suite}-slim`, args, contexts, config: { ...config, Labels: labels } };
}

/** Takes the plan of a runtime image; returns the one for another architecture. Throws for an image whose programs have to run while it is made. */
export function foreignPlan(made: Plan, architecture: string): Plan {
  if (made.args.KIND !== "runtime" || made.args.PAYLOAD !== undefined) {
    throw new Error(
      `${made.name} can't be made for ${architecture}: only runtime images of nothing but Debian's packages can`,
    );
  }
  const recipe = join(RECIPES, "foreign");
  const args = { ...made.args, ARCHITECTURE: architecture };
  const below = made.config.Labels?.[DIGEST_LABEL];
  const labels = { ...made.config.Labels, [DIGEST_LABEL]: digestOf([folderContent(recipe), args, below]) };
  const contexts = { ...made.contexts, recipe: made.recipe };
  return { ...made, recipe, args, contexts, config: { ...made.config, Labels: labels }, architecture };
}

/** How the config gets into an image counts as part of its recipe. */
const WRITER = readFileSync(join(import.meta.dirname, "image-archive.ts"), "utf8");

/** A digest of values, as they stand in the images' label. */
export function digestOf(values: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
}

function merged(below: readonly string[], above: readonly string[]): string[] {
  const variables = new Map(
    [...below, ...above].map((variable) => [variable.slice(0, variable.indexOf("=")), variable]),
  );
  return [...variables.values()];
}

/** An image that has dpkg has its database too, so its packages are installed. Debian 12's debian-base is such a runtime. */
export function hasDpkg({ managers = "" }: Variant): boolean {
  return managers.split(" ").includes("dpkg");
}

/** The accounts in /etc/passwd: a runtime has its own; an image with dpkg root, apt's, and that of the runtime beside it. */
function accounts({ definition, runtime }: Declared, withRoot: boolean): string {
  const own = definition.kind.startsWith("runtime") ? definition : runtime;
  const user = own?.user === undefined || own.user === "root" ? [] : [`${own.user}:${own.uid}:${own.gid}`];
  if (!hasDpkg(definition)) return [...(withRoot ? ["root:0:0"] : []), ...user].join(" ");
  return ["root:0:0", "_apt:42:65532", ...user].join(" ");
}

/** The working directory belongs to root, what is declared writable to the run-as user; a dev image declares /tmp without the sticky bit. */
function folders({ workdir, writable = [], uid = 0, gid = 0 }: Variant): string {
  const own = writable.map((path) => (path === "/tmp" ? "/tmp:0:0:0777" : `${path}:${uid}:${gid}:0755`));
  const work = workdir === undefined || writable.includes(workdir) ? [] : [`${workdir}:0:0:0755`];
  return [...work, ...own].join(" ");
}

function containerConfig(
  definition: Variant,
  env: readonly string[],
  cmd: readonly string[] | undefined,
): ContainerConfig {
  const { user, workdir, entrypoint, ports } = definition;
  return {
    ...(user !== undefined && { User: user }),
    ...(env.length > 0 && { Env: env }),
    ...(entrypoint && { Entrypoint: entrypoint }),
    ...(cmd && { Cmd: cmd }),
    ...(workdir !== undefined && { WorkingDir: workdir }),
    ...(ports && {
      ExposedPorts: Object.fromEntries(ports.map((port) => [port.includes("/") ? port : `${port}/tcp`, {}])),
    }),
  };
}

/** The labels of a hardened image that do not depend on its build. */
function dhiLabels({ repository, title, definition }: Declared, brought: Payload | undefined): Record<string, string> {
  const distro = distroOf(definition);
  const variant = definition.kind === "runtime" ? "" : `-${definition.kind}`;
  const version = brought?.version ?? distro.slice(distro.indexOf("-") + 1);
  return {
    "com.docker.dhi.compliance": "cis",
    "com.docker.dhi.date.end-of-life": definition.eol ?? "",
    "com.docker.dhi.definition": `image/${repository}/${definition.file}`,
    "com.docker.dhi.distro": distro,
    "com.docker.dhi.entitlement": "public",
    "com.docker.dhi.flavor": "",
    "com.docker.dhi.name": `dhi/${repository}`,
    "com.docker.dhi.package-manager": definition.managers?.split(" ")[0] ?? "",
    "com.docker.dhi.shell": definition.shells ?? "",
    "com.docker.dhi.title": title,
    "com.docker.dhi.url": `https://dhi.io/catalog/${repository}`,
    "com.docker.dhi.variant": definition.kind,
    "com.docker.dhi.version": `${version}-${distro.replace("-", "")}${variant}`,
  };
}

function folderContent(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => `${name}\n${readFileSync(join(folder, name), "utf8")}`);
}
