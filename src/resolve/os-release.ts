import type { Facts } from "./facts.ts";
import { namedRelease } from "./releases.ts";

/** Where os-release stands, in the order of os-release(5). */
export const OS_RELEASE_PATHS: readonly string[] = ["/etc/os-release", "/usr/lib/os-release"];

/**
 * Distro, release and hardening from the text of os-release (os-release(5)). Docker's hardened images write ID=debian
 * or ID=alpine, and will write ID=dhi with ID_LIKE. Derivatives have release numbers of their own, so any other ID
 * gives no distro but a note that names it.
 */
export function readOsRelease(text: string): Facts {
  const fields = new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, name, value] = /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, unquote(value)] as const];
    }),
  );
  const id = fields.get("ID") ?? "";
  const hardened = id === "dhi" || (fields.get("PRETTY_NAME") ?? "").includes("Docker Hardened Images");
  const mark = hardened ? { hardened } : {};
  const name = id === "dhi" ? (fields.get("ID_LIKE") ?? "").split(/\s+/)[0] : id;
  if (name !== "debian" && name !== "ubuntu" && name !== "alpine") {
    const found = [id, fields.get("VERSION_ID")].filter(Boolean).join(" ");
    return { ...mark, notes: [`Its os-release says \`${found}\`, which is neither Debian, Ubuntu nor Alpine.`] };
  }
  const version = fields.get("VERSION_ID") ?? namedRelease(fields.get("VERSION_CODENAME") ?? "")?.release;
  const release = name === "debian" ? version?.split(".")[0] : version?.split(".").slice(0, 2).join(".");
  return { ...mark, distro: name, ...(release !== undefined && release !== "" && { release }) };
}

/** Values are shell words: quotes go, a backslash keeps the next character. */
function unquote(value: string): string {
  const inner = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
  return inner.replace(/\\(.)/g, "$1");
}
