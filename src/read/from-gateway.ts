import type { Gateway } from "../gateway/client.ts";
import { dockerfileSource } from "../gateway/llb.ts";
import type { Definition } from "../gateway/messages.ts";
import { readFileIfThere } from "../gateway/read-file.ts";
import type { Source } from "../model.ts";

/** Where the Dockerfile lies, in the client's terms (options `filename` and `dockerfilekey`). */
export interface DockerfileLocation {
  readonly filename: string;
  readonly localName: string;
  readonly sessionId: string;
}

/** The user's Dockerfile and the LLB it was read with, which error messages and provenance refer to. */
export interface GatewaySource {
  readonly source: Source;
  readonly definition: Definition;
}

/**
 * Reads the Dockerfile, and `<filename>.dockerignore` beside it, from the client's local folder.
 * The definition is the very one that the Dockerfile frontend uses, so the folder is transferred once.
 * A default name that is not there is tried in lower case (BuildKit frontend/dockerui/config.go, ReadEntrypoint).
 * Returns undefined when there is no such file: the Dockerfile frontend has the message for that.
 */
export async function readFromGateway(
  gateway: Gateway,
  location: DockerfileLocation,
): Promise<GatewaySource | undefined> {
  const definition = dockerfileSource(location);
  const { ref } = await gateway.solve({ definition });
  if (!ref?.id) return undefined;
  for (const name of candidates(location.filename)) {
    const bytes = await readFileIfThere(gateway, ref.id, name);
    if (!bytes) continue;
    const ignoreName = `${location.filename}.dockerignore`;
    const ignored = await readFileIfThere(gateway, ref.id, ignoreName);
    const source: Source = {
      name: location.filename,
      bytes,
      ...(ignored ? { ignoreFile: { name: ignoreName, bytes: ignored } } : {}),
    };
    return { source, definition };
  }
  return undefined;
}

function candidates(filename: string): string[] {
  const base = filename.split("/").at(-1) ?? filename;
  return base === "Dockerfile" ? [filename, `${filename.slice(0, -base.length)}dockerfile`] : [filename];
}
