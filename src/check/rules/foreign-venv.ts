import { posix } from "node:path";
import { parseReference } from "../../resolve/reference.ts";
import { ownCopies } from "../copied.ts";
import { absolute } from "../copies.ts";
import type { Problem, Rule } from "../rule.ts";
import type { Copy, FileView, StageView } from "../stage-view.ts";

/** Python environments of the official image in a hardened one. */
export const foreignVenv: Rule = {
  name: "DhiForeignVenv",
  severity: "warning",
  summary: "a Python environment made by the official image, in a hardened python image",
  docs: `A virtual environment is bound to the interpreter that made it: its \`bin/python\` is a link to that interpreter, and its scripts begin with its path. The official python image has its
interpreter in /usr/local/bin, hardened ones elsewhere, so an environment made by the one does not start in the other. Packages in the official image's
/usr/local/lib/python3.x/site-packages are where a hardened image's python3 does not look.

Make the environment in a stage on the hardened \`-dev\` image of the same version, whose name the finding tells, and copy it from there.`,
  looksAt: "hardened",
  bad: [
    {
      title: "A venv",
      dockerfile:
        'FROM python:3.13-slim AS build\nENV VIRTUAL_ENV=/opt/env\nRUN python3 -m venv --copies $VIRTUAL_ENV && /opt/env/bin/pip install flask\n\nFROM dhi.io/python:3.13-debian13\nCOPY --from=build /opt/env /opt/env\nCMD ["/opt/env/bin/python3", "-m", "flask", "run"]\n',
      lines: [6],
    },
    {
      title: "A venv in the application's folder, and site-packages",
      dockerfile:
        'FROM docker.io/library/python:3.13 AS base\nWORKDIR /app\n\nFROM base AS build\nRUN python -m venv .env\nRUN pip install poetry\n\nFROM dhi.io/python:3.13-debian13\nCOPY --from=build /app /app\nCOPY --from=build /srv/.venv /srv/.venv\nCOPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages\nCMD ["python3", "/app/main.py"]\n',
      lines: [9, 10, 11],
    },
  ],
  good: [
    {
      title: "Made by the hardened image",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13-dev AS build\nRUN python3 -m venv /opt/env && /opt/env/bin/pip install flask\n\nFROM dhi.io/python:3.13-debian13\nCOPY --from=build /opt/env /opt/env\nCMD ["/opt/env/bin/python3", "-m", "flask", "run"]\n',
    },
    {
      title: "Files that are no environment, one that brings its interpreter, and a search path",
      dockerfile:
        'FROM python:3.13 AS build\nRUN python3 -m venv /opt/env\nRUN pip wheel -w /wheels flask\n\nFROM ghcr.io/astral-sh/uv:python3.13-bookworm AS uv\n\nFROM dhi.io/python:3.13-debian13 AS one\nCOPY --from=build /wheels /wheels\nCOPY --from=uv /app/.venv /app/.venv\n\nFROM dhi.io/python:3.13-debian13 AS two\nCOPY --from=build /usr/local /usr/local\nCOPY --from=build /opt/env /opt/env\n\nFROM dhi.io/python:3.13-debian13\nENV PYTHONPATH=/usr/local/lib/python3.13/site-packages\nCOPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages\nCMD ["python3", "/app/main.py"]\n',
    },
  ],
  *check(stage, file) {
    if (stage.base?.repository !== "python") return;
    const copies = ownCopies(stage);
    if (
      copies.some(
        (copy) => copy.stage !== undefined && /^\/(?:usr(?:\/local(?:\/bin)?)?)?\/?$/.test(copy.destination ?? "/"),
      )
    )
      return;
    for (const copy of copies) {
      const problem = problemOf(copy, stage, file);
      if (problem) yield problem;
    }
  },
};

function problemOf(copy: Copy, { base, end }: StageView, file: FileView): Problem | undefined {
  const source = copy.stage === undefined ? undefined : file.stages[copy.stage];
  if (!source || !isOfficialPython(source)) return undefined;
  const paths = copy.sources.map((path) => posix.join("/", path).replace(/(.)\/$/, "$1"));
  const environment = environmentIn(paths, source);
  const packages = paths.find((path) => /^\/usr\/local\/lib\/python3\.\d+(?:\/site-packages)?$/.test(path));
  const stays = packages !== undefined && (copy.destination ?? "").startsWith("/usr/local/lib/python3");
  if (environment === undefined && !(stays && end.variable("PYTHONPATH") === undefined)) return undefined;
  const what =
    environment === undefined
      ? `the packages of \`${source.base?.reference}\` are not where this image's python3 looks`
      : `the environment \`${environment}\` was made by \`${source.base?.reference}\`, whose interpreter is in /usr/local/bin, and not in this image`;
  const builder = base?.builder === undefined ? "the hardened `-dev` image" : `\`${base.builder}\``;
  return { span: copy.step.span, message: what, suggestion: `make it in a stage on ${builder}` };
}

function isOfficialPython({ base }: StageView): boolean {
  const image = parseReference(base?.reference ?? "");
  return image?.registry === "docker.io" && image.path === "library/python";
}

/** An environment among paths of a stage: by a command that made it, or by its usual name. */
function environmentIn(paths: readonly string[], source: StageView): string | undefined {
  const texts = commandsOf(source);
  if (texts.some(({ text }) => /\buv\s+python\b|--managed-python/.test(text))) return undefined;
  const made = texts.flatMap(({ text, place }) =>
    [
      ...text.matchAll(/(?:\bpython[\d.]*\s+-m\s+venv|\bvirtualenv|\buv\s+venv)(?:\s+--?[\w-]+)*\s+([\w./\x24{}-]+)/g),
    ].flatMap(([, path = ""]) => place(path) ?? []),
  );
  const within = (path: string, folder: string) =>
    path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
  const usual = paths.find((path) => /\/\.?venv$/.test(path));
  return made.find((one) => paths.some((path) => within(one, path) || within(path, one))) ?? usual;
}

interface Command {
  readonly text: string;
  place(path: string): string | undefined;
}

function commandsOf({ steps, parent }: StageView): Command[] {
  const own = steps.flatMap((step) => {
    if (step.keyword !== "RUN") return [];
    const place = (path: string) => absolute(step.value(path), step.before)?.replace(/(.)\/$/, "$1");
    return [step.instruction.text, ...step.instruction.heredocs.map(({ body }) => body)].map((text) => ({
      text,
      place,
    }));
  });
  return parent ? [...commandsOf(parent), ...own] : own;
}
