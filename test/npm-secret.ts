import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

/** What of a user's .npmrc says how registries are reached. */
const REACHING = /^\s*(\/\/|(@[^:=\s]+:)?registry\b|(https?-)?proxy\b|noproxy\b|strict-ssl\b)/;

/** The build secret `npmrc`. */
export interface NpmSecret {
  /** Arguments for `docker buildx build`; none for a Dockerfile that does not ask for it. */
  readonly options: readonly string[];
  /** Removes its file. */
  readonly remove: () => void;
}

/**
 * Lends a build an .npmrc that reaches the registry from inside as this machine does: its registries, credentials, proxies and certificate authorities, in one
 * file. Takes the text of the Dockerfile.
 */
export async function npmSecret(dockerfile: string): Promise<NpmSecret> {
  if (!dockerfile.includes("type=secret,id=npmrc")) return { options: [], remove: () => undefined };
  const lines = userConfig(await config("userconfig"));
  const registry = await config("registry");
  const authorities = [await config("cafile"), process.env.NODE_EXTRA_CA_CERTS].flatMap(certificates);
  const text = [
    ...lines,
    ...(registry === undefined ? [] : [`registry=${registry}`]),
    ...[...new Set(authorities)].map((certificate) => `ca[]=${JSON.stringify(certificate)}`),
  ];
  const folder = mkdtempSync(join(tmpdir(), "dhi-npmrc-"));
  const file = join(folder, "npmrc");
  writeFileSync(file, `${text.join("\n")}\n`, { mode: 0o600 });
  return { options: ["--secret", `id=npmrc,src=${file}`], remove: () => rmSync(folder, { recursive: true }) };
}

async function config(name: string): Promise<string | undefined> {
  const { stdout } = await execa("npm", ["config", "get", name], { reject: false, stdin: "ignore" });
  const value = stdout?.trim() ?? "";
  return ["", "null", "undefined"].includes(value) ? undefined : value;
}

/** The lines that matter, with variables of the environment replaced, as npm does it. */
function userConfig(file: string | undefined): string[] {
  return textOf(file)
    .split("\n")
    .filter((line) => REACHING.test(line))
    .map((line) => line.replace(/\$\{([^}]+)\}/g, (written, name) => process.env[name] ?? written));
}

function certificates(file: string | undefined): string[] {
  return textOf(file).match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
}

function textOf(file: string | undefined): string {
  try {
    return file === undefined ? "" : readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
