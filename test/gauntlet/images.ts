import { build } from "../build.ts";
import type { Engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { type Entry, GAUNTLET, type Heat, heatsOf, type Release, type Server } from "./entries.ts";

const ROOTS: Readonly<Record<Release, string>> = { "12": "debian:bookworm-slim", "13": "debian:trixie-slim" };

const probes = new Map<Release, number>();

/** The image of the probes that this process has made for a release. Its tag is their number: the few of `npm test` and all of them may be made side by side. */
export function probesImage(release: Release): string {
  return `dhi-gauntlet/probes:${release}-${probes.get(release) ?? 0}`;
}

/** The image that a server runs in. */
export function serverImage({ script }: Server): string {
  return `dhi-gauntlet/server-${script.replace(/\.sh$/, "")}:13`;
}

/** Compiles the probes of all entries that run on a release, with one installation of what they need. Rejects when one does not compile. */
export async function makeProbes(engine: Engine, entries: readonly Entry[], release: Release): Promise<void> {
  const heats = heatsOf(entries, [release]);
  probes.set(release, heats.length);
  const packages = ["gcc", "libc6-dev", "pkgconf", ...heats.flatMap(({ entry }) => entry.build ?? [])];
  const text = [
    `FROM ${ROOTS[release]} AS tools`,
    `RUN ${install(packages)}`,
    "COPY probe.h /src/",
    ...heats.map(compile),
    "FROM scratch",
    ...heats.map(({ entry: { name } }) => `COPY --from=${stage(name)} /probes/ /probes/`),
  ];
  await make(engine, probesImage(release), ROOTS[release], text);
}

/** Makes the image of a server. */
export async function makeServer(engine: Engine, server: Server): Promise<void> {
  const text = [
    `FROM ${ROOTS["13"]}`,
    `RUN ${install(server.packages)}`,
    `COPY servers/${server.script} /server.sh`,
    'CMD ["sh", "/server.sh"]',
  ];
  await make(engine, serverImage(server), ROOTS["13"], text);
}

function compile({ entry: { name, flags = [] } }: Heat): string {
  return `FROM tools AS ${stage(name)}
COPY packages/${name}/probe.c /src/${name}/
RUN --mount=source=probes.sh,target=/probes.sh sh /probes.sh ${[name, ...flags].join(" ")}`;
}

/** A stage's name has no capital letters, and a package's none either. */
function stage(name: string): string {
  return `probe-${name}`;
}

function install(packages: readonly string[]): string {
  const words = [...new Set(packages)].sort().join(" ");
  return `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends ${words} >/dev/null`;
}

async function make(engine: Engine, image: string, root: string, text: readonly string[]): Promise<void> {
  const { buildContextArgs } = await standIns(engine, [root]);
  const options = ["--provenance=false", "--network=host", ...buildContextArgs];
  const made = await build(engine, { image, folder: GAUNTLET, dockerfile: { text: `${text.join("\n")}\n` }, options });
  if (made.failed) throw new Error(`${image} can't be built:\n${made.output}`);
}
