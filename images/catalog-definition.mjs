// Reads one image definition of the public catalogue and says what it declares.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";

/** Packages that put a shell into an image, and the shell's name. Debian's bash package also gives /bin/sh here. */
const SHELLS = {
  bash: "bash",
  dash: "sh",
  busybox: "sh",
  "busybox-binsh": "sh",
  "busybox-static": "sh",
  mksh: "mksh",
  zsh: "zsh",
  fish: "fish",
  ksh: "ksh",
};
const MANAGERS = { apt: "apt", dpkg: "dpkg", "apk-tools": "apk" };
const FLAVOURS = ["sfw", "compat", "fpm", "slim", "glibc", "musl", "builder", "jdk", "jre"];

/**
 * Takes a definition file; returns `{ distro, os, title, variant, contents }`, or undefined when the file defines no image.
 * `variant` is what the product needs at run time, `contents` names the packages and paths.
 */
export function readDefinition(file, distro) {
  const doc = parse(readFileSync(file, "utf8"), { logLevel: "silent" });
  if (!doc?.image || !doc.contents) return undefined;
  const text = (value) =>
    value === undefined || value === null ? undefined : substitute(String(value), doc.vars ?? {});
  const list = (value) => (value === undefined ? [] : [value].flat().map(text));
  const tags = list(doc.tags);
  const wanted = packageNames(list(doc.contents.packages).filter((spec) => !spec.startsWith("!")));
  const refused = packageNames(
    list(doc.contents.packages).flatMap((spec) => (spec.startsWith("!") ? [spec.slice(1)] : [])),
  );
  const outputs = (doc.contents.builds ?? [])
    .flatMap((build) => build.outputs ?? [])
    .map((output) => text(output.target));
  const placed = [...(doc.contents.files ?? []).map((entry) => text(entry.path)), ...outputs].filter(settled);
  const account = runAs(doc.accounts ?? {});
  const platforms = list(doc.platforms).map((platform) => platform.replace("linux/", ""));
  const paths = (doc.paths ?? []).map((entry) => ({ ...entry, path: text(entry.path) }));
  const repositories = list(doc.contents.repositories);
  return {
    distro,
    os: { distro: text(doc["os-release"]?.id), release: text(doc["os-release"]?.["version-id"]) },
    variant: withoutEmpty({
      file: `${distro}/${basename(file, ".yaml")}`,
      kind: kinds(doc, basename(file, ".yaml"), tags).join(" "),
      tags: tags.join(" "),
      platforms: platforms.join() === "amd64,arm64" ? undefined : platforms,
      user: account.user,
      uid: account.uid,
      gid: account.gid,
      workdir: text(doc["work-dir"]),
      env: Object.entries(doc.environment ?? {})
        .map(([name, value]) => `${name}=${text(value)}`)
        .filter(settled),
      entrypoint: settledList(list(doc.entrypoint)),
      cmd: settledList(list(doc.cmd)),
      ports: settledList(list(doc.ports)),
      shells: shells(wanted, [...paths.map((entry) => entry.path), ...outputs]).join(" "),
      managers: known(MANAGERS, wanted).join(" "),
      hsp: repositories.some((line) => /dhi\.io\/(deb|apk)/.test(line)) || undefined,
      writable: writable(paths, account.uid),
      eol: text(doc.dates?.["end-of-life"]),
    }),
    contents: withoutEmpty({
      packages: wanted,
      refused,
      artifacts: (doc.contents.artifacts ?? []).map((artifact) => String(artifact.name).replace(/@sha256:.*/, "")),
      placed: [...new Set(placed)],
    }),
  };
}

/** Replaces `${NAME}` by the definition's own variables; a name that it does not define stays as it is. */
function substitute(value, vars, depth = 0) {
  const next = value.replace(/\$\{([A-Za-z0-9_]+)\}/g, (all, name) => (name in vars ? String(vars[name]) : all));
  return next === value || depth > 4 ? next : substitute(next, vars, depth + 1);
}

/** False for a value that is known only when the image is built: `${target.arch}`. */
function settled(value) {
  return typeof value === "string" && !value.includes("${") && !value.includes("=$");
}

/** A command is known as a whole or not at all. */
function settledList(values) {
  return values.every(settled) ? values : [];
}

/** `nodejs-22=22.23.2-0`, `foo@repo`, `foo~1` name a package and more; only the name is kept. */
function packageNames(specs) {
  return [...new Set(specs.map((spec) => /^[A-Za-z0-9][A-Za-z0-9+._\-${}]*(:[a-z0-9]+)?/.exec(spec)?.[0] ?? spec))];
}

function known(table, packages) {
  return [...new Set(Object.entries(table).flatMap(([name, word]) => (packages.includes(name) ? [word] : [])))];
}

/** Shells come from packages, or are laid down as a path or a build output. */
function shells(packages, paths) {
  const laid = paths.flatMap((path) => {
    const name = /^\/(?:usr\/)?bin\/(sh|bash|busybox)$/.exec(path ?? "")?.[1];
    return name ? [name === "busybox" ? "sh" : name] : [];
  });
  return [...new Set([...known(SHELLS, packages), ...laid])];
}

/** First `runtime`, `dev` or `sdk` (the catalogue itself calls an SDK a runtime), then the flavours in the names. */
function kinds(doc, name, tags) {
  const words = new Set([...tags, name].flatMap((tag) => tag.split("-")));
  const sdk = tags.some((tag) => tag.split("-").includes("sdk"));
  const first = sdk ? "sdk" : doc.variant === "dev" ? "dev" : "runtime";
  const flavours = [
    ...FLAVOURS.filter((word) => words.has(word)),
    ...(doc.flavor ? String(doc.flavor).split("-") : []),
  ];
  return [...new Set([first, ...flavours])];
}

/** The account that the image runs as. The ids come from the declared users and groups. */
function runAs(accounts) {
  if (accounts["run-as"] === undefined) return {};
  const user = String(accounts["run-as"]);
  const [name, groupName] = user.split(":");
  const numeric = (value) => (/^[0-9]+$/.test(value ?? "") ? Number(value) : undefined);
  const declared = (accounts.users ?? []).find((entry) => String(entry.name) === name || String(entry.uid) === name);
  const group = (accounts.groups ?? []).find((entry) => String(entry.name) === groupName);
  const uid = declared?.uid ?? numeric(name) ?? (name === "root" ? 0 : undefined);
  return { user, uid, gid: numeric(groupName) ?? group?.gid ?? declared?.gid ?? (uid === 0 ? 0 : undefined) };
}

/** Directories that the image's user may write: it owns them, or everybody may. */
function writable(paths, uid) {
  const open = (mode) => mode !== undefined && /[2367]$/.test(String(mode));
  return paths
    .filter((entry) => entry.type === "directory" && entry.path)
    .filter((entry) => (uid !== 0 && (entry.uid ?? 0) === uid) || open(entry.mode))
    .map((entry) => entry.path);
}

function withoutEmpty(record) {
  const empty = (value) => value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !empty(value)));
}
