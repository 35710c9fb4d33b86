import type { Gateway } from "./client.ts";
import { isNotFound } from "./error.ts";

/** A file's bytes, or undefined when it is not there. Throws GatewayError for every other trouble. */
export async function readFileIfThere(gateway: Gateway, ref: string, path: string): Promise<Uint8Array | undefined> {
  try {
    return await gateway.readFile(ref, path);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
