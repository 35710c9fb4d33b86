// Reads the log of `npm test`, says `N passed, N failed` as its last line, and fails when a test failed, was skipped, or none ran.
import { readFileSync } from "node:fs";

/** The one skip that is none of a failure: without .NET there is nothing to make the base images of this example from. At most once. */
const ALLOWED =
  /^ *ok \d+ - dotnet-vue # SKIP THIS MACHINE HAS NO SDK OF \.NET 10: examples\/dotnet-vue IS NOT BUILT$/m;

/** Lines from the start and from the end of a failure that are shown again; the whole of it stands above. */
const LINES = 20;

/**
 * The failures of a TAP log, each under the names of the tests around it, with its diagnostics. A test that only failed because one
 * inside it did is not named again.
 */
function failures(log) {
  const lines = log.split("\n");
  const found = [];
  let path = [];
  for (const [at, line] of lines.entries()) {
    const subtest = /^( *)# Subtest: (.*)$/.exec(line);
    const failed = /^( *)not ok \d+ - (.*?)(?: # time=.*)?$/.exec(line);
    const depth = (subtest ?? failed)?.[1].length ?? 0;
    if (subtest) path = [...path.filter((outer) => outer.depth < depth), { depth, name: subtest[2], failed: false }];
    if (!failed) continue;
    const own = path.find((outer) => outer.depth === depth && outer.name === failed[2]);
    path = path.filter((outer) => outer.depth < depth || outer === own);
    const inside = own?.failed ?? false;
    for (const outer of path) outer.failed = true;
    if (own) path = path.filter((outer) => outer !== own);
    if (inside) continue;
    const opening = /^( *)---$/.exec(lines[at + 1] ?? "");
    const end = opening ? lines.indexOf(`${opening[1]}...`, at) : -1;
    const told = lines.slice(at + 2, Math.max(end, at + 2)).filter((text) => text.trim() !== "");
    const left = told.length - 2 * LINES;
    if (left > 0) told.splice(LINES, left, `        (${left} lines left out)`);
    found.push([`FAILED ${[...path.map((outer) => outer.name), failed[2]].join(" > ")}`, ...told].join("\n"));
  }
  return found;
}

const [, , file = "", status = "1"] = process.argv;
const log = readFileSync(file, "utf8");
for (const failure of failures(log)) process.stdout.write(`${failure}\n\n`);
const totals = [...log.matchAll(/^# \{ total: .*\}$/gm)].at(-1)?.[0] ?? "";
const count = (word) => Number(new RegExp(`\\b${word}: (\\d+)`).exec(totals)?.[1] ?? 0);
const allowed = ALLOWED.test(log) ? 1 : 0;
const skipped = count("skip") + count("todo") - allowed;
const failed = count("fail") + skipped;
if (allowed > 0) process.stdout.write("examples/dotnet-vue was not built: this machine has no SDK of .NET 10\n");
if (skipped > 0) process.stdout.write(`${skipped} skipped or left to do: that is a failure here\n`);
if (count("total") === 0) process.stdout.write("no test ran\n");
process.stdout.write(`${count("pass")} passed, ${failed} failed\n`);
process.exit(status === "0" && failed === 0 && count("pass") > 0 ? 0 : 1);
