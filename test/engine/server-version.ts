import { request } from "node:http";

/** A busy daemon is not a dead one: it is given time, for who takes it for dead restarts it under its builds. */
const ANSWER_SECONDS = 60;

/** Asks a Docker daemon for its version (Docker Engine API, GET /version); undefined when nothing answers on that socket. */
export function serverVersion(socketPath: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const call = request({ socketPath, path: "/version", timeout: ANSWER_SECONDS * 1000 }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve(response.statusCode === 200 ? versionIn(text) : undefined));
    });
    call.on("error", () => resolve(undefined));
    call.on("timeout", () => call.destroy());
    call.end();
  });
}

function versionIn(text: string): string | undefined {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== "object" || answer === null || !("Version" in answer)) return undefined;
  return typeof answer.Version === "string" ? answer.Version : undefined;
}
