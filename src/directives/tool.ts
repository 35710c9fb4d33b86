import type { Directive } from "./directive.ts";
import { packageFamily } from "./package-family.ts";
import { commonUsage, type PackageLine, toolLine } from "./package-line.ts";

/** Programs with everything they need. */
export const tool: Directive<PackageLine> = {
  name: "DHI-TOOL",
  usage: `DHI-TOOL [--allow-shell] ${commonUsage} <package>[=<version>]...`,
  summary: "adds programs, with everything they need, to an image without package manager",
  docs: `As DHI-NATIVE, with the same flags, and with the programs of the packages and of all that they need. Lines of both in one stage become one closure.

A shell, or anything that is one (bash, dash, busybox), never comes unasked: \`--allow-shell\` lets it come when a package needs it, and brings one where the image has no \`/bin/sh\`; a line
that names its package asks for it, too. Scripts whose interpreter is not in the image are reported in the build's output. What packages only recommend stays away, as
\`ca-certificates\` for git and curl does: name it.`,
  samples: [
    {
      title: "git in a Node service",
      dockerfile: "FROM dhi.io/node:22-debian13\nDHI-TOOL git ca-certificates\n",
    },
    {
      title: "A library and a program, one closure",
      dockerfile:
        "FROM dhi.io/node:22-debian13\nDHI-NATIVE libvips42t64\nDHI-TOOL --with=/usr/share/locale/de/* poppler-utils\n",
    },
    {
      title: "A time that is none",
      dockerfile: "FROM dhi.io/node:22-debian13\nDHI-TOOL --snapshot=2026-02-30 git\n",
      error: "DhiSnapshot",
    },
  ],
  parse: toolLine,
  needs: () => [],
  family: packageFamily,
};
