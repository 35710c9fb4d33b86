import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { aptConf } from "./graft/apt-lab.ts";
import { lab } from "./graft/lab.ts";

// What a step says while a command of its own takes long.

const bed = lab({});
t.teardown(bed.close);
const log = join(bed.root, "log");

/** Runs a command as the steps run apt, with a line every second. */
function waiting(command: string) {
  const script = join(bed.root, "dhi/long.sh");
  writeFileSync(script, `set -eu\n. "\${0%/*}/fail.sh"\n. "\${0%/*}/waiting.sh"\nwaiting ${log} ${command}\n`);
  return execa("sh", [script], { reject: false, all: true, env: { patience: "1" } });
}

t.test("the last words of a command that takes long, without passwords", async (t) => {
  const { exitCode, stdout } = await waiting(
    "sh -c 'echo first; echo Get:1 http://me:secret@host/x; sleep 2.5; echo done'",
  );
  t.equal(exitCode, 0);
  t.same(stdout.split("\n"), [
    "dhi: waiting for apt, 1 s: Get:1 http://***@host/x",
    "dhi: waiting for apt, 2 s: Get:1 http://***@host/x",
  ]);
  t.match(readFileSync(log, "utf8"), /done\n$/, "the log has all");
});

t.test("nothing for a short one, and its status", async (t) => {
  const { exitCode, all } = await waiting("sh -c 'echo no >&2; exit 7'");
  t.equal(exitCode, 7);
  t.notOk(all);
  t.equal(readFileSync(log, "utf8"), "no\n");
});

t.test("nothing goes on behind a step that was killed", async (t) => {
  const running = waiting("sleep 1.5");
  setTimeout(() => running.kill("SIGKILL"), 300);
  // Ends when nobody holds its output any more: behind the second in which its end is noticed.
  const { stdout } = await Promise.race([
    running,
    new Promise<{ stdout: string }>((_, no) => setTimeout(() => no(new Error("it goes on")), 8000)),
  ]);
  t.ok(stdout.split("\n").length <= 1);
});

t.test("package sources that answer slowly", async (t) => {
  let asked = 0;
  const slow = createServer((_, response) => setTimeout(() => response.writeHead(404).end(), asked++ ? 0 : 1500));
  await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
  t.teardown(() => slow.close());
  const { port } = slow.address() as AddressInfo;
  bed.write("graft", {
    "sources.list": `deb [trusted=yes] http://127.0.0.1:${port}/apt ./\n`,
    "apt.conf": aptConf(bed),
  });
  bed.write("apt/lists/partial", { ".": null });
  process.env.patience = "1";
  const { stdout } = await bed.run("lists.sh", "amd64");
  delete process.env.patience;
  t.match(stdout, /^dhi: waiting for apt, 1 s: /m);
});
