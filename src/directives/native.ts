import type { Directive } from "./directive.ts";
import { packageFamily } from "./package-family.ts";
import { commonUsage, nativeLine, type PackageLine } from "./package-line.ts";

/** Shared libraries and the data they load by name. */
export const native: Directive<PackageLine> = {
  name: "DHI-NATIVE",
  usage: `DHI-NATIVE ${commonUsage} <package>[=<version>]...`,
  summary: "adds shared libraries, with everything they need, to an image without package manager",
  docs: `The packages' whole closure is taken from the distro and release of the stage's own base, in a build stage that has its package
manager. What the base has stays the base's; programs, headers and documentation stay out. The result is proven in the base's own root with
its own loader before it is copied, so a missing library fails the build. Several lines of DHI-NATIVE and DHI-TOOL in one stage become one closure, copied
at the first of them.

- \`--recommends\` brings what the packages of this line recommend, too.
- \`--with=<glob>\` brings files that would be left out (a program, a header, a translation); \`--without=<glob>\` leaves out files that would come. Both may be
  repeated and hold for this line's packages. A pattern is compared with whole paths: \`/usr/bin/psql\`, \`*/locale/de/*\`.
- \`--from=<builder>\` names the image, or a stage above, whose package manager and package sources are used. Its distro and release must be the base's.
  A stage is built for its own platform: \`FROM --platform=$BUILDPLATFORM\` there spares a build for another platform the emulation.
- \`--snapshot=<time>\` takes the packages as the archive had them then: \`2026-08-01\`, \`2026-08-01T00:00:00Z\` or \`20260801T000000Z\`, in UTC.
- \`<package>=<version>\` pins one package.

\`--from\` and \`--snapshot\` are for the closure, so two lines of a stage must not name different ones.

In a stage that has a shell and a package manager (a \`-dev\` image), each line becomes its plain install at that place, as root, and the stage's user is restored.
The packages are installed whole there, programs included; \`--with\`, \`--without\`, \`--from\` and \`--snapshot\` are errors.

[debian.md](debian.md) tells the exact rules: what comes of which package, shells, snapshots, mixed package sources.

On Alpine names are apk's (\`sdl2_image\`); \`--recommends\` and \`--snapshot\` are errors there, because its packages recommend none and its archive keeps none.
A package of the base stays in its version there. Grafts on Alpine have not run on real Alpine images yet: [alpine.md](alpine.md) tells what was run against what.

Builder stages take a company's access from optional build secrets: \`dhi-apt-sources\` (a sources file that replaces the image's), \`dhi-apt-auth\`
(apt_auth.conf), \`dhi-proxy\` (a URL) and \`dhi-ca\` (PEM certificates), on Alpine \`dhi-apk-repositories\` and \`dhi-apk-keys\` (one PEM key) with the last two, as in \`docker build --secret id=dhi-proxy,src=proxy.txt\`.`,
  samples: [
    {
      title: "A drawing library for a .NET service",
      dockerfile: "FROM dhi.io/dotnet:10.0-debian13\nDHI-NATIVE libgdiplus\n",
    },
    {
      title: "A pinned package, at a day of the archive, without its translations",
      dockerfile:
        "FROM dhi.io/node:22-debian13\nDHI-NATIVE --snapshot=2026-08-01 --without=*/locale/* libgdk-pixbuf-2.0-0=2.42.12+dfsg-4\n",
    },
    {
      title: "A build stage that has apt",
      dockerfile: "FROM dhi.io/node:22-debian13-dev AS build\nUSER node\nDHI-NATIVE libvips42t64\n",
    },
    { title: "No package", dockerfile: "FROM dhi.io/dotnet:10.0-debian13\nDHI-NATIVE\n", error: "DhiMissingArgument" },
    {
      title: "A pattern",
      dockerfile: "FROM dhi.io/dotnet:10.0-debian13\nDHI-NATIVE lib.*png.*\n",
      error: "DhiPackageName",
    },
    {
      title: "A contradiction between two lines",
      dockerfile:
        "FROM dhi.io/node:22-debian13\nDHI-NATIVE --snapshot=2026-08-01 libpq5\nDHI-NATIVE --snapshot=2026-08-02 libvips42t64\n",
      error: "DhiConflictingFlags",
    },
  ],
  parse: nativeLine,
  needs: () => [],
  family: packageFamily,
};
