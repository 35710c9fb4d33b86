/** How long reading may take before anything is said of it, and how often that is said again. */
const PATIENCE = 1000;
const INTERVAL = 200;

/**
 * A line on a terminal that says how much was read, once that takes over a second, and that is gone afterwards. Elsewhere nothing is written.
 * Returns what hears of the bytes, and what ends it.
 */
export function readingProgress(
  stream: Pick<NodeJS.WriteStream, "write"> & { readonly isTTY?: boolean },
  name: string,
): { readonly tell: (bytes: number) => void; readonly stop: () => void } {
  if (stream.isTTY !== true) return { tell: () => undefined, stop: () => undefined };
  const began = Date.now();
  let read = 0;
  let written = false;
  const draw = () => {
    if (Date.now() - began < PATIENCE) return;
    written = true;
    stream.write(`\r\u001b[Kreading ${name}: ${Math.round(read / 1e6)} MB`);
  };
  const timer = setInterval(draw, INTERVAL);
  return {
    tell: (bytes) => {
      read += bytes;
    },
    stop: () => {
      clearInterval(timer);
      if (written) stream.write("\r\u001b[K");
    },
  };
}
