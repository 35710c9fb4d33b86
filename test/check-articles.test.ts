import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { findingsOf } from "./check-text.ts";

// Published ways to hardened images, and what is wrong with them, line by line (test/articles).

const expected: Readonly<Record<string, readonly string[]>> = {
  "dotnet.Dockerfile": [
    "DhiEndOfLife 4",
    "DhiStockImage 13",
    "DhiEndOfLife 18",
    "DhiFrameworkCopy 19",
    ...[20, 21, 22, 23, 24, 25].map((line) => `DhiForeignLibraries ${line}`),
    ...[22, 23, 24, 25].map((line) => `DhiArchitecturePath ${line}`),
    "DhiPrivilegedPort 28",
  ],
  "node.Dockerfile": ["DhiShellForm 5", "DhiMissingProgram 5", "DhiPrivilegedPort 7", "DhiMissingProgram 8"],
  "node-stages.Dockerfile": ["DhiStockImage 2", "DhiMutableTag 8"],
  "prefixes.Dockerfile": [2, 3, 4, 5, 6, 7, 8, 9, 10].map((line) => `DhiUnknownTag ${line}`),
};

for (const [name, wanted] of Object.entries(expected)) {
  t.test(name, async (t) => {
    const text = readFileSync(join(import.meta.dirname, "articles", name), "utf8");
    const findings = await findingsOf(text);
    const told = findings.map(({ rule, span }) => `${rule} ${span.start.line}`);
    const loud = findings.flatMap(({ severity }, index) => (severity === "info" ? [] : [told[index] ?? ""]));
    t.strictSame(
      wanted.filter((one) => !told.includes(one)),
      [],
      told.join(", "),
    );
    t.strictSame(
      loud.filter((one) => !wanted.includes(one)),
      [],
      "nothing else above info",
    );
  });
}
