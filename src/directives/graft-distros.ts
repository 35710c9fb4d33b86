import { alpineProofScripts, alpineScripts, graftScripts, proofScripts } from "../graft/scripts.ts";
import type { ImageFacts } from "../model.ts";
import type { StepScripts } from "./directive.ts";
import { secretMount } from "./graft-stage.ts";

/** A step's scripts, and what they are called in the scripts stage. */
export interface GraftStep {
  readonly file: string;
  readonly scripts: StepScripts;
}

/** How packages of a family of distributions are grafted. Its scripts all have the same command line. */
export interface GraftSteps {
  readonly graft: GraftStep;
  readonly proof: GraftStep;
  /** Mounts of what a company may have to lend the builder: package sources, keys or passwords, a proxy, certificates. */
  readonly access: readonly string[];
  /** Mounts for what the step needs while it runs and no layer should hold, and for what other steps of the builder may use again. */
  readonly scratch: readonly string[];
}

const everywhere = [secretMount("dhi-proxy", "/dhi/access/proxy"), secretMount("dhi-ca", "/dhi/access/ca")];

const debian: GraftSteps = {
  graft: { file: "graft.sh", scripts: { entry: "debian.sh", files: graftScripts } },
  proof: { file: "proof.sh", scripts: { entry: "proof.sh", files: proofScripts } },
  access: [
    secretMount("dhi-apt-sources", "/dhi/access/sources"),
    secretMount("dhi-apt-auth", "/dhi/access/auth"),
    ...everywhere,
  ],
  scratch: ["--mount=type=tmpfs,target=/dhi/apt", "--mount=type=cache,id=dhi-packages,target=/dhi/cache"],
};

const alpine: GraftSteps = {
  graft: { file: "graft-alpine.sh", scripts: { entry: "alpine.sh", files: alpineScripts } },
  proof: { file: "proof-alpine.sh", scripts: { entry: "alpine-proof.sh", files: alpineProofScripts } },
  access: [
    secretMount("dhi-apk-repositories", "/dhi/access/repositories"),
    secretMount("dhi-apk-keys", "/dhi/access/keys"),
    ...everywhere,
  ],
  scratch: [],
};

/** The steps for the packages of each distribution. */
export const graftSteps: Readonly<Record<NonNullable<ImageFacts["distro"]>, GraftSteps>> = {
  debian,
  ubuntu: debian,
  alpine,
};
