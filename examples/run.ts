import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine.ts";
import { readContainerFiles } from "../test/image-files.ts";
import { imagesOf } from "../test/images-of.ts";
import type { Example, ExampleRequest } from "./catalogue.ts";
import type { Outcome } from "./report.ts";
import { type Answer, CLIENT, withService } from "./service.ts";

/** The stand-ins that are needed to build an example from the text of its Dockerfile, and to run it. */
export function imagesOfExample({ images = [], requests }: Example, dockerfile: string): string[] {
  return [...new Set([...imagesOf(dockerfile).all, ...images, ...(requests === undefined ? [] : [CLIENT])])];
}

/** Runs an example's image and saves what it makes in a folder. Rejects with the program's own words when it fails, and when it ran as root. */
export async function runExample(
  engine: Engine,
  image: string,
  { folder, result, requests }: Example,
  destination: string,
): Promise<Outcome> {
  mkdirSync(destination, { recursive: true });
  const outcome =
    requests === undefined
      ? await runProgram(engine, image, join(destination, result ?? "result"))
      : await askService(engine, image, requests, folder, destination);
  if (outcome.uid === 0) throw new Error("the container ran as root");
  return outcome;
}

/** A program writes a file where its argument says; the file's owner is who it ran as. */
async function runProgram(engine: Engine, image: string, destination: string): Promise<Outcome> {
  const path = "/tmp/result";
  const created = await engine.docker(["create", image, path]);
  const container = String(created.stdout).trim();
  try {
    const ran = await engine.docker(["start", "--attach", container], { reject: false, all: true });
    if (ran.failed) throw new Error(`the container failed with exit code ${ran.exitCode}:\n${ran.all}`);
    const files = await readContainerFiles(engine, ["cp", `${container}:${path}`, "-"], () => true);
    const [file] = files.values();
    if (file?.content === undefined) throw new Error(`the container wrote no file ${path}`);
    writeFileSync(destination, file.content);
    return { uid: file.uid, answers: [], results: [{ path: destination, size: file.size }] };
  } finally {
    await engine.docker(["rm", "--force", "--volumes", container]);
  }
}

function askService(
  engine: Engine,
  image: string,
  requests: readonly ExampleRequest[],
  folder: string,
  destination: string,
): Promise<Outcome> {
  return withService(engine, image, async (service) => {
    const sent = requests.map(({ body, ...request }) => ({
      ...request,
      ...(body !== undefined && { body: readFileSync(join(folder, body)) }),
    }));
    const answers = await service.ask(...sent);
    const results = requests.flatMap(({ save, path }, index) =>
      save === undefined ? [] : [saved(join(destination, save), path, answers[index])],
    );
    return {
      uid: await service.uid(),
      answers: requests.map(({ method = "GET", path }, index) => {
        const { status = 0, type = "", body } = answers[index] ?? {};
        return { request: `${method} ${path}`, status, type, size: body?.length ?? 0 };
      }),
      results,
    };
  });
}

function saved(file: string, path: string, answer: Answer | undefined) {
  if (answer?.status !== 200) throw new Error(`${path} answered ${answer?.status}: ${answer?.body}`);
  writeFileSync(file, answer.body);
  return { path: file, size: answer.body.length };
}
