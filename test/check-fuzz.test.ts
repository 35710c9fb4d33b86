import fc from "fast-check";
import t from "tap";
import { type CheckOptions, check } from "../src/check/check.ts";
import { applyFixes } from "../src/check/fix.ts";
import { DiagnosticError } from "../src/diagnostic.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

// Whatever a file holds, it is checked: no rule throws, no place lies outside the file, and fixes come to an end.

const linux = { os: "linux", architecture: "amd64" };
const options: CheckOptions = {
  buildArgs: {},
  platform: linux,
  buildPlatform: linux,
  facts: fromCatalog(),
  mirrors: [],
  scope: "all",
  hardenedOnly: false,
  today: "2026-11-22",
};

const bases = ["dhi.io/node:22-debian13", "dhi.io/node:22-debian13-dev", "dhi.io/dotnet:8.0-debian13", "scratch", "a"];
const words = [
  ...[
    "npm",
    "start",
    "/bin/sh",
    "-c",
    "&&",
    "||",
    ";",
    "|",
    "$A",
    `\${B:-x}`,
    "'q q'",
    '"d $A"',
    "[",
    "]",
    '["npm"]',
    "[]",
  ],
  ...[
    "/usr/bin/",
    "/",
    ".",
    "..",
    "*.so",
    "root",
    "node",
    "0:0",
    "$APP_UID",
    "80",
    "80/tcp",
    "A=1",
    "A",
    "CMD",
    "NONE",
  ],
  ...[
    "--from=a",
    "--from=0",
    "--chown=x",
    "--mount=type=bind,target=/bin",
    "<<E",
    "\\\n",
    "\\",
    "`",
    "#",
    "é",
    "\u0000",
  ],
  ...["apt-get", "install", "-y", "curl", "useradd", "=", "  "],
];
const keywords = [
  ...[
    "FROM",
    "RUN",
    "CMD",
    "ENTRYPOINT",
    "HEALTHCHECK",
    "SHELL",
    "COPY",
    "ADD",
    "USER",
    "WORKDIR",
    "ENV",
    "ARG",
    "EXPOSE",
  ],
  ...["VOLUME", "ONBUILD", "LABEL", "STOPSIGNAL", "# check=skip=all", "#", "", "DHI-TOOL", "DHI-RUN", "nonsense"],
];
const line = fc
  .tuple(fc.constantFrom(...keywords), fc.array(fc.constantFrom(...words), { maxLength: 6 }))
  .map(([keyword, rest]) => [keyword, ...rest].join(" "));
const file = fc
  .tuple(
    fc.constantFrom(...bases),
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: line },
        { weight: 1, arbitrary: fc.constantFrom(...bases.map((base) => `FROM ${base} AS a`)) },
      ),
      { maxLength: 12 },
    ),
  )
  .map(([base, lines]) => [`FROM ${base} AS a`, ...lines].join("\n"));

async function findingsOf(bytes: Uint8Array) {
  try {
    return (await check({ name: "Dockerfile", bytes }, options)).findings;
  } catch (error) {
    if (error instanceof DiagnosticError) return [];
    throw error;
  }
}

t.test("files of any lines", async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(file, fc.string()), async (text) => {
      let bytes: Uint8Array = new TextEncoder().encode(text);
      const lines = text.split("\n").length;
      for (let round = 0; ; round++) {
        const findings = await findingsOf(bytes);
        for (const { span, message } of findings) {
          if (span.start.line < 1 || span.end.line > lines || span.end.line < span.start.line) throw new Error(message);
        }
        const fixed = applyFixes(bytes, findings);
        if (fixed.made.length === 0) return;
        if (round > 5) throw new Error("fixes have no end");
        bytes = fixed.bytes;
      }
    }),
    { numRuns: process.env.DHI_FULL ? 20_000 : 1000 },
  );
  t.pass("no rule failed");
});
