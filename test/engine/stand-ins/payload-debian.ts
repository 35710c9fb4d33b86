import type { Declared } from "./catalogue.ts";
import type { Payload } from "./payload.ts";

/** What Debian has packages of, moved to where a hardened image has it without a record. The variables of the catalogue stay as they are. */
export function debianPayload(stage: string): (major: string, declared: Declared) => Promise<Payload> {
  return async (major) => ({ stage, packages: [], contexts: {}, args: { MAJOR: major }, version: major, env: [] });
}
