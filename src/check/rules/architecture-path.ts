import { architecturesOf } from "../../resolve/catalog.ts";
import { lookUp } from "../../resolve/tags.ts";
import type { Problem, Rule } from "../rule.ts";
import type { StageView, Step } from "../stage-view.ts";

/** Paths that exist on one architecture only. */
export const architecturePath: Rule = {
  name: "DhiArchitecturePath",
  severity: "info",
  summary: "a path that exists on one architecture only",
  docs: `\`/usr/lib/x86_64-linux-gnu\` exists on amd64, \`/usr/lib/aarch64-linux-gnu\` on arm64. Nearly all hardened images are there for both, so such a path is what keeps a file from being
built for the other: the COPY fails with \`not found\`, or puts files where no loader looks.

Name no architecture: \`DHI-NATIVE\` brings libraries to the right folder of every platform, a source may be a pattern (\`/usr/lib/*-linux-gnu/libx.so.1\`), and the loader looks into its own folder without
\`LD_LIBRARY_PATH\`. \`/usr/lib\` is in the loader's path on both, too.

A stage whose \`FROM --platform\` names one architecture, and an image that is built for one only, are left alone.`,
  looksAt: "hardened",
  bad: [
    {
      title: "In COPY and ENV",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nCOPY vendor/libengine.so /usr/lib/x86_64-linux-gnu/\nENV LD_LIBRARY_PATH=/opt/lib:/usr/lib/x86_64-linux-gnu\nCMD ["python3", "/app/main.py"]\n',
      lines: [2, 3],
    },
  ],
  good: [
    {
      title: "A folder of all architectures",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nCOPY vendor/libengine.so /usr/lib/\nCMD ["python3", "/app/main.py"]\n',
    },
    {
      title: "One platform on purpose",
      dockerfile:
        'FROM --platform=linux/amd64 dhi.io/python:3.13-debian13\nCOPY vendor/libengine.so /usr/lib/x86_64-linux-gnu/\nCMD ["python3", "/app/main.py"]\n',
    },
    {
      title: "A folder by a variable",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13\nARG TRIPLET\nCOPY vendor/libengine.so /usr/lib/$TRIPLET-linux-gnu/\nCMD ["python3", "/app/main.py"]\n',
    },
  ],
  *check(stage) {
    if (!severalPlatforms(stage)) return;
    for (const step of stage.steps) {
      const problem = problemOf(step);
      if (problem) yield problem;
    }
  },
};

const path =
  /(?<=\/)(?:(?:x86_64|aarch64|arm|i[3-6]86|powerpc64le|s390x|riscv64)-linux-(?:gnu|musl)\w*|ld-linux-(?:x86-64|aarch64|armhf)\.so\.\d|ld-musl-\w+\.so\.1)/;

function problemOf(step: Step): Problem | undefined {
  if (step.keyword !== "COPY" && step.keyword !== "ENV") return undefined;
  const found = path.exec(step.instruction.text);
  if (!found) return undefined;
  return {
    span: step.part(found.index, found.index + found[0].length),
    message: `${found[0]} is there on one architecture only`,
    suggestion: step.keyword === "COPY" ? forFiles : forVariable(step.instruction.text),
  };
}

const forFiles =
  "use `DHI-NATIVE` for packages, /usr/lib for own libraries, or a pattern such as /usr/lib/*-linux-gnu in a source";

function forVariable(text: string): string {
  if (text.includes("LD_LIBRARY_PATH")) return "leave the folder out: the loader looks there by itself";
  return text.includes("LD_PRELOAD")
    ? "name the file without its folder: the loader finds it"
    : "use a folder that is the same on all of them";
}

/** False where the stage, or its base, is for one architecture. */
function severalPlatforms({ base, baseFrom }: StageView): boolean {
  const platform = /--platform=(\S+)/i.exec(baseFrom.text)?.[1];
  const found = base && lookUp(base.reference);
  const only = found?.found === "tag" && architecturesOf(found.variant).length === 1;
  return !only && (platform === undefined || platform.includes("$"));
}
