import type { Gateway } from "../gateway/client.ts";
import type { Definition } from "../gateway/messages.ts";
import { readFileIfThere } from "../gateway/read-file.ts";
import type { Source } from "../model.ts";

/** The user's Dockerfile and the LLB it was read with, which error messages and provenance refer to. */
export interface GatewaySource {
  readonly source: Source;
  readonly definition: Definition;
}

/**
 * Reads the Dockerfile, and `<filename>.dockerignore` beside it, from what a definition makes.
 * A default name that is not there is tried in lower case (BuildKit frontend/dockerui/config.go, ReadEntrypoint).
 * Returns undefined when there is no such file: the Dockerfile frontend has the message for that.
 */
export async function readFromGateway(
  gateway: Gateway,
  definition: Definition,
  filename: string,
): Promise<GatewaySource | undefined> {
  const { ref } = await gateway.solve({ definition });
  if (!ref?.id) return undefined;
  for (const path of candidates(filename)) {
    const bytes = await readFileIfThere(gateway, ref.id, path);
    if (!bytes) continue;
    const ignoreName = `${filename}.dockerignore`;
    const ignored = await readFileIfThere(gateway, ref.id, ignoreName);
    const source: Source = {
      name: filename,
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
