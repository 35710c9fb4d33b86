import { providersOf } from "./program-table.ts";
import type { StageView, Step } from "./stage-view.ts";

const shells = new Set(["sh", "ash", "bash", "dash"]);
const node = new Set(["npm", "npx", "pnpm", "yarn", "yarnpkg", "corepack"]);
const broughtByRuntime = new Set(["npm", "npx", "yarn", "yarnpkg", "corepack"]);
const python = new Set(["pip", "pip3", "uv"]);
const ruby = new Set(["bundle", "bundler", "gem", "rake"]);
const accounts = new Set(["addgroup", "adduser", "chpasswd", "groupadd", "useradd", "usermod"]);
const owners = new Set(["chgrp", "chmod", "chown"]);
const switches = new Set(["gosu", "su", "su-exec", "sudo"]);

/** What to write in the place of a program that is not there; undefined when there is nothing good to say. */
export function adviceFor(program: string, step: Step, stage: StageView): string | undefined {
  const { keyword, before } = step;
  const manager = before.packageManager;
  if (program.startsWith("docker-php-ext-")) {
    return "build the extension with `phpize`, `./configure` and `make` in the `-dev` stage, and copy its .so and .ini";
  }
  if (keyword === "RUN" && accounts.has(program)) return accountAdvice(stage);
  if (keyword === "RUN" && owners.has(program))
    return "set owner and mode where files come in: `COPY --chown=... --chmod=...`";
  if (switches.has(program)) return "set the user with `USER`; the image runs as its own user already";
  if (keyword === "RUN" && (manager === "apt" || manager === "apk")) return installAdvice(program, manager);
  if (keyword === "RUN") return `run it in a stage of its own, ${builderOf(stage)}, and copy the result`;
  if (shells.has(program))
    return `start the program itself, as \`${keyword === "HEALTHCHECK" ? "HEALTHCHECK CMD" : keyword} ["program", "argument"]\``;
  if (keyword === "HEALTHCHECK") return healthAdvice(program, stage);
  if (node.has(program)) return nodeAdvice(program, keyword, stage);
  if (ruby.has(program)) {
    return `install the gems in a \`-dev\` stage, and start the application with ruby itself, such as \`${keyword} ["ruby", "app.rb"]\``;
  }
  if (python.has(program))
    return `install the packages in a \`-dev\` stage, and start the application with python3 itself`;
  return toolAdvice(program);
}

function accountAdvice({ base }: StageView): string {
  const own = base?.uid === undefined || base.uid === 0 ? 65532 : base.uid;
  return `take the user that the image has, or a number that needs no account: \`USER ${own}\`, \`COPY --chown=${own}\``;
}

function installAdvice(program: string, manager: "apt" | "apk"): string {
  const name = ownPackage(program) ?? "<its package>";
  return manager === "apt"
    ? `install it before: \`RUN apt-get update && apt-get install -y --no-install-recommends ${name}\``
    : `install it before: \`RUN apk add --no-cache ${name}\``;
}

function builderOf({ base }: StageView): string {
  return base?.builder === undefined || base.builder === base.reference
    ? "on a `-dev` image"
    : `\`FROM ${base.builder}\``;
}

function healthAdvice(program: string, { base }: StageView): string {
  const own = ownChecks[base?.repository ?? ""];
  const how =
    own === undefined ? "let the application check itself" : `let the runtime ask, as \`HEALTHCHECK CMD ${own}\``;
  return program === "curl" || program === "wget" ? `${how}, or write \`DHI-TOOL ${program}\` above it` : how;
}

/** A health check by the runtime of an image, without a shell. */
const ownChecks: Readonly<Record<string, string>> = {
  node: `["node", "-e", "fetch('http://127.0.0.1:8080/').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]`,
  python: `["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/')"]`,
  ruby: `["ruby", "-rnet/http", "-e", "exit Net::HTTP.get_response(URI('http://127.0.0.1:8080/')).is_a?(Net::HTTPSuccess)"]`,
};

function nodeAdvice(program: string, keyword: string, { base }: StageView): string {
  const direct = `start with node itself what the script of package.json runs, such as \`${keyword} ["node", "server.js"]\``;
  return base?.repository !== "node" && broughtByRuntime.has(program)
    ? `${direct}, or write \`DHI-RUNTIME node:22\``
    : direct;
}

function toolAdvice(program: string): string | undefined {
  if (!providersOf(program)?.system) return undefined;
  const name = ownPackage(program);
  return name === undefined ? undefined : `bring it with \`DHI-TOOL ${name}\``;
}

/** The package that is called as its program. */
function ownPackage(program: string): string | undefined {
  return providersOf(program)?.packages.includes(program) ? program : undefined;
}
