import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "../build.ts";
import type { Engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "../frontend-image.ts";
import { imagesOf } from "../images-of.ts";
import type { Heat, Release } from "./entries.ts";
import { probesImage, serverImage } from "./images.ts";

/** A base with the C library alone: no shell, no package manager, a user that is not root. */
const BASES: Readonly<Record<Release, string>> = {
  "12": "dhi.io/static:20250419-glibc-debian12",
  "13": "dhi.io/static:20250419-glibc-debian13",
};

/** An image that was grafted for a heat. */
export interface Grafted {
  readonly image: string;
  readonly base: string;
  readonly failed: boolean;
  readonly output: string;
  /** What the graft and its proof took; undefined when they came from the cache. */
  readonly seconds: number | undefined;
}

/** The Dockerfile of a heat, as a user would write it. */
export function dockerfileOf({ entry, release, lines }: Heat): string {
  return `# syntax=${FRONTEND}
FROM ${BASES[release]}
${lines.join("\n")}
COPY --from=${probesImage(release)} /probes/${entry.name}/ /probe/
CMD ${JSON.stringify(entry.command ?? ["/probe/probe"])}
`;
}

/** Builds the image of a heat; `fresh` reruns the graft although its result is known. */
export async function graft(engine: Engine, heat: Heat, fresh: boolean): Promise<Grafted> {
  const text = dockerfileOf(heat);
  const image = `dhi-gauntlet/${heat.entry.name}:${heat.release}`;
  const frontend = await frontendImage(engine);
  const lent = await standIns(engine, imagesOf(text).all);
  const folder = mkdtempSync(join(tmpdir(), "dhi-gauntlet-"));
  try {
    const options = [...lent.buildContextArgs, ...frontend.buildContextArgs, ...(fresh ? ["--no-cache"] : [])];
    const { failed, output } = await build(engine, { image, folder, dockerfile: { text }, options });
    const base = BASES[heat.release];
    return {
      image,
      base: engine.kind === "private" ? base : `dhi-stand-in/${base}`,
      failed,
      output,
      seconds: secondsOf(output),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Sums the time of the steps that a directive stands for, from plain progress. */
function secondsOf(output: string): number | undefined {
  const own = [...output.matchAll(/^#(\d+) \[.*\] DHI-(?:NATIVE|TOOL) .*(?:packages|proof)/gm)].map(([, step]) => step);
  const times = [...new Set(own)].map((step) => new RegExp(`^#${step} DONE ([0-9.]+)s$`, "m").exec(output)?.[1]);
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return times.reduce((sum, time) => sum + Number(time), 0);
}

/** How a probe ended, and what it said. */
export interface Probed {
  readonly exitCode: number | undefined;
  readonly output: string;
}

/** Runs the probe as the image's own user, without capabilities and without any network but the loopback that its server listens on. */
export async function probe(engine: Engine, { entry }: Heat, image: string): Promise<Probed> {
  const { server } = entry;
  const name = `dhi-gauntlet-${randomBytes(4).toString("hex")}`;
  try {
    if (server) {
      await engine.docker(["run", "--detach", "--network=none", "--name", name, serverImage(server)]);
      await ready(engine, name);
    }
    const ran = await engine.docker(
      [
        "run",
        "--rm",
        `--network=${server ? `container:${name}` : "none"}`,
        "--read-only",
        "--cap-drop=ALL",
        "--tmpfs=/scratch:mode=1777",
        "--tmpfs=/tmp:mode=1777",
        "--workdir=/scratch",
        ...(entry.options ?? []),
        image,
      ],
      { reject: false, all: true, stdin: "ignore", timeout: 120_000 },
    );
    return { exitCode: ran.exitCode, output: String(ran.all).trim() };
  } finally {
    if (server) await engine.docker(["rm", "--force", "--volumes", name], { reject: false });
  }
}

/** Waits until a server says so. Rejects with its output when it ends or takes more than a minute. */
async function ready(engine: Engine, name: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const log = await engine.docker(["logs", name], { all: true });
    if (/^ready$/m.test(String(log.all))) return;
    const state = await engine.docker(["inspect", "--format", "{{.State.Running}}", name]);
    if (String(state.stdout) !== "true" || tries > 300) throw new Error(`the server does not start:\n${log.all}`);
    await sleep(200);
  }
}
