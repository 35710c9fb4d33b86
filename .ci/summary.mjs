// Reads the log of `npm test`, says `N passed, N failed` as its last line, and fails when a test failed, was skipped, or none ran.
import { readFileSync } from "node:fs";

/** The one skip that is none of a failure: without .NET there is nothing to make the base images of this example from. At most once. */
const ALLOWED =
  /^ *ok \d+ - dotnet-vue # SKIP THIS MACHINE HAS NO SDK OF \.NET 10: examples\/dotnet-vue IS NOT BUILT$/m;

const [, , file = "", status = "1"] = process.argv;
const log = readFileSync(file, "utf8");
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
