import { successor } from "../../resolve/successor.ts";
import { originOf } from "../programs.ts";
import type { Problem, Rule } from "../rule.ts";
import type { FileView, StageView } from "../stage-view.ts";

/** How many days before its end an image is told of. */
const notice = 90;

/** Bases that get no more fixes, or soon will not. */
export const endOfLife: Rule = {
  name: "DhiEndOfLife",
  severity: "warning",
  summary: "a hardened base that has reached its end of life, or will within 90 days",
  docs: `After its end of life a version gets no more fixes, and its tags stop moving: the next vulnerability stays. Hardened images tell the day in the label
\`com.docker.dhi.date.end-of-life\`, and so does the catalogue.

Move to a version that lives longer. The one of the same image that lives longest is named. Extended support beyond the end is a subscription (tags with \`-els\`).

In the ${notice} days before the end it is \`info\`, from the day itself on a warning. Where only the catalogue tells the day, and knows no newer version, the tag
may have moved to a newer release since, so that is \`info\`, too. The day of the build counts; \`--today 2026-11-22\` of \`dhi-frontend check\`, or the build argument
\`DHI_TODAY\`, puts another one in its place.`,
  looksAt: "hardened",
  bad: [
    {
      title: "Reached",
      dockerfile: 'FROM dhi.io/python:3.10-debian13\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n',
      lines: [1],
    },
    {
      title: "In the next weeks",
      dockerfile: 'FROM dhi.io/php:8.2-debian13\nCOPY app /app\nCMD ["/app/main.php"]\n',
      lines: [1],
    },
    {
      title: "A build stage, and a distro's release",
      dockerfile:
        'FROM dhi.io/python:3.10-debian13-dev AS build\nWORKDIR /app\nRUN python3 -m venv /app/venv\n\nFROM dhi.io/debian-base:bookworm\nCOPY --from=build /app/data /app/data\nCMD ["cat", "/app/data"]\n',
      lines: [1, 5],
    },
  ],
  good: [
    {
      title: "A version with years to live",
      dockerfile: 'FROM dhi.io/python:3.13-debian13\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n',
    },
    {
      title: "An end that nobody has told yet",
      dockerfile: 'FROM dhi.io/node:26-debian13\nCMD ["node", "server.js"]\n',
    },
  ],
  *check(stage, file) {
    const problem = problemOf(stage, file);
    if (problem) yield problem;
  },
};

function problemOf({ base, parent, stage }: StageView, { today, catalogDate }: FileView): Problem | undefined {
  const end = /^\d{4}-\d{2}-\d{2}/.exec(base?.eol ?? "")?.[0];
  // An image that is not listed may get fixes for longer, by a subscription.
  if (!base || parent || end === undefined || base.origins.eol === "assumed") return undefined;
  const days = (Date.parse(end) - Date.parse(today)) / 86_400_000;
  if (!(days <= notice)) return undefined;
  const next = successor(base.reference, today);
  const when = days <= 0 ? `reached its end of life on ${end}` : `reaches its end of life on ${end}`;
  // The newest version that the catalogue knows: its tag has most likely gone on to the next release since.
  const mayHaveMoved = next === undefined && base.origins.eol === "catalog";
  return {
    span: stage.image.span,
    message: `\`${base.reference}\` ${when} (by ${originOf(base, "eol", catalogDate)})`,
    suggestion: next === undefined ? "move to a version that gets fixes" : `move to \`${next}\``,
    ...(days <= 0 && !mayHaveMoved ? {} : { severity: "info" }),
  };
}
