const managers: ReadonlySet<string> = new Set(
  "apk apt apt-get aptitude dnf dpkg microdnf pacman rpm tdnf yum zypper".split(" "),
);

/** True for the name of a distro's package manager. */
export function isPackageManager(name: string): boolean {
  return managers.has(name);
}

/** The packages that a command of a package manager installs, as far as they are plain names. */
export function installedBy(manager: string, words: readonly string[]): string[] {
  const plain = words.filter((word) => !word.startsWith("-"));
  const [verb, ...names] = plain;
  const installs = manager === "apk" ? "add" : manager === "pacman" ? "-S" : "install";
  if (verb !== installs || names.some((name) => !/^[a-z0-9][a-z0-9.+-]*(?:=[\w.:+~*-]+)?$/.test(name))) return [];
  return names.map((name) => name.split("=")[0] ?? name);
}
