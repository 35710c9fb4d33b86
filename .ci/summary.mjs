// Reads the log of `npm test`, says `N passed, N failed` as its last line, and fails when a test failed, was skipped, or none ran.
import { readFileSync } from "node:fs";

const [, , log = "", status = "1"] = process.argv;
const totals = [...readFileSync(log, "utf8").matchAll(/^# \{ total: .*\}$/gm)].at(-1)?.[0] ?? "";
const count = (word) => Number(new RegExp(`\\b${word}: (\\d+)`).exec(totals)?.[1] ?? 0);
const skipped = count("skip") + count("todo");
const failed = count("fail") + skipped;
if (skipped > 0) process.stdout.write(`${skipped} skipped or left to do: that is a failure here\n`);
if (count("total") === 0) process.stdout.write("no test ran\n");
process.stdout.write(`${count("pass")} passed, ${failed} failed\n`);
process.exit(status === "0" && failed === 0 && count("pass") > 0 ? 0 : 1);
