import { spawn } from "node:child_process";

/** A document that has no first page to show: it is damaged, locked, or no PDF. */
export class NotReadable extends Error {
  name = "NotReadable";
}

/** The longer side of a preview in pixels. */
const LONGER_SIDE = 800;

/** How long one document may take. A hostile one can keep a renderer busy for ever. */
const MILLISECONDS = 15_000;

/** How much of what the renderer complains of is repeated to the sender. */
const WORDS = 200;

/**
 * Draws the first page of a PDF as PNG with pdftoppm of poppler-utils. Document and picture go through pipes, so nothing is written to a disk: the
 * container may be read-only. Rejects with NotReadable.
 */
export function firstPage(pdf) {
  const options = ["-png", "-f", "1", "-l", "1", "-singlefile", "-scale-to", String(LONGER_SIDE), "-"];
  const renderer = spawn("pdftoppm", options, { timeout: MILLISECONDS, killSignal: "SIGKILL" });
  return new Promise((resolve, reject) => {
    const picture = [];
    let complaints = "";
    renderer.stdout.on("data", (part) => picture.push(part));
    renderer.stderr.on("data", (part) => {
      complaints += part;
    });
    // It may end before it has read everything, and then the pipe is closed.
    renderer.stdin.on("error", () => {});
    renderer.on("error", reject);
    renderer.on("close", (code, signal) => {
      if (signal !== null) reject(new NotReadable(`the document takes longer than ${MILLISECONDS / 1000} seconds`));
      else if (code !== 0 || picture.length === 0) reject(new NotReadable(complaints.trim().slice(0, WORDS)));
      else resolve(Buffer.concat(picture));
    });
    renderer.stdin.end(pdf);
  });
}
