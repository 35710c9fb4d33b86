import { type CheckOptions, check } from "../src/check/check.ts";
import type { Finding } from "../src/check/rule.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

const linux = { os: "linux", architecture: "amd64" };

/** What the rules find in a Dockerfile, by the catalogue alone. */
export async function findingsOf(dockerfile: string, today = "2026-11-22"): Promise<readonly Finding[]> {
  const options: CheckOptions = {
    buildArgs: {},
    platform: linux,
    buildPlatform: linux,
    facts: fromCatalog(),
    mirrors: [],
    scope: "all",
    hardenedOnly: false,
    today,
  };
  const source = { name: "Dockerfile", bytes: new TextEncoder().encode(dockerfile) };
  return (await check(source, options)).findings;
}

/** The findings of one rule: `3 warning: message; suggestion`. */
export async function toldOf(dockerfile: string, rule: string, today?: string): Promise<string[]> {
  const own = (await findingsOf(dockerfile, today)).filter((one) => one.rule === rule);
  return own.map(({ span, severity, message, suggestion }) => {
    const more = suggestion === undefined ? "" : `; ${suggestion}`;
    return `${span.start.line} ${severity}: ${message}${more}`;
  });
}
