import { execFile } from "node:child_process";
import type { ImageFacts, Platform } from "../model.ts";
import { type FactsSource, remembering } from "./facts.ts";
import { catalogFacts, completed, nameLayers } from "./from-catalog.ts";
import { imageLayers } from "./from-gateway.ts";
import type { ImageConfig } from "./image-config.ts";
import { type Mirror, parseReference } from "./reference.ts";

/** How the command line asks for facts. */
export interface DockerOptions {
  readonly mirrors?: readonly Mirror[];
  /** Milliseconds that a registry or engine has for its answer. */
  readonly timeout?: number;
  /** The docker program. */
  readonly program?: string;
}

/** An image's config as somebody has it, with what else came along. */
interface Answer {
  readonly config: ImageConfig;
  readonly digest: string;
  readonly architectures?: readonly string[];
}

type Docker = (args: readonly string[]) => Promise<string>;

const TEMPLATE = '{"manifest":{{json .Manifest}},"image":{{json .Image}}}';

/**
 * Facts for the command line: from the registry through buildx, else from the local engine, else from the catalogue.
 * `source` and, for the catalogue, a note tell which it was and why. Never fails; a program that is missing or a
 * registry that is silent is asked once.
 */
export function fromDocker({ mirrors = [], timeout = 5000, program = "docker" }: DockerOptions = {}): FactsSource {
  const silent = new Map<string, string>();
  return remembering(async (reference, platform) => {
    const image = parseReference(reference);
    if (!image || reference === "scratch") return catalogFacts(reference, mirrors);
    const docker = (place: string): Docker => asking(program, timeout, place, silent);
    const registry = registryAnswer(docker(image.registry), reference, platform);
    const engine = engineAnswer(docker("the local engine"), reference, platform);
    const answers = await Promise.allSettled([registry, engine]);
    for (const [index, answer] of answers.entries()) {
      if (answer.status === "fulfilled") {
        return factsOf(reference, answer.value, index === 0 ? "registry" : "engine", mirrors);
      }
    }
    const reasons = answers.flatMap((answer) => (answer.status === "rejected" ? [messageOf(answer.reason)] : []));
    const note = `No registry or engine answered (${[...new Set(reasons)].join("; ")}), so these facts are the catalogue's.`;
    const facts = catalogFacts(reference, mirrors);
    return { ...facts, notes: [...(facts.notes ?? []), note] };
  });
}

function factsOf(
  reference: string,
  { config, digest, architectures }: Answer,
  source: "registry" | "engine",
  mirrors: readonly Mirror[],
): ImageFacts {
  const layers = imageLayers(nameLayers(reference, mirrors), config, digest, source);
  const published = architectures ? [{ origin: "image", facts: { architectures } } as const] : [];
  return completed(reference, [...published, ...layers], mirrors);
}

/** `docker buildx imagetools inspect` asks the registry itself; it needs no running engine. */
async function registryAnswer(docker: Docker, reference: string, platform: Platform | undefined): Promise<Answer> {
  const output = JSON.parse(await docker(["buildx", "imagetools", "inspect", "--format", TEMPLATE, reference]));
  const digest = typeof output.manifest?.digest === "string" ? output.manifest.digest : "";
  const image: ImageConfig = output.image ?? {};
  if ("config" in image || "architecture" in image) return { config: image, digest };
  const platforms = Object.keys(image).filter((key) => !key.startsWith("unknown"));
  const wanted = platformKey(platform);
  const key = platforms.find((one) => one === wanted) ?? platforms.find((one) => one.startsWith(`${wanted}/`));
  const chosen = key ?? (platform ? undefined : platforms[0]);
  if (chosen === undefined) throw new Error(`the registry has no ${wanted} form of it`);
  const architectures = [...new Set(platforms.flatMap((one) => one.split("/")[1] ?? []))];
  return { config: image[chosen] as ImageConfig, digest, architectures };
}

/** What the local engine has under this name, when it is for the platform wanted. */
async function engineAnswer(docker: Docker, reference: string, platform: Platform | undefined): Promise<Answer> {
  const config = JSON.parse(await docker(["image", "inspect", "--format", "{{json .}}", reference]));
  const has = `${config.Os}/${config.Architecture}`;
  if (platform && !platformKey(platform).startsWith(has)) throw new Error(`the local engine has it for ${has} only`);
  const pinned = Array.isArray(config.RepoDigests) ? String(config.RepoDigests[0] ?? "").split("@")[1] : undefined;
  return { config, digest: pinned ?? "" };
}

function platformKey(platform: Platform | undefined): string {
  const { os, architecture, variant } = platform ?? { os: "linux", architecture: hostArchitecture() };
  return [os, architecture, ...(variant ? [variant] : [])].join("/");
}

/** This machine's architecture in the words of images. */
function hostArchitecture(): string {
  return process.arch === "x64" ? "amd64" : process.arch;
}

/** Runs the docker program; what does not answer is remembered in `silent`, by place, and not asked again. */
function asking(program: string, timeout: number, place: string, silent: Map<string, string>): Docker {
  return (args) =>
    new Promise((resolve, reject) => {
      const known = silent.get(program) ?? silent.get(place);
      if (known !== undefined) return reject(new Error(known));
      const options = { timeout, maxBuffer: 64 * 1024 * 1024, encoding: "utf8" as const };
      execFile(program, [...args], options, (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const missing = error.code === "ENOENT";
        const reason = missing
          ? `there is no program \`${program}\``
          : error.killed
            ? `${place} did not answer within ${timeout / 1000} s`
            : (stderr.trim().split("\n").at(-1) ?? "").replace(/^ERROR: /, "") || `${program} failed`;
        if (missing || error.killed) silent.set(missing ? program : place, reason);
        reject(new Error(reason));
      });
    });
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
