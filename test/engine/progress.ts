/** Shows that something long is under way. */
export interface Progress {
  /** Says what is done now. */
  step(text: string): void;
  /** Ends the line with how long it took. */
  done(text: string): void;
  /** Ends the line without a word: an error follows. */
  stop(): void;
}

/** A progress line on stderr: on a terminal one line rewritten with the seconds, else a plain line for each step and one at the end. */
export function startProgress(text: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  let current = text;
  const draw = () => stream.write(`\r\x1b[K${current} ... ${seconds()} s`);
  const timer = stream.isTTY ? setInterval(draw, 1000) : undefined;
  timer?.unref();
  const show = () => (stream.isTTY ? draw() : stream.write(`${current} ...\n`));
  const end = (last: string) => {
    clearInterval(timer);
    stream.write(stream.isTTY ? `\r\x1b[K${last}` : last);
  };
  show();
  return {
    step(next) {
      current = next;
      show();
    },
    done: (last) => end(`${last} (${seconds()} s)\n`),
    stop: () => end(""),
  };
}
