import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { check } from "../src/check/check.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

// No rule above info speaks of files that are right: our own, those of the examples, and those written as the catalogue's guides tell.

const root = join(import.meta.dirname, "..");
const linux = { os: "linux", architecture: "amd64" };
const guides = readdirSync(join(root, "test/guides")).map((name) => `test/guides/${name}`);
const examples = readdirSync(join(root, "examples"), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [`examples/${entry.name}/Dockerfile`] : [],
);

t.ok(guides.length > 10 && examples.length >= 3, "there are files");

for (const name of ["Dockerfile", ...examples, ...guides]) {
  t.test(name, async (t) => {
    const source = { name, bytes: readFileSync(join(root, name)) };
    const { findings, bases } = await check(source, {
      buildArgs: {},
      platform: linux,
      buildPlatform: linux,
      facts: fromCatalog(),
      mirrors: [],
      scope: "all",
      hardenedOnly: false,
      // The day of the catalogue, so that the images' ends of life are as far away as they were.
      today: "2026-08-22",
    });
    t.ok(bases.length > 0 && bases.every(({ hardened, unlisted }) => hardened && !unlisted), "all bases are known");
    const loud = findings.filter(({ severity }) => severity !== "info");
    t.strictSame(
      loud.map(({ rule, span, message }) => `${rule} ${span.start.line}: ${message}`),
      [],
    );
  });
}
