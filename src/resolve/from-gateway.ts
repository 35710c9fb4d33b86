import { DiagnosticError, failure } from "../diagnostic.ts";
import type { ImageFacts, Platform } from "../model.ts";
import { type Facts, type FactsSource, type Layer, mergeFacts, remembering } from "./facts.ts";
import { completed, nameLayers } from "./from-catalog.ts";
import { configArchitecture, configFacts, type ImageConfig, labelFacts, parseConfig } from "./image-config.ts";
import { OS_RELEASE_PATHS, readOsRelease } from "./os-release.ts";
import { type Mirror, parseReference } from "./reference.ts";

/** Whoever can read an image: in a build, the gateway. */
export interface ImageReader {
  /** Digest (empty when it has none) and image config of a reference. */
  config(reference: string, platform?: Platform): Promise<{ digest: string; config: Uint8Array }>;
  /** A file's bytes, following links; undefined when it is not there. */
  readFile?(reference: string, platform: Platform | undefined, path: string): Promise<Uint8Array | undefined>;
}

const APT = "/usr/bin/apt-get";
const APK: readonly string[] = ["/sbin/apk", "/usr/sbin/apk", "/usr/bin/apk"];

/**
 * Facts in a build. The config answers first, then the name and the catalogue, then labels. Files are read only from
 * images whose distro these leave open, for that forces the image's download. Each image and platform is asked once.
 * Throws `DhiImageUnreadable` when the image can't be had, with the tag that was probably meant.
 */
export function fromGateway(reader: ImageReader, mirrors: readonly Mirror[] = []): FactsSource {
  return remembering(async (reference, platform) => {
    const name = nameLayers(reference, mirrors);
    if (reference === "scratch") return mergeFacts(reference, name);
    const { digest, config } = await readConfig(reader, reference, platform, name);
    const layers = imageLayers(name, parseConfig(config), digest, "build");
    const known = mergeFacts(
      reference,
      layers.filter(({ origin }) => origin !== "assumed"),
    );
    const read = async (path: string) => await reader.readFile?.(reference, platform, path);
    const found = reader.readFile ? await fileFacts(known, read) : {};
    return completed(
      reference,
      [...withoutGuesses(layers), { origin: "image", facts: found }, ...guesses(layers)],
      mirrors,
    );
  });
}

/**
 * Config before name before labels before guesses, but an end of life as the image tells it: a tag that moves has another than the catalogue's. Ids that the catalogue has
 * for another user do not count.
 */
export function imageLayers(
  name: readonly Layer[],
  config: ImageConfig,
  digest: string,
  source: "build" | "registry" | "engine",
): Layer[] {
  const run = configFacts(config);
  const sameUser = ({ origin, facts }: Layer): Layer => {
    const { uid: _uid, gid: _gid, ...rest } = facts;
    return facts.user === run.user ? { origin, facts } : { origin, facts: rest };
  };
  const labels = labelFacts(config);
  const first: Facts = { source, ...(digest !== "" && { digest }), ...run, ...(labels.eol && { eol: labels.eol }) };
  const named = name.map(sameUser);
  return [
    { origin: "image", facts: first },
    ...withoutGuesses(named),
    { origin: "image", facts: { ...configArchitecture(config), ...labels } },
    ...guesses(named),
  ];
}

function withoutGuesses(layers: readonly Layer[]): Layer[] {
  return layers.filter(({ origin }) => origin !== "assumed");
}

function guesses(layers: readonly Layer[]): Layer[] {
  return layers.filter(({ origin }) => origin === "assumed");
}

async function readConfig(
  reader: ImageReader,
  reference: string,
  platform: Platform | undefined,
  name: readonly Layer[],
): Promise<{ digest: string; config: Uint8Array }> {
  try {
    return await reader.config(reference, platform);
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const { hardened, suggestion, notes } = mergeFacts(reference, name);
    const login = hardened
      ? `run \`docker login ${parseReference(reference)?.registry}\` first if you have not`
      : undefined;
    const advice = suggestion === undefined ? login : notes?.join(" ");
    throw failure("DhiImageUnreadable", undefined, `the image \`${reference}\` can't be read: ${why}`, advice);
  }
}

/** Distro, shell and package manager from the image's files, as far as nothing else told them. */
async function fileFacts(known: ImageFacts, read: (path: string) => Promise<Uint8Array | undefined>): Promise<Facts> {
  const there = async (path: string) => (await read(path)) !== undefined;
  const os = known.distro === undefined || known.release === undefined ? await osRelease(read) : {};
  const distro = known.distro ?? os.distro;
  if (distro === undefined) return os;
  const shell = known.shell ?? (await there("/bin/sh"));
  const found = async () => (distro === "alpine" ? await anyOf(APK, there) : await there(APT));
  const present = known.packageManager === undefined && shell && (await found());
  const packageManager = known.packageManager ?? (present ? (distro === "alpine" ? "apk" : "apt") : "none");
  const libc = known.libc ?? (distro === "alpine" ? "musl" : "glibc");
  return { ...os, shell, packageManager, libc };
}

async function osRelease(read: (path: string) => Promise<Uint8Array | undefined>): Promise<Facts> {
  for (const path of OS_RELEASE_PATHS) {
    const bytes = await read(path);
    if (bytes) return readOsRelease(new TextDecoder().decode(bytes));
  }
  return {};
}

async function anyOf(paths: readonly string[], there: (path: string) => Promise<boolean>): Promise<boolean> {
  for (const path of paths) if (await there(path)) return true;
  return false;
}
