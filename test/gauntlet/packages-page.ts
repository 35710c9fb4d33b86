import type { Engine } from "../engine/engine.ts";
import type { Row } from "./check.ts";

/** The text of docs/packages.md: what the gauntlet grafted, how much that was, and what its probes did with it. */
export function packagesPage(rows: readonly Row[], { version, buildkit }: Engine): string {
  const date = new Date().toISOString().slice(0, 10);
  return `# Packages that were grafted and used

Each line was built by \`npm run test:full\` on a base with the C library alone, without shell and package manager
(\`dhi.io/static:20250419-glibc-debian13\` and \`-debian12\`, as a stand-in made from Debian's packages), and a program that uses the package ran in it
as the image's own user, without capabilities, on a read-only root, without network but for a server on loopback. In each image the base was
unchanged, file by file, and trivy listed every package with its version. The probes lie in \`test/gauntlet\`.

Written on ${date} with Docker ${version} and BuildKit ${buildkit}, on Linux ${process.arch === "arm64" ? "arm64" : "amd64"}, by \`DHI_TABLE=1 npx tap test/gauntlet.full.ts\`. *Packages*, *files* and *MB* are what the line added to the base, uncompressed.
*Seconds* are those of the graft and its proof, package lists and download included, on a machine that did other work too.

${table(rows)}`;
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ release, lines, version, packages, files, bytes, seconds, probe }) =>
    [
      release,
      lines.map((line) => `\`${line}\``).join("<br>"),
      version,
      packages,
      files,
      (bytes / 1e6).toFixed(1),
      seconds?.toFixed(1) ?? "",
      probe,
    ].join(" | "),
  );
  const head = ["Debian", "line", "version", "packages", "files", "MB", "seconds", "what its probe did"].join(" | ");
  return `| ${head} |\n| --- | --- | --- | ---: | ---: | ---: | ---: | --- |\n${lines.map((line) => `| ${line} |\n`).join("")}`;
}
