import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { findingsOf } from "./check-text.ts";

// Two published ways to hardened images, and what is wrong with them, line by line (test/articles).

const expected: Readonly<Record<string, readonly string[]>> = {
  "dotnet.Dockerfile": [
    "DhiEndOfLife 4",
    "DhiEndOfLife 18",
    "DhiFrameworkCopy 19",
    ...[20, 22, 23, 24, 25].map((line) => `DhiForeignLibraries ${line}`),
    ...[22, 23, 24, 25].map((line) => `DhiArchitecturePath ${line}`),
    "DhiPrivilegedPort 28",
  ],
  "node.Dockerfile": ["DhiShellForm 5", "DhiMissingProgram 5", "DhiPrivilegedPort 7", "DhiMissingProgram 8"],
};

for (const [name, wanted] of Object.entries(expected)) {
  t.test(name, async (t) => {
    const text = readFileSync(join(import.meta.dirname, "articles", name), "utf8");
    const told = (await findingsOf(text)).map(({ rule, span }) => `${rule} ${span.start.line}`);
    t.strictSame(
      wanted.filter((one) => !told.includes(one)),
      [],
      told.join(", "),
    );
  });
}
