import type { Directive } from "./directive.ts";
import { checkRuntimes } from "./runtime-check.ts";
import { expandRuntimes } from "./runtime-expansion.ts";
import { type RuntimeLine, runtimeLine, runtimeNeeds } from "./runtime-line.ts";

/** Another language's runtime in a stage. */
export const runtime: Directive<RuntimeLine> = {
  name: "DHI-RUNTIME",
  usage: "DHI-RUNTIME [--from=<image or stage>] <runtime>[:<version>]",
  summary: "adds the runtime of another language, with its tools",
  docs: `\`node\` (with npm, npx, corepack and yarn), \`python\` (with pip and venv), \`java\` (a JRE), \`jdk\`, \`dotnet\`, \`go\` or \`ruby\` (with gem and bundle), from the hardened
image of the stage's own distro and release; \`-dev\` where the tools are there only. Where that image keeps the runtime is found in the build, by its commands, its links and
its package records, because images move their files under the same tag. The packages that hold it come whole, with their records; of the
libraries that they need, and of those that they open by name (.NET: ICU, OpenSSL, Kerberos), those that the base lacks; and time zones, where the base has none and .NET or Python
needs them. Nothing of the base is changed. Before it is copied, all of it is loaded with the base's own loader in the base's own root, and the runtime is started there.

A version is any that the image has a tag for: \`node:22\`, \`node:22.23\`. Without one the newest is taken, with a warning. \`--from=<image or stage>\` names another
donor, of the base's distro and release. The variables that the runtime needs (\`NODE_VERSION\`, \`JAVA_HOME\`) come from the donor's config; those that the base sets
stay, and folders of the donor's \`PATH\` go to the end of the base's. Of a donor that is a stage, the variables of its base image count, not those of its ENV lines.
\`LD_LIBRARY_PATH\` would count for all programs of the stage: in its place stands a link, where the base's loader looks, to each library that the runtime's programs need.

- \`go\` comes without the data of its own tests, as in Docker's package of it. cgo needs a C compiler, which the stage has or not.
- \`python\` comes with its headers, where the donor has them: an extension is built where the stage has a compiler.
- \`ruby\` has no \`GEM_HOME\` folder before the first \`gem install\`; a user that is not root needs it made.

It works in stages with a package manager (\`-dev\`, \`-sdk\`) in the same way, so that the runtime there is the hardened one. A stage has one version of a runtime, and
not one that its base has already. What earlier RUN lines of the stage install is not seen.

Alpine is not served: there a runtime is packages, so DHI-TOOL brings it, in the version of Alpine's release, and the error names the packages.`,
  samples: [
    {
      title: "Node in the .NET SDK",
      dockerfile: "FROM dhi.io/dotnet:10.0-sdk-debian13 AS build\nDHI-RUNTIME node:22\nRUN npm ci\n",
    },
    {
      title: "Node beside Python in a service",
      dockerfile: "FROM dhi.io/python:3.13-debian13\nDHI-RUNTIME node:22\n",
    },
    {
      title: "A JDK in a Node build stage",
      dockerfile: "FROM dhi.io/node:22-debian13-dev\nDHI-RUNTIME jdk:21\n",
    },
    {
      title: "A version that is not there",
      dockerfile: "FROM dhi.io/dotnet:10.0-sdk-debian13\nDHI-RUNTIME node:23\n",
      error: "DhiRuntimeVersion",
    },
    {
      title: "Two versions of one runtime",
      dockerfile: "FROM dhi.io/dotnet:10.0-sdk-debian13\nDHI-RUNTIME node:22\nDHI-RUNTIME node:24\n",
      error: "DhiRuntimeTwice",
    },
    {
      title: "A runtime that the base has",
      dockerfile: "FROM dhi.io/node:22-debian13\nDHI-RUNTIME node:22\n",
      error: "DhiRuntimeThere",
    },
  ],
  parse: runtimeLine,
  needs: runtimeNeeds,
  family: { check: checkRuntimes, expand: expandRuntimes },
};
