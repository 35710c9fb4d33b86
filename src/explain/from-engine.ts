import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { distance } from "fastest-levenshtein";
import { type DiagnosticError, failure } from "../diagnostic.ts";
import { type Archive, archiveProblem, readArchive } from "./archive.ts";
import { readTar } from "./tar.ts";

const ELSEWHERE =
  "or save the image where there is one (docker image save -o image.tar <image>) and name that file with --archive FILE";

/** The docker program, and the environment that tells it which engine to ask. */
export interface DockerProgram {
  readonly program?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Reads an image of the local engine through `docker image save`, which streams every layer from both image stores; nothing runs, and no container is made.
 * `tell` hears of each piece. Throws DhiExplainEngine when no engine answers and DhiExplainImage when it has no such image.
 */
export async function readFromEngine(
  reference: string,
  tell: (bytes: number) => void,
  { program = "docker", env = process.env }: DockerProgram = {},
): Promise<Archive> {
  const docker = spawn(program, ["image", "save", "--", reference], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = endOf(docker);
  let archive: Archive | undefined;
  let broken: unknown;
  try {
    archive = await readArchive(readTar(heard(docker.stdout, tell)));
  } catch (error) {
    broken = error;
    docker.kill();
  }
  const { code, missing, said } = await ended;
  if (missing) {
    throw failure(
      "DhiExplainEngine",
      undefined,
      `there is no program ${program}`,
      `install Docker's command line, ${ELSEWHERE}`,
    );
  }
  if (code !== null && code !== 0) throw await refusal(reference, said, { program, env });
  if (archive !== undefined) return archive;
  const reason = archiveProblem(broken);
  if (reason === undefined) throw broken;
  throw failure("DhiExplainArchive", undefined, `what the engine saved of ${reference} can't be read: ${reason}`);
}

/** The same bytes, told of as they pass. */
export async function* heard(chunks: AsyncIterable<Buffer>, tell: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    tell(chunk.length);
    yield chunk;
  }
}

interface End {
  readonly code: number | null;
  readonly missing: boolean;
  /** What it wrote to standard error. */
  readonly said: string;
}

function endOf(docker: ChildProcessByStdio<null, Readable, Readable>): Promise<End> {
  let said = "";
  docker.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return new Promise((resolve) => {
    docker.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      resolve({ code: 1, missing: code === "ENOENT", said: message });
    });
    docker.on("close", (code) => resolve({ code, missing: false, said: said.trim() }));
  });
}

async function refusal(reference: string, said: string, docker: Required<DockerProgram>): Promise<DiagnosticError> {
  const reason = said.replace(/^(Error response from daemon|ERROR): /i, "").replace(/\s+/g, " ");
  if (/no such image|not found|does not exist/i.test(reason)) {
    const near = await nearImage(reference, docker);
    const offer = near === undefined ? "" : `did you mean ${near}? Else `;
    const advice = `${offer}fetch it with \`docker pull ${reference}\`, or build it with --load`;
    return failure("DhiExplainImage", undefined, `the local engine has no image ${reference}`, advice);
  }
  if (/invalid reference format/i.test(reason)) {
    return failure("DhiExplainImage", undefined, `${JSON.stringify(reference)} is no name of an image (${reason})`);
  }
  if (/daemon|connect|permission denied/i.test(reason)) {
    return failure("DhiExplainEngine", undefined, `no Docker engine answers: ${reason}`, `start it, ${ELSEWHERE}`);
  }
  return failure("DhiExplainEngine", undefined, `the engine could not save ${reference}: ${reason}`);
}

/** The image that a wrong name most likely means: the same name with another tag, or a slip of the pen. */
function nearImage(reference: string, { program, env }: Required<DockerProgram>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const args = ["image", "ls", "--format", "{{.Repository}}:{{.Tag}}"];
    execFile(program, args, { env, timeout: 5000 }, (error, stdout) => {
      const names = error ? [] : stdout.split("\n").filter((name) => name !== "" && !name.includes("<none>"));
      const wanted = reference.includes(":") ? reference : `${reference}:latest`;
      const slips = Math.max(2, Math.floor(wanted.length / 5));
      const ranked = names
        .map((name) => ({ name, edits: name.split(":")[0] === reference ? 0 : distance(name, wanted) }))
        .sort((one, other) => one.edits - other.edits);
      resolve(ranked[0] && ranked[0].edits <= slips ? ranked[0].name : undefined);
    });
  });
}
