import type { ImageFacts } from "../../model.ts";
import { copiedFrom, ownCopies } from "../copied.ts";
import { copiedLibraries, distroText, libraryAdvice, type Strangeness, strangeness } from "../libraries.ts";
import type { Problem, Rule } from "../rule.ts";
import type { Copy, FileView, StageView } from "../stage-view.ts";

/** Libraries of one distro, release or libc in an image of another. */
export const foreignLibraries: Rule = {
  name: "DhiForeignLibraries",
  severity: "warning",
  summary: "libraries copied from an image of another distro, release or libc",
  docs: `A library is built for the other libraries of its release. Copied into another one it may miss symbols or whole libraries, which shows when it is loaded, often in one code path only; and
copied over a file of the base it can break programs that worked. A library for musl can't be loaded by glibc at all, and the other way round. Nobody updates what was copied: the fixes of the hardened
image don't reach it, and scanners don't see it, since no package record comes along.

Microsoft's and the official images are often a release behind: \`mcr.microsoft.com/dotnet/aspnet:8.0\` is Debian 12, hardened images are mostly Debian 13 or Alpine.

Write \`DHI-NATIVE\` with the package: it takes it from the base's own release, with all that it needs, for any architecture, with records, and proves in the build that it loads. Or install it in a
\`-dev\` image of the same release and copy from there.

Looked at is what COPY takes from \`/lib\`, \`/usr/lib\` and their multiarch folders; what lies in \`/usr/local\` or \`/opt\` was built by somebody for a purpose.`,
  looksAt: "hardened",
  bad: [
    {
      title: "Debian 12 into Debian 13",
      dockerfile:
        'FROM mcr.microsoft.com/dotnet/aspnet:9.0-bookworm-slim AS native\nRUN apt-get update && apt-get install -y libgdiplus\n\nFROM dhi.io/aspnetcore:10.0-debian13\nCOPY --from=native /usr/lib/libgdiplus.so* /usr/lib/\nCOPY --from=native /usr/lib/x86_64-linux-gnu/libcairo.so.2 /usr/lib/x86_64-linux-gnu/libpng16.so.16 /usr/lib/x86_64-linux-gnu/\nCOPY app /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
      lines: [5, 6],
    },
    {
      title: "musl into glibc, straight from an image",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nCOPY --from=alpine:3.23 /usr/lib/libstdc++.so.6 /usr/lib/libgcc_s.so.1 /usr/lib/\nCMD ["node", "server.js"]\n',
      lines: [2],
    },
    {
      title: "A whole folder of Ubuntu",
      dockerfile:
        'FROM ubuntu:24.04 AS libs\nRUN apt-get update && apt-get install -y libpq5\n\nFROM dhi.io/python:3.13-debian13\nCOPY --from=libs /usr/lib/x86_64-linux-gnu/ /usr/lib/x86_64-linux-gnu/\nCMD ["python3", "/app/main.py"]\n',
      lines: [5],
    },
  ],
  good: [
    {
      title: "The package of the base's release",
      dockerfile:
        '# syntax=dhi-frontend:1\nFROM dhi.io/aspnetcore:10.0-debian13\nDHI-NATIVE libgdiplus\nCOPY app /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
    },
    {
      title: "An own library, and files that are none",
      dockerfile:
        'FROM rust:1-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n\nFROM dhi.io/python:3.13-debian13\nCOPY --from=build /src/target/release/libengine.so /app/\nCOPY --from=build /usr/lib/locale/C.utf8 /usr/lib/locale/C.utf8\nCMD ["python3", "/app/main.py"]\n',
    },
    {
      title: "An image whose release nobody tells",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nCOPY --from=registry.corp/libraries:7 /usr/lib/x86_64-linux-gnu/libvendor.so.3 /usr/lib/x86_64-linux-gnu/\nCMD ["node", "server.js"]\n',
    },
  ],
  *check(stage, file) {
    for (const copy of ownCopies(stage)) {
      const problem = problemOf(copy, stage, file);
      if (problem) yield problem;
    }
  },
};

function problemOf(copy: Copy, stage: StageView, file: FileView): Problem | undefined {
  const { base } = stage;
  const libraries = copiedLibraries(copy, stage);
  const from = libraries.length > 0 ? copiedFrom(copy, file) : undefined;
  if (!base || !from) return undefined;
  const strange = strangeness(from, base);
  if (strange === undefined) return undefined;
  const names = [...new Set(libraries.map(({ name }) => name))];
  return {
    span: copy.step.span,
    message: `${listed(names)} from \`${from.reference}\` (${distroText(from)}) into ${distroText(base)}: ${reasons[strange](from, base)}`,
    suggestion: libraryAdvice(names, base),
  };
}

const reasons: Readonly<Record<Strangeness, (from: ImageFacts, base: ImageFacts) => string>> = {
  libc: (from, base) => `built for ${from.libc}, so ${base.libc} can't load it`,
  distro: () => "built for another distro's libraries, and nobody updates it",
  release: () => "built for another release's libraries, and nobody updates it",
};

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
}
