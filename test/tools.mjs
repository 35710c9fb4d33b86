// Installs the few programs that tests compile or check with, where that is possible: Linux as root with apt. Elsewhere those tests say
// what they miss.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Program, and the Debian packages that bring it. */
const tools = {
  busybox: ["busybox-static"],
  cc: ["gcc", "libc6-dev"],
  "musl-gcc": ["musl-tools"],
  shellcheck: ["shellcheck"],
};

const has = (name) => spawnSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" }).status === 0;
const missing = Object.entries(tools).flatMap(([name, packages]) => (has(name) ? [] : packages));
if (missing.length > 0 && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
  process.stderr.write(`installing ${missing.join(", ")} for the tests ...\n`);
  const apt = (...words) =>
    execFileSync("apt-get", ["-qq", ...words], {
      stdio: ["ignore", 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  apt("update");
  apt("install", "--yes", "--no-install-recommends", ...missing);
}
