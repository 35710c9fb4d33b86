import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { readFromEngine } from "../src/explain/from-engine.ts";
import { imageIn } from "../src/explain/manifest.ts";
import { reportOn } from "../src/explain/report.ts";
import { machineHasDotnet } from "../test/engine/dotnet.ts";
import { engine } from "../test/engine/engine.ts";
import { standIns } from "../test/engine/stand-ins.ts";
import { frontendImage } from "../test/frontend-image.ts";
import { npmSecret } from "../test/npm-secret.ts";
import { BuildError, buildImage } from "./build.ts";
import { DEFAULT_EXAMPLE, type Example, exampleList, examples, unknownExample } from "./catalogue.ts";
import { graftSeconds, reportTable } from "./report.ts";
import { imagesOfExample, runExample } from "./run.ts";
import { paint } from "./terminal.ts";

const root = join(import.meta.dirname, "..");
const screen = process.stderr;

function help(known: readonly Example[]): string {
  return `Usage: npm start [-- [--verbose] [example]]
       npm start -- list

Builds an example with the frontend of this source tree on a real Docker engine, runs it, and says what came of it. Whatever is missing
is made first: a private engine (Linux, root, apt), stand-ins for the base images, the frontend image.

Examples (without a name: ${DEFAULT_EXAMPLE}):
${exampleList(known)}

  --verbose    show the output of every build step
  -h, --help   this text

The result is saved in out/<example>/. DHI_ENGINE=host uses your own Docker engine.
`;
}

/** Exit codes: 0 done, 1 something failed, 2 wrong usage. */
async function main(args: readonly string[]): Promise<number> {
  const known = examples();
  const parsed = readArguments(args);
  if (typeof parsed === "string") return usageError(parsed);
  const [word = DEFAULT_EXAMPLE, ...more] = parsed.words;
  if (parsed.help) {
    process.stdout.write(help(known));
    return 0;
  }
  if (more.length > 0) return usageError(`one example at a time: ${parsed.words.join(" ")}`);
  if (word === "list") {
    process.stdout.write(`${exampleList(known)}\n`);
    return 0;
  }
  const example = known.find(({ name }) => name === word);
  if (example === undefined) return usageError(unknownExample(word, known));
  try {
    await start(example, parsed.verbose);
    return 0;
  } catch (error) {
    const failed = error instanceof BuildError ? `the build of ${example.name} failed` : `${example.name} failed`;
    const said = error instanceof Error ? error.message : String(error);
    screen.write(`${paint(screen, "red", failed)}\n${said}\n`);
    return 1;
  }
}

/** The command line as words and switches, or what is wrong with it. */
function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, verbose: { type: "boolean" } },
    });
    return { help: values.help === true, verbose: values.verbose === true, words: positionals };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function usageError(problem: string): number {
  screen.write(`${paint(screen, "red", problem)}\nnpm start -- --help tells more\n`);
  return 2;
}

async function start(example: Example, verbose: boolean): Promise<void> {
  const began = Date.now();
  const dockerfile = join(example.folder, await dockerfileOf(example));
  const docker = await engine();
  screen.write(`${docker.kind} Docker engine ${docker.version}, BuildKit ${docker.buildkit}\n`);
  const text = readFileSync(dockerfile, "utf8");
  const lent = await standIns(docker, imagesOfExample(example, text));
  const frontend = await frontendImage(docker);
  screen.write(`building ${relative(root, dockerfile)}\n`);

  const image = `dhi-example/${example.name}`;
  const building = Date.now();
  const secret = await npmSecret(text);
  const options = [...lent.buildContextArgs, ...frontend.buildContextArgs, ...secret.options];
  const steps = await buildImage(
    docker,
    { image, folder: example.folder, dockerfile, options, verbose },
    screen,
  ).finally(secret.remove);
  const built = Date.now();
  const ran = await runExample(docker, image, example, relative(process.cwd(), join(root, "out", example.name)));
  const archive = await readFromEngine(image, () => undefined, { env: { ...process.env, ...docker.env } });
  const report = reportOn(imageIn(archive, image));
  const times = {
    graft: graftSeconds(steps),
    build: (built - building) / 1000,
    total: (Date.now() - began) / 1000,
  };
  process.stdout.write(`\n${reportTable(report, times, ran, process.stdout)}`);
}

/** Where the machine has no .NET 10, its stand-in can't compile: the example's Dockerfile for Mono is taken. Rejects when there is none. */
async function dockerfileOf({ needs, mono }: Example): Promise<string> {
  if (await machineHasDotnet()) return "Dockerfile";
  if (needs === "dotnet")
    throw new Error(
      "this machine has no SDK of .NET 10, which the stand-in for dhi.io/dotnet is made of: install it, or try another example",
    );
  return mono ?? "Dockerfile";
}

process.exitCode = await main(process.argv.slice(2));
