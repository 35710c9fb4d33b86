import { isDeepStrictEqual } from "node:util";
import type { Engine } from "./engine/engine.ts";
import { type ImageFiles, readImageFiles } from "./image-files.ts";
import { isRecord, packageRecords } from "./package-records.ts";
import type { TarEntry } from "./tar.ts";
import type { Expectations, Run } from "./world.ts";

/** What a check found wrong; nothing when all is well. */
export type Findings = readonly string[];

/** Compares the files of an image with `paths` and `records`. */
export async function checkFiles(
  engine: Engine,
  image: string,
  { paths = {}, records = {} }: Expectations,
): Promise<Findings> {
  const files = await readImageFiles(engine, image, isRecord);
  const triplet = await tripletOf(engine);
  const wrongPaths = Object.entries(paths).flatMap(([written, wanted]) => {
    const path = written.replaceAll("{triplet}", triplet);
    const found = describe(files.get(path)).replaceAll(triplet, "{triplet}");
    // What is not named of owner and mode is not compared: "file" fits every file.
    return `${found} `.startsWith(`${wanted} `) ? [] : [`/${path} is ${found}, and ${wanted} was expected`];
  });
  const present = new Map(packageRecords(files).map((record) => [record.name, record.requested.join(" ")]));
  const wrongRecords = Object.entries(records).flatMap(([name, wanted]) => {
    const found = present.get(name) ?? "absent";
    return found === wanted ? [] : [`the record of ${name} says "${found}", and "${wanted}" was expected`];
  });
  return [...wrongPaths, ...wrongRecords];
}

/** A file as expect.json writes it: `file 0644 0:0`, `folder 1777 0:0`, `symlink libx.so.1`, `absent`. */
function describe(entry: TarEntry | undefined): string {
  if (entry === undefined) return "absent";
  if (entry.target !== undefined) return `${entry.type} ${entry.target}`;
  return `${entry.type} ${entry.mode.toString(8).padStart(4, "0")} ${entry.uid}:${entry.gid}`;
}

/** Runs the container that `run` describes. */
export async function checkRun(engine: Engine, image: string, run: Run): Promise<Findings> {
  const { exitCode, output } = await container(engine, image, run);
  const { exit = 0, says = "", command } = run;
  return [
    ...(exitCode === exit ? [] : [`${command.join(" ")} ended with ${exitCode}, and ${exit} was expected:\n${output}`]),
    ...(output.includes(says) ? [] : [`${command.join(" ")} does not say "${says}":\n${output}`]),
  ];
}

/** The libraries that the image's own loader does not find for a file in it (ld.so(8), LD_TRACE_LOADED_OBJECTS: it goes on after the first one). */
export async function unresolvedLibraries(engine: Engine, image: string, file: string): Promise<string[]> {
  const entrypoint = await loaderOf(engine);
  const { output } = await container(engine, image, { entrypoint, command: [file] }, [
    "--env",
    "LD_TRACE_LOADED_OBJECTS=1",
  ]);
  if (!output.includes(" => ")) throw new Error(`the loader does not list the libraries of ${file}: ${output}`);
  return [...new Set([...output.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? ""))];
}

async function container(engine: Engine, image: string, { entrypoint, command }: Run, more: readonly string[] = []) {
  const options = [...more, ...(entrypoint === undefined ? [] : ["--entrypoint", entrypoint])];
  const ran = await engine.docker(["run", "--rm", "--network=none", ...options, image, ...command], {
    reject: false,
    all: true,
    stdin: "ignore",
  });
  return { exitCode: ran.exitCode, output: String(ran.all) };
}

/** Finds what of the base is not the same in the image: layers, and every file, link and folder with mode, owner and content, and the time of files and links. */
export async function checkBase(engine: Engine, image: string, base: string): Promise<Findings> {
  const [files, baseFiles, layers] = await Promise.all([
    readImageFiles(engine, image),
    readImageFiles(engine, base),
    checkBaseLayers(engine, image, base),
  ]);
  return [...layers, ...changedFiles(files, baseFiles)];
}

/** Finds whether an image's layers do not begin with the base's. */
export async function checkBaseLayers(engine: Engine, image: string, base: string): Promise<Findings> {
  const [layers, baseLayers] = await Promise.all([layersOf(engine, image), layersOf(engine, base)]);
  const prefix = isDeepStrictEqual(layers.slice(0, baseLayers.length), baseLayers);
  return prefix ? [] : ["the base's layers do not begin the image's"];
}

/** Finds files, links and folders of the base that are not the same in the image. The content of the same files must have been kept of both. */
export function changedFiles(files: ImageFiles, baseFiles: ImageFiles): string[] {
  return [...baseFiles.values()].flatMap((before) => {
    const after = files.get(before.path);
    if (after === undefined) return [`/${before.path} of the base is gone`];
    // A folder's time changes with its entries.
    const timeless = before.type === "folder" || DOCKERS_OWN.test(before.path);
    const same = isDeepStrictEqual({ ...after, time: timeless ? before.time : after.time }, before);
    return same ? [] : [`/${before.path} of the base has changed`];
  });
}

/** What Docker makes in each container: its time is the container's. */
const DOCKERS_OWN = /^(\.dockerenv|dev\/.*|etc\/(hostname|hosts|mtab|resolv\.conf))$/;

/** Finds how two images differ in layers and config. */
export async function compareImages(engine: Engine, one: string, other: string): Promise<Findings> {
  const [oneConfig, otherConfig] = await Promise.all([configOf(engine, one), configOf(engine, other)]);
  const [oneLayers, otherLayers] = await Promise.all([layersOf(engine, one), layersOf(engine, other)]);
  return [
    ...(isDeepStrictEqual(oneLayers, otherLayers)
      ? []
      : [`the layers differ: ${oneLayers.join(" ")} and ${otherLayers.join(" ")}`]),
    ...(isDeepStrictEqual(oneConfig, otherConfig)
      ? []
      : [`the configs differ: ${JSON.stringify(oneConfig)} and ${JSON.stringify(otherConfig)}`]),
  ];
}

/** The digests of an image's unpacked layers, the lowest first. */
export async function layersOf(engine: Engine, image: string): Promise<string[]> {
  return JSON.parse(await inspect(engine, image, "{{json .RootFS.Layers}}"));
}

/** The part of an image that a container starts with. */
export async function configOf(engine: Engine, image: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await inspect(engine, image, "{{json .Config}}"));
}

async function inspect(engine: Engine, image: string, format: string): Promise<string> {
  return String((await engine.docker(["image", "inspect", "--format", format, image])).stdout);
}

/** The name of the folder that Debian keeps an architecture's libraries in (Debian's multiarch tuples). */
async function tripletOf(engine: Engine): Promise<string> {
  return (await architectureOf(engine)) === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}

async function loaderOf(engine: Engine): Promise<string> {
  return (await architectureOf(engine)) === "arm64" ? "/lib/ld-linux-aarch64.so.1" : "/lib64/ld-linux-x86-64.so.2";
}

/** The engine's architecture: amd64, arm64. */
export async function architectureOf(engine: Engine): Promise<string> {
  return String((await engine.docker(["version", "--format", "{{.Server.Arch}}"])).stdout).trim();
}
