import { posix } from "node:path";
import { commandText } from "../command-text.ts";
import { copiedFrom, ownCopies } from "../copied.ts";
import { distroText, strangeness } from "../libraries.ts";
import type { Problem, Rule } from "../rule.ts";
import { simpleCommands } from "../shell-words.ts";
import type { Copy, FileView, StageView, Step } from "../stage-view.ts";

/** Installed packages of npm and RubyGems that were made on another libc. */
export const foreignAddons: Rule = {
  name: "DhiForeignAddons",
  severity: "info",
  summary: "packages of npm or RubyGems installed on Alpine for a Debian base, or the other way round",
  docs: `Packages of npm and RubyGems may have compiled parts: they are built, or chosen from ready ones, for the libc of the image that installs them. What \`npm ci\` has installed on Alpine is for musl,
and on a Debian base it fails with \`Error relocating\` or \`invalid ELF header\` when the part is loaded. Packages without compiled parts run anywhere, so this is a hint.

Install in the \`-dev\` image of the base's own repository and distro, and copy from there. Or tell npm what to install for: \`npm ci --os=linux --libc=glibc\`.`,
  looksAt: "hardened",
  bad: [
    {
      title: "Modules of Alpine on Debian",
      dockerfile:
        'FROM node:22-alpine AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\n\nFROM dhi.io/node:22-debian13\nCOPY --from=build /app/node_modules /app/node_modules\nCOPY src /app/src\nCMD ["node", "/app/src/server.js"]\n',
      lines: [7],
    },
    {
      title: "The folder that they were installed in",
      dockerfile:
        'FROM dhi.io/ruby:3.4-debian13-dev AS build\nWORKDIR /srv\nCOPY Gemfile Gemfile.lock ./\nRUN bundle config set --local path vendor/bundle && bundle install\n\nFROM dhi.io/ruby:3.4-alpine3.23\nCOPY --from=build /srv /srv\nCMD ["ruby", "/srv/app.rb"]\n',
      lines: [7],
    },
  ],
  good: [
    {
      title: "The same distro",
      dockerfile:
        'FROM dhi.io/node:22-alpine3.23-dev AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n\nFROM dhi.io/node:22-alpine3.23\nCOPY --from=build /app /app\nCMD ["node", "/app/server.js"]\n',
    },
    {
      title: "Pages that were built, and packages for the right libc",
      dockerfile:
        'FROM node:22-alpine AS web\nWORKDIR /web\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:22-alpine AS modules\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev --libc=glibc\n\nFROM dhi.io/node:22-debian13\nCOPY --from=web /web/dist /app/public\nCOPY --from=modules /app /app\nCMD ["node", "/app/server.js"]\n',
    },
  ],
  *check(stage, file) {
    for (const copy of ownCopies(stage)) {
      const problem = problemOf(copy, stage, file);
      if (problem) yield problem;
    }
  },
};

function problemOf(copy: Copy, { base }: StageView, file: FileView): Problem | undefined {
  const source = copy.stage === undefined ? undefined : file.stages[copy.stage];
  const from = copiedFrom(copy, file);
  if (!base || !from || !source || strangeness(from, base) !== "libc") return undefined;
  const folder = installedIn(source).find((one) => copy.sources.some((path) => brings(path, one)));
  if (folder === undefined) return undefined;
  const builder = base.builder === undefined ? "the `-dev` image of this base" : `\`${base.builder}\``;
  return {
    span: copy.step.span,
    message: `what was installed in ${folder} on ${distroText(from)} is for ${from.libc}, and ${distroText(base)} has ${base.libc}: compiled parts don't load`,
    suggestion: `install it in a stage on ${builder}`,
  };
}

/** The folders in which a stage, or one that it continues, installs packages. */
function installedIn(stage: StageView): string[] {
  const own = stage.steps.flatMap((step) => {
    const folder = step.before.workdir;
    return folder !== undefined && installs(step) ? [folder.replace(/(.)\/$/, "$1")] : [];
  });
  return stage.parent ? [...own, ...installedIn(stage.parent)] : own;
}

function installs(step: Step): boolean {
  const command = step.keyword === "RUN" ? commandText(step) : undefined;
  // Whoever names a libc or a platform knows for what.
  if (!command || command.exec || /(?:libc|platform)[= ]/.test(command.text)) return false;
  if (step.before.variable("npm_config_libc") !== undefined) return false;
  return simpleCommands(command.text).some(({ words: [program = "", verb = ""] }) =>
    program === "bundle" ? verb === "install" : /^(?:npm|pnpm|yarn)$/.test(program) && /^(?:ci|i|install|)$/.test(verb),
  );
}

/** True when a path is the folder, one above it, or that of the packages in it. */
function brings(path: string, folder: string): boolean {
  const whole = posix.join("/", path).replace(/(.)\/$/, "$1");
  const packages = whole.startsWith(`${folder}/`) && /\/(?:node_modules|vendor(?:\/bundle)?)$/.test(whole);
  return whole === folder || packages || folder.startsWith(whole === "/" ? "/" : `${whole}/`);
}
