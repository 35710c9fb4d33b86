import { parseReference } from "../../resolve/reference.ts";
import type { Problem, Rule } from "../rule.ts";
import type { StageView } from "../stage-view.ts";

const digest = "sha256:2f1c3a5b7d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192";

/** Hardened bases that another build may get in another form. */
export const mutableTag: Rule = {
  name: "DhiMutableTag",
  severity: "info",
  summary: "a hardened base by its tag alone, which moves with every rebuild",
  docs: `Hardened images are rebuilt whenever one of their packages gets a fix, and every tag moves along, full versions such as \`22.23.2-debian13\` too. So two builds of one
file can differ, in files and even in where things lie.

Write the digest behind the tag, \`dhi.io/node:22-debian13@sha256:...\`. \`docker buildx imagetools inspect <image>\` shows it; the digest of the whole index serves all platforms. Tools
such as Renovate and Dependabot then propose each rebuild, so that fixes arrive with a tested change. Keep the tag in front of it: it tells people and tools what the digest is.

Whoever rebuilds often and wants each fix at once may leave the tag alone: this is no more than a hint. A build has nothing to say about it: what the tag meant then stands in its provenance.`,
  looksAt: "hardened",
  notInBuilds: true,
  bad: [
    {
      title: "A tag alone",
      dockerfile: 'FROM dhi.io/node:22-debian13\nCMD ["node", "server.js"]\n',
      lines: [1],
    },
    {
      title: "Once for each base, not for stages that continue one",
      dockerfile:
        'FROM dhi.io/node:24-debian13-dev AS base\nWORKDIR /app\n\nFROM base AS build\nCOPY . .\nRUN npm ci\n\nFROM dhi.io/node:24-debian13\nCOPY --from=build /app /app\nCMD ["node", "server.js"]\n',
      lines: [1, 8],
    },
  ],
  good: [
    {
      title: "Tag and digest",
      dockerfile: `FROM dhi.io/node:22-debian13@${digest}\nCMD ["node", "server.js"]\n`,
    },
    {
      title: "A digest by a variable",
      dockerfile: `ARG BASE=dhi.io/node@${digest}\nFROM $BASE\nCMD ["node", "server.js"]\n`,
    },
    { title: "No base at all", dockerfile: 'FROM scratch\nCOPY app /\nCMD ["/app"]\n' },
  ],
  *check(stage) {
    const problem = problemOf(stage);
    if (problem) yield problem;
  },
};

function problemOf({ base, parent, stage }: StageView): Problem | undefined {
  const image = base && !parent ? parseReference(base.reference) : undefined;
  // What does not exist is another rule's matter.
  const missing = base?.suggestion !== undefined && base.source === "catalog";
  if (!base || !image || image.digest !== undefined || missing) return undefined;
  const pinned = base.digest === undefined ? "its digest" : `the digest: \`${base.reference}@${base.digest}\``;
  return {
    span: stage.image.span,
    message: `\`${base.reference}\` may be another image at the next build`,
    suggestion: `write ${pinned}${base.digest === undefined ? " behind the tag" : ""}, and let a tool such as Renovate move it`,
  };
}
