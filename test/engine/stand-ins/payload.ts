import type { Declared } from "./catalogue.ts";
import { debianPayload } from "./payload-debian.ts";
import { dotnetPayload } from "./payload-dotnet.ts";
import { nodePayload } from "./payload-node.ts";

/** What an image holds that no Debian package brings. */
export interface Payload {
  /** Its stage in the Dockerfile, without `payload-`. */
  readonly stage: string;
  /** The packages it makes, of the names that a declaration may have. */
  readonly packages: readonly string[];
  /** Folders of this machine that the stage reads, by the name of their build context. */
  readonly contexts: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, string>>;
  /** The version that the image's labels name. */
  readonly version: string;
  /** Variables that the payload's own packages bring, or that hold another version than the catalogue's. */
  readonly env: readonly string[];
}

const PAYLOADS: Readonly<Record<string, (major: string, declared: Declared) => Promise<Payload>>> = {
  dotnet: dotnetPayload,
  golang: debianPayload("golang"),
  node: nodePayload,
  "temurin-jdk": debianPayload("temurin-jdk"),
  "temurin-jre": debianPayload("temurin-jre"),
};

/** The payload `name` for an image, with its input made ready on this machine. Throws for a name that is not in the table. */
export async function payload(name: string, major: string, declared: Declared): Promise<Payload> {
  const make = PAYLOADS[name];
  if (make === undefined)
    throw new Error(`images/stand-ins/index.json: no payload ${name}; there are ${Object.keys(PAYLOADS).join(", ")}`);
  return make(major, declared);
}
