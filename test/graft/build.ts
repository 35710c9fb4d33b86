import { scriptsText } from "../../src/expand/scripts-stage.ts";
import { graftScripts, proofScripts } from "../../src/graft/scripts.ts";
import type { Engine } from "../engine/engine.ts";
import { type StandIns, standIns } from "../engine/stand-ins.ts";

const steps = {
  "graft.sh": { entry: "debian.sh", files: graftScripts },
  "proof.sh": { entry: "proof.sh", files: proofScripts },
};

/** A graft as DHI-NATIVE generates it. */
export interface Graft {
  /** An image, or a stage of `stages`. */
  readonly base: string;
  readonly builder: string;
  readonly words: readonly string[];
  /** The lines' part of the command line, when it is more than DHI-NATIVE with the words. */
  readonly lines?: string;
  readonly release?: string;
  /** The user's stage; `final` unless said. */
  readonly stage?: string;
  /** User stages whose grafts the base has already. */
  readonly ancestors?: readonly string[];
}

/** The stages of a graft: alias of the base, builder, and the user's stage with the graft on it. */
export function graftStages(graft: Graft): string {
  const { base, builder, words, release = "13", stage = "final", ancestors = [] } = graft;
  const { lines = `--line DHI-NATIVE ${words.join(" ")}` } = graft;
  const target = `--mount=type=bind,from=dhi--base--${stage},target=/target`;
  const have = ancestors
    .map((name, i) => ` --mount=type=bind,from=dhi--native--${name},source=/out,target=/have/${i}`)
    .join("");
  const script = (file: string) => `--mount=type=bind,from=dhi--scripts,source=/${file},target=/dhi/${file}`;
  return `FROM ${base} AS dhi--base--${stage}
FROM --platform=$BUILDPLATFORM ${builder} AS dhi--native--${stage}
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN ${script("graft.sh")} ${target}${have} sh /dhi/graft.sh --release ${release} ${lines}
RUN --network=none ${script("proof.sh")} ${target},rw${have} sh /dhi/proof.sh ${lines}
FROM ${ancestors.at(-1) ?? base} AS ${stage}
COPY --link --from=dhi--native--${stage} /out/ /
`;
}

/** A whole Dockerfile: other stages, the scripts' stage, and the grafts. */
export function graftDockerfile(stages: string, ...grafts: readonly Graft[]): string {
  return `${stages}${scriptsText(steps)}${grafts.map(graftStages).join("")}`;
}

/** What a build said, and whether it went well. */
export interface Built {
  readonly ok: boolean;
  readonly log: string;
}

/** Builds Dockerfiles with an engine that has these images. */
export class Builds {
  readonly engine: Engine;
  readonly #lent: StandIns;

  private constructor(engine: Engine, lent: StandIns) {
    this.engine = engine;
    this.#lent = lent;
  }

  static async with(engine: Engine, images: readonly string[]): Promise<Builds> {
    return new Builds(engine, await standIns(engine, images));
  }

  /** What an image is called in this engine. */
  nameOf(image: string): string {
    const lent = this.#lent.buildContextArgs.find((word) => word.startsWith(`${image}=`));
    return lent?.replace(/^.*=docker-image:\/\//, "") ?? image;
  }

  /** Builds the stage `final` under a name, or (name undefined) only sees whether it can be built. */
  async build(dockerfile: string, name?: string, ...flags: readonly string[]): Promise<Built> {
    // What a graft says is said when it runs, so it must run.
    const grafts = [...dockerfile.matchAll(/ AS (dhi--native--\S+)/g)].map(([, stage]) => stage);
    const fresh = grafts.length > 0 ? [`--no-cache-filter=${grafts.join(",")}`] : [];
    const output = name === undefined ? ["--output=type=cacheonly"] : ["--tag", name, "--load"];
    const args = [
      "buildx",
      "build",
      "--progress=plain",
      "--target=final",
      "--provenance=false",
      ...this.#lent.buildContextArgs,
    ];
    const result = await this.engine.docker([...args, ...output, ...fresh, ...flags, "-"], {
      input: dockerfile,
      reject: false,
      all: true,
    });
    return { ok: result.exitCode === 0, log: String(result.all) };
  }
}
