import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "./lab.ts";

/** A build as its user asks for it. */
export interface Asked {
  /** The build context: a folder, a URL, or `-`. */
  readonly context: string;
  readonly options?: readonly string[];
  /** Standard input: a Dockerfile for `--file=-`, an archive for a context `-`. */
  readonly input?: string | Uint8Array;
}

/** How it ended. */
export interface Ended {
  readonly failed: boolean;
  /** Standard output alone: answers to requests. */
  readonly answer: string;
  /** All that was said, progress too: standard error, then standard output, which come in no order of their own. */
  readonly output: string;
}

/** Runs `docker buildx build` to its end, good or bad; without an output among the options it makes no image. */
export async function run(lab: Lab, { context, options = [], input }: Asked): Promise<Ended> {
  const asked = options.some((option) => /^--(?:output|call|check|load)\b/.test(option));
  const words = [...lab.options, ...(asked ? [] : ["--output=type=cacheonly"]), ...options, context];
  const { failed, stdout, stderr } = await lab.engine.docker(["buildx", "build", "--progress=plain", ...words], {
    reject: false,
    stripFinalNewline: false,
    ...(input === undefined ? { stdin: "ignore" } : { input }),
  });
  return { failed, answer: String(stdout), output: `${stderr}${stdout}` };
}

/** Builds an image, takes its digest and removes it. Without attestations: those differ between frontends by design. */
export async function digestOf(lab: Lab, asked: Asked): Promise<Ended & { readonly digest: string | undefined }> {
  const name = `dhi-conformance/${randomUUID()}`;
  const folder = mkdtempSync(join(tmpdir(), "dhi-metadata-"));
  const metadata = join(folder, "metadata.json");
  const more = ["--provenance=false", `--metadata-file=${metadata}`, `--output=type=image,name=${name}`];
  try {
    const ended = await run(lab, { ...asked, options: [...(asked.options ?? []), ...more] });
    if (ended.failed) return { ...ended, digest: undefined };
    const { "containerimage.digest": digest } = JSON.parse(readFileSync(metadata, "utf8"));
    return { ...ended, digest };
  } finally {
    rmSync(folder, { recursive: true });
    await lab.engine.docker(["image", "rm", "--force", name], { reject: false });
  }
}

/** The file that the frontend would build, by its own request. Throws when it answers with an error. */
export async function expansion(lab: Lab, asked: Asked): Promise<string> {
  const { failed, answer, output } = await run(lab, {
    ...asked,
    options: [...(asked.options ?? []), "--call=dhi.expand"],
  });
  if (failed) throw new Error(`the file can't be expanded: ${output}`);
  return answer;
}
