import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bytes } from "../src/explain/style.ts";
import { build } from "../test/build.ts";
import { type Engine, engine } from "../test/engine/engine.ts";
import { standIns } from "../test/engine/stand-ins.ts";
import { frontendImage } from "../test/frontend-image.ts";
import { type ImageFiles, readImageFiles } from "../test/image-files.ts";
import { imagesOf } from "../test/images-of.ts";
import { npmSecret } from "../test/npm-secret.ts";
import { type Scanner, trivy } from "../test/scanner.ts";
import { type Example, examples } from "./catalogue.ts";
import { imagesOfExample } from "./run.ts";

// `npm run measure [-- <example>...]` builds each service with its stock Dockerfile and with its own, and prints the table of its page.

const OFFICIAL = join(import.meta.dirname, "../images/stand-ins/official");

/** What stands in for images of other vendors, by the name in a stock Dockerfile. */
const OFFICIAL_IMAGES: Readonly<Record<string, readonly string[]>> = {
  "node:22-trixie-slim": ["node.Dockerfile", "--build-arg=MAJOR=22"],
  "node:24-trixie-slim": ["node.Dockerfile", "--build-arg=MAJOR=24"],
  "mcr.microsoft.com/dotnet/aspnet:10.0": ["dotnet.Dockerfile", "--target=aspnet"],
  "mcr.microsoft.com/dotnet/sdk:10.0": ["dotnet.Dockerfile", "--target=sdk"],
};

/** One column of the table. */
interface Measured {
  readonly image: string;
  readonly files: ImageFiles;
  readonly components: readonly string[];
  readonly findings: readonly string[];
  readonly user: string;
}

async function measure(used: Engine, scanner: Scanner, example: Example): Promise<string> {
  const stock = await measured(used, scanner, example, "stock.Dockerfile", await lendOfficial(used, example));
  const text = readFileSync(join(example.folder, "Dockerfile"), "utf8");
  const lent = await standIns(used, imagesOfExample(example, text));
  const frontend = await frontendImage(used);
  const options = [...lent.buildContextArgs, ...frontend.buildContextArgs];
  const ours = await measured(used, scanner, example, "Dockerfile", options);
  const row = (what: string, of: (one: Measured) => string | number) => `| ${what} | ${of(stock)} | ${of(ours)} |`;
  return [
    "| | stock | ours |",
    "| --- | --- | --- |",
    row("size of all files", ({ files }) => bytes([...files.values()].reduce((sum, { size }) => sum + size, 0))),
    row("files", ({ files }) => count(files, ({ type }) => type === "file")),
    row("Debian packages that the scanner lists", ({ components }) => of(components, "deb")),
    row("npm packages that the scanner lists", ({ components }) => of(components, "npm")),
    row("shells and package managers", ({ files }) => count(files, ({ path }) => DANGEROUS.test(path))),
    row("setuid and setgid programs", ({ files }) =>
      count(files, ({ type, mode }) => type === "file" && (mode & 0o6000) > 0),
    ),
    row("user", ({ user }) => user),
    row("findings in the Dockerfile", ({ findings }) => `${findings.length}: ${findings.join(", ")}`),
  ].join("\n");
}

/** Programs that install or run whatever somebody wants. */
const DANGEROUS = /(^|\/)s?bin\/(sh|bash|dash|busybox|perl|apt|apt-get|dpkg|apk|npm|npx|yarn|yarnpkg|corepack)$/;

function count(
  files: ImageFiles,
  wanted: (file: ImageFiles extends ReadonlyMap<string, infer F> ? F : never) => boolean,
) {
  return [...files.values()].filter(wanted).length;
}

function of(components: readonly string[], kind: string): number {
  return components.filter((purl) => purl.startsWith(`pkg:${kind}/`)).length;
}

async function measured(
  used: Engine,
  scanner: Scanner,
  { name, folder }: Example,
  file: string,
  lent: readonly string[],
): Promise<Measured> {
  const image = `dhi-measure/${name}:${file.toLowerCase()}`;
  const dockerfile = join(folder, file);
  const text = readFileSync(dockerfile, "utf8");
  const secret = await npmSecret(text);
  const options = [...lent, ...secret.options];
  try {
    await made(build(used, { image, folder, dockerfile, options }), image);
    // A scanner does not know the directives: it is shown what the builder gets.
    const call = await build(used, { folder, dockerfile, options: [...options, "--call=dhi.expand"] });
    const read = text.startsWith("# syntax") ? call.output : text;
    const user = String((await used.docker(["image", "inspect", "--format={{.Config.User}}", image])).stdout).trim();
    return {
      image,
      files: await readImageFiles(used, image),
      components: await scanner.components(used, image),
      findings: await scanner.findings(read),
      user: user === "" ? "root" : user,
    };
  } finally {
    secret.remove();
  }
}

/** Makes what the stock Dockerfile is built on, and returns the arguments that lend it. */
async function lendOfficial(used: Engine, { folder }: Example): Promise<string[]> {
  const text = readFileSync(join(folder, "stock.Dockerfile"), "utf8");
  const names = Object.keys(OFFICIAL_IMAGES).filter((name) => text.includes(`FROM ${name}`));
  const args: string[] = [];
  for (const name of names) {
    const [file = "", ...options] = OFFICIAL_IMAGES[name] ?? [];
    const dockerfile = join(OFFICIAL, file);
    const majors = ["22", "24"].filter((major) => options.includes(`--build-arg=MAJOR=${major}`));
    const below = [
      ...imagesOf(readFileSync(dockerfile, "utf8")).all,
      ...majors.map((major) => `dhi.io/node:${major}-debian13-dev`),
    ];
    const lent = await standIns(used, below);
    const image = `dhi-measure/official:${name.replace(/[^a-z0-9.]+/g, "-")}`;
    await made(
      build(used, { image, folder: OFFICIAL, dockerfile, options: [...options, ...lent.buildContextArgs] }),
      image,
    );
    args.push("--build-context", `${name}=docker-image://${image}`);
  }
  return args;
}

async function made(building: ReturnType<typeof build>, image: string): Promise<void> {
  const { failed, output } = await building;
  if (failed) throw new Error(`${image} can't be built:\n${output}`);
}

const scanner = await trivy();
if (scanner === undefined)
  throw new Error("there is no build of the scanner for this machine: it needs Linux on amd64");
const used = await engine();
const words = process.argv.slice(2);
for (const example of examples().filter(
  ({ name, requests }) => requests && (words.length === 0 || words.includes(name)),
)) {
  process.stdout.write(`\n${example.name}\n\n${await measure(used, scanner, example)}\n`);
}
