import { readdirSync } from "node:fs";
import { execa } from "execa";
import t from "tap";
import { alpineProofScripts, alpineScripts } from "../src/graft/scripts.ts";

const folder = new URL("../src/graft/alpine/", import.meta.url);

t.test("each step has what its scripts call beside them", (t) => {
  for (const step of [alpineScripts, alpineProofScripts]) {
    for (const [name, text] of Object.entries(step)) {
      for (const [, used = ""] of text.matchAll(/"\$lib\/([\w.-]+)"/g)) t.ok(used in step, `${name} has ${used}`);
    }
  }
  t.end();
});

t.test("no option that only GNU's tools have, and no architecture", (t) => {
  const gnu =
    /-printf|xargs (?:-\w+ )*-[dP]\b|sort -[a-z]*[zV]|\b(?:mv|cp) -t|nextfile|find [^|\n]*-perm \/|head -n -|\bgrep -P/;
  for (const [name, text] of Object.entries({ ...alpineScripts, ...alpineProofScripts })) {
    t.notMatch(text, gnu, name);
    t.notMatch(text, /\r|[^\t\n -~]|(x86_64|aarch64)-linux/, name);
  }
  t.end();
});

t.test("the shell scripts are clean", async (t) => {
  const found = await execa("shellcheck", ["--version"], { reject: false });
  if (found.failed) return t.plan(0, "shellcheck is not installed");
  const names = readdirSync(folder).filter((name) => name.endsWith(".sh"));
  const { stdout } = await execa("shellcheck", ["-s", "sh", "-x", "-P", "..", "-e", "SC1091,SC2154", ...names], {
    cwd: folder,
    reject: false,
  });
  t.equal(stdout, "");
});
