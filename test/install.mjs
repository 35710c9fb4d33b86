// Installs the npm dependencies when node_modules does not match the lock file. Plain JavaScript: it runs before anything is installed.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}node_modules/.dhi-lock`;
const want = createHash("sha256")
  .update(readFileSync(`${root}package-lock.json`))
  .digest("hex");
const have = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
if (have !== want) {
  process.stderr.write("installing npm dependencies ...\n");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, stdio: ["ignore", 2, 2] });
  // tap's own class is generated from the plugins that .taprc names.
  execFileSync("npx", ["tap", "build"], { cwd: root, stdio: "ignore" });
  writeFileSync(stamp, want);
}
