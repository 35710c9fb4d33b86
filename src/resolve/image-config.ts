import type { Facts } from "./facts.ts";

/** An image config as a registry (`config`) or an engine (`Config`) gives it, not yet trusted. */
export type ImageConfig = Readonly<Record<string, unknown>>;

/** Reads config bytes; text that is no JSON object gives an empty config. */
export function parseConfig(bytes: Uint8Array): ImageConfig {
  try {
    return record(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return {};
  }
}

/**
 * User, environment, working directory, entrypoint and the rest from an image config (OCI image spec, config.md). What
 * the config leaves empty has the meaning that BuildKit gives it: user 0, `/`, no command.
 */
export function configFacts(config: ImageConfig): Facts {
  const run = runConfig(config);
  const user = text(run.User) || "0";
  const onbuild = texts(run.OnBuild);
  const runShell = texts(run.Shell);
  return {
    user,
    ...ids(user),
    env: texts(run.Env) ?? [],
    workdir: text(run.WorkingDir) || "/",
    entrypoint: texts(run.Entrypoint) ?? [],
    cmd: texts(run.Cmd) ?? [],
    ports: Object.keys(record(run.ExposedPorts)),
    // buildx drops OnBuild when it prints a config, so its absence says nothing.
    ...(onbuild && { onbuild }),
    ...(runShell && runShell.length > 0 && { runShell }),
  };
}

/** The architecture that a config was made for, as a list of one. */
export function configArchitecture(config: ImageConfig): Facts {
  const architecture = text(config.architecture ?? config.Architecture);
  return architecture === "" ? {} : { architectures: [architecture] };
}

/**
 * What the labels of a hardened image tell: `com.docker.dhi.distro`, `definition`, `shell`, `package-manager`,
 * `date.end-of-life`. Images built on a hardened one inherit them, so they say less than the name.
 */
export function labelFacts(config: ImageConfig): Facts {
  const labels = record(runConfig(config).Labels);
  const label = (name: string) => {
    const value = labels[`com.docker.dhi.${name}`];
    return typeof value === "string" ? value : undefined;
  };
  const [, distro, release] = /^(debian|alpine)-(\d[\d.]*)$/.exec(label("distro") ?? "") ?? [];
  const repository = /^image\/([^/]+)\//.exec(label("definition") ?? "")?.[1];
  const manager = label("package-manager");
  const eol = label("date.end-of-life");
  const shell = label("shell");
  const kind = label("variant");
  if (distro === undefined && repository === undefined) return {};
  return {
    hardened: true,
    ...((distro === "debian" || distro === "alpine") && release && { distro, release }),
    ...(repository !== undefined && { repository }),
    ...(kind && { kind: [kind] }),
    ...(eol && { eol }),
    ...(shell !== undefined && { shell: shell !== "" }),
    ...(manager !== undefined && { packageManager: managerName(manager) }),
  };
}

function managerName(label: string): "apt" | "apk" | "none" {
  return label.includes("apk") ? "apk" : label.includes("apt") ? "apt" : "none";
}

/** Numeric ids, where `user[:group]` is written in numbers or is root. */
function ids(user: string): Facts {
  const [name = "", group = ""] = user.split(":");
  const number = (value: string) => (/^\d+$/.test(value) ? Number(value) : value === "root" ? 0 : undefined);
  const uid = number(name);
  const gid = group === "" ? (uid === 0 ? 0 : undefined) : number(group);
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

function runConfig(config: ImageConfig): ImageConfig {
  return record(config.config ?? config.Config);
}

function record(value: unknown): ImageConfig {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as ImageConfig) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
}
