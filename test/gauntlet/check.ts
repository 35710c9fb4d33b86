import { isDeepStrictEqual } from "node:util";
import type { Test } from "tap";
import type { Engine } from "../engine/engine.ts";
import { type ImageFiles, readImageFiles } from "../image-files.ts";
import { isRecord, type PackageRecord, packageRecords } from "../package-records.ts";
import type { Scanner } from "../scanner.ts";
import { changedFiles, checkBaseLayers } from "../world-checks.ts";
import { type Heat, wordsOf } from "./entries.ts";
import { graft, probe } from "./heat.ts";

/** One line of the table in docs/packages.md. */
export interface Row {
  readonly release: string;
  readonly lines: readonly string[];
  /** The version of the first word's package. */
  readonly version: string;
  readonly packages: number;
  readonly files: number;
  readonly bytes: number;
  readonly seconds: number | undefined;
  readonly probe: string;
}

/** How a heat is run: `fresh` grafts it although the result is known, and a scanner looks at the image. */
export interface Options {
  readonly fresh?: boolean;
  readonly scanner?: Scanner | undefined;
}

/** Grafts, probes and looks: the base is as it was, each word has a record, and a scanner lists what the records say. Returns the heat's line, if it got so far. */
export async function check(
  t: Test,
  engine: Engine,
  heat: Heat,
  { fresh = false, scanner }: Options = {},
): Promise<Row | undefined> {
  const made = await graft(engine, heat, fresh);
  t.teardown(() => engine.docker(["image", "rm", "--force", made.image], { reject: false }));
  t.notOk(made.failed, `${heat.lines.join(", ")} is built`, { output: made.output });
  if (made.failed) return undefined;
  const { exitCode, output } = await probe(engine, heat, made.image);
  t.equal(exitCode, 0, heat.entry.probe, { output });

  const files = await readImageFiles(engine, made.image, isRecord);
  const base = await filesOfBase(engine, made.base);
  const changed = [...(await checkBaseLayers(engine, made.image, made.base)), ...changedFiles(files, base)];
  t.same(changed, [], "the base is untouched");
  const records = packageRecords(files);
  const grafted = records.filter(({ requested }) => requested.length > 0);
  const asked = new Set(grafted.flatMap(({ requested }) => requested));
  t.same(
    wordsOf(heat.lines).filter((word) => !asked.has(word)),
    [],
    "each word has brought a package",
  );
  if (scanner) t.same(await misread(scanner, engine, made.image, records), [], "trivy lists what the records say");

  const row = {
    ...delta(files, base),
    ...describe(heat, records, grafted),
    seconds: made.seconds,
  };
  t.comment(
    `${heat.release} ${row.lines.join(", ")}: ${row.packages} packages, ${row.files} files, ${row.bytes} bytes; ${output}`,
  );
  return row;
}

function describe(heat: Heat, records: readonly PackageRecord[], grafted: readonly PackageRecord[]) {
  const first = wordsOf(heat.lines)[0];
  const version = records.find(({ name }) => name === first)?.version ?? "";
  return { release: heat.release, lines: heat.lines, version, packages: grafted.length, probe: heat.entry.probe };
}

/** What the scanner says of packages that the records do not say, and the reverse. */
async function misread(
  scanner: Scanner,
  engine: Engine,
  image: string,
  records: readonly PackageRecord[],
): Promise<string[]> {
  const listed = await scanner.packages(engine, image);
  const pairs = (list: readonly { readonly name: string; readonly version: string }[]) =>
    list.map(({ name, version }) => `${name} ${version}`).sort();
  const [said, recorded] = [pairs(listed), pairs(records)];
  if (isDeepStrictEqual(said, recorded)) return [];
  return [
    ...recorded.filter((pair) => !said.includes(pair)).map((pair) => `not listed: ${pair}`),
    ...said.filter((pair) => !recorded.includes(pair)).map((pair) => `listed without a record: ${pair}`),
  ];
}

const bases = new Map<string, Promise<ImageFiles>>();

/** A base is read once. */
function filesOfBase(engine: Engine, base: string): Promise<ImageFiles> {
  const files = bases.get(base) ?? readImageFiles(engine, base, isRecord);
  bases.set(base, files);
  return files;
}

/** Files, links and bytes that the base has not; the probe itself is not counted. */
function delta(files: ImageFiles, before: ImageFiles): { readonly files: number; readonly bytes: number } {
  const added = [...files.values()].filter(
    ({ path, type }) => type !== "folder" && !before.has(path) && !path.startsWith("probe/"),
  );
  return { files: added.length, bytes: added.reduce((sum, { size }) => sum + size, 0) };
}
