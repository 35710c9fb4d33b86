import { packagesWith } from "../../directives/soname-packages.ts";
import { commandText } from "../command-text.ts";
import { copiedFrom, ownCopies } from "../copied.ts";
import { copiedLibraries, libraryAdvice, strangeness } from "../libraries.ts";
import type { Problem, Rule } from "../rule.ts";
import type { Copy, FileView, StageView } from "../stage-view.ts";

/** Single libraries of the right release, without those that they need. */
export const looseLibraries: Rule = {
  name: "DhiLooseLibraries",
  severity: "warning",
  summary: "single library files of a package, copied without what they need",
  docs: `A package's library needs other libraries, and many need files that no list of libraries shows: plugins that are loaded by name, configuration, fonts, certificates. Single files copied by hand
miss them, and the container fails when the code that needs them runs. \`ldd\` in the build stage shows less than the truth, since that stage has libraries that the runtime image lacks. The package's record
stays behind, too, so scanners don't see the library.

Write \`DHI-NATIVE\` with the package. It brings the closure that the package manager knows, leaves out what the base has, writes records, and proves in the build that all of it loads.

A library that needs nothing beyond libc, such as \`libgcc_s.so.1\`, works alone; its missing record is \`info\`.`,
  looksAt: "hardened",
  bad: [
    {
      title: "One of thirty libraries",
      dockerfile:
        'FROM dhi.io/python:3.13-debian13-dev AS build\nRUN apt-get update && apt-get install -y libpq5\n\nFROM dhi.io/python:3.13-debian13\nCOPY --from=build /usr/lib/*-linux-gnu/libpq.so.5 /usr/lib/\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n',
      lines: [5],
    },
    {
      title: "Straight from an image, on Alpine",
      dockerfile:
        'FROM dhi.io/node:22-alpine3.23\nCOPY --from=alpine:3.23 /usr/lib/libvips.so.42 /usr/lib/\nCMD ["node", "server.js"]\n',
      lines: [2],
    },
    {
      title: "A library that works alone: info only",
      dockerfile:
        'FROM dhi.io/rust:1-debian13-dev AS build\nWORKDIR /build\nCOPY . .\nRUN cargo build --release\n\nFROM dhi.io/static:20250419-glibc\nCOPY --from=build /usr/lib/x86_64-linux-gnu/libgcc_s.so.1 /usr/lib/x86_64-linux-gnu/\nCOPY --from=build /build/target/release/app /app\nENTRYPOINT ["/app"]\n',
      lines: [7],
    },
  ],
  good: [
    {
      title: "The package with all that it needs",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/python:3.13-debian13\nDHI-NATIVE libpq5\nCOPY app /app\nCMD ["python3", "/app/main.py"]\n',
    },
    {
      title: "Own libraries, and a folder that was put together in a build stage",
      dockerfile:
        'FROM dhi.io/golang:1-debian13-dev AS build\nWORKDIR /src\nCOPY . .\nRUN make all && make DESTDIR=/out install\n\nFROM dhi.io/static:20250419-glibc\nCOPY --from=build /out/ /\nCOPY --from=build /usr/local/lib/libengine.so.1 /usr/local/lib/\nCOPY --from=build /src/libplugin.so /usr/lib/\nENTRYPOINT ["/usr/bin/app"]\n',
    },
    {
      title: "A library that was built with the prefix /usr",
      dockerfile:
        'FROM dhi.io/golang:1-debian13-dev AS build\nWORKDIR /src\nCOPY . .\nRUN make PREFIX=/usr install\n\nFROM dhi.io/static:20250419-glibc\nCOPY --from=build /usr/lib/libengine.so.1 /usr/lib/\nCOPY --from=build /usr/bin/app /app\nENTRYPOINT ["/app"]\n',
    },
    {
      title: "Into a stage that can install",
      dockerfile:
        'FROM dhi.io/debian-base:trixie-dev AS native\nRUN apt-get update && apt-get install -y libxml2\n\nFROM dhi.io/python:3.13-debian13-dev AS build\nCOPY --from=native /usr/lib/x86_64-linux-gnu/libxml2.so.2 /usr/lib/x86_64-linux-gnu/\nRUN python3 -m venv /venv\n\nFROM dhi.io/python:3.13-debian13\nCOPY --from=build /venv /venv\nCMD ["/venv/bin/python", "/app/main.py"]\n',
    },
  ],
  *check(stage, file) {
    if (stage.base?.libc === "none" || stage.start.packageManager === "apt" || stage.start.packageManager === "apk")
      return;
    for (const copy of ownCopies(stage)) {
      const problem = problemOf(copy, stage, file);
      if (problem) yield problem;
    }
  },
};

/** Libraries that need no other but those of libc, and libc itself. */
const alone =
  /^(?:ld-.*|lib(?:c|m|dl|rt|pthread|gcc_s|z|bz2|lzma|zstd|lz4|expat|ffi|uuid|cap|brotlicommon|pcre2-8|gmp|yaml-0|unistring|sodium))\.so/;

function problemOf(copy: Copy, stage: StageView, file: FileView): Problem | undefined {
  const { base } = stage;
  const libraries = copiedLibraries(copy, stage);
  if (!base || libraries.length === 0 || libraries.some(({ kind }) => kind === "folder")) return undefined;
  const from = copiedFrom(copy, file);
  if (from?.distro === undefined || from.distro !== base.distro || strangeness(from, base)) return undefined;
  const names = [...new Set(libraries.map(({ name }) => name))];
  const packaged = copy.stage === undefined || installs(file.stages[copy.stage]);
  const ofPackages = names.filter((name) => packaged || packagesWith(name, base).length > 0);
  if (ofPackages.length === 0) return undefined;
  const simple = ofPackages.every((name) => alone.test(name));
  const what =
    ofPackages.length > 3
      ? `${ofPackages.slice(0, 2).join(", ")} and ${ofPackages.length - 2} more`
      : ofPackages.join(", ");
  const [come, they, them] = ofPackages.length > 1 ? ["come", "they need", "them"] : ["comes", "it needs", "it"];
  return {
    span: copy.step.span,
    message: simple
      ? `${what} ${come} without a package record, so scanners miss ${them}`
      : `${what} ${come} alone, without what ${they} and without a package record`,
    suggestion: libraryAdvice(ofPackages, base),
    ...(simple ? { severity: "info" } : {}),
  };
}

/** True for a stage that installs packages, itself or in one that it continues. */
function installs(stage: StageView | undefined): boolean {
  for (let at = stage; at; at = at.parent) {
    if (
      at.steps.some((step) =>
        /\bapt(?:-get|itude)?\b.*\binstall\b|\bapk\b.*\badd\b/s.test(commandText(step)?.text ?? ""),
      )
    )
      return true;
  }
  return false;
}
