import t from "tap";
import { type Engine, engine } from "./engine/engine.ts";
import { completeName } from "./engine/stand-ins/build.ts";
import { declared, distroOf } from "./engine/stand-ins/catalogue.ts";
import type { ContainerConfig } from "./engine/stand-ins/image-archive.ts";
import { DIGEST_LABEL, ENTRIES, hasDpkg } from "./engine/stand-ins/recipe.ts";
import { standIns } from "./engine/stand-ins.ts";
import { readImageFiles } from "./image-files.ts";
import { packageRecords, RECORDS } from "./package-records.ts";

const NAMES = Object.keys(ENTRIES).filter(
  (name) => name.startsWith("dhi.io/") && (process.env.DHI_FULL !== undefined || ENTRIES[name]?.full !== true),
);
const WITH_DPKG = NAMES.filter((name) => hasDpkg(declared(name).definition));
const WITHOUT_DPKG = NAMES.filter((name) => !WITH_DPKG.includes(name));
const SHELL_LESS = WITHOUT_DPKG.filter((name) => declared(name).definition.shells === undefined);

/** Files that a shell-less runtime must not have. */
const TOOLS = ["sh", "bash", "dash", "apt-get", "dpkg", "tar", "perl", "openssl", "awk", "ls"];

interface Inspected {
  readonly Config: ContainerConfig;
  readonly RootFS: { readonly Layers: readonly string[] };
}

const used = await engine();
const { buildContextArgs } = await standIns(used, NAMES);

/** The name a stand-in has in this engine. */
function imageOf(name: string): string {
  return used.kind === "private" ? name : `dhi-stand-in/${name}`;
}

async function inspect({ docker }: Engine, name: string): Promise<Inspected> {
  const { stdout } = await docker(["image", "inspect", "--format", "{{json .}}", imageOf(name)]);
  return JSON.parse(String(stdout)) as Inspected;
}

function run(name: string, ...command: string[]) {
  return used.docker(["run", "--rm", "--network=none", imageOf(name), ...command], { reject: false, all: true });
}

t.test("names", async (t) => {
  t.equal(completeName("debian:trixie-slim"), "docker.io/library/debian:trixie-slim");
  t.equal(completeName("dhi-stand-in/debian:trixie-slim"), "docker.io/dhi-stand-in/debian:trixie-slim");
  t.equal(completeName("dhi.io/node:22"), "dhi.io/node:22");
  t.equal(buildContextArgs.length, used.kind === "private" ? 0 : 2 * NAMES.length);
  await t.rejects(standIns(used, ["dhi.io/node:1"]), /no stand-in dhi\.io\/node:1/);
});

t.test("a second call builds nothing", async (t) => {
  const before = await Promise.all(NAMES.map((name) => inspect(used, name)));
  const began = Date.now();
  await standIns(used, NAMES);
  t.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
  t.same(await Promise.all(NAMES.map((name) => inspect(used, name))), before);
});

for (const name of NAMES) {
  const { definition, packages: own } = declared(name);
  const packages = ENTRIES[name]?.packages ?? own;
  t.test(`${name} is as declared`, async (t) => {
    const { Config: config, RootFS: root } = await inspect(used, name);
    t.equal(config.User, definition.user);
    t.equal(config.WorkingDir || undefined, definition.workdir);
    t.same(config.Cmd, definition.cmd);
    t.notOk(config.Entrypoint);
    const variables = (list: readonly string[] = []) => list.map((variable) => variable.split("=")[0]);
    t.same(
      variables(config.Env).filter((variable) => !/^DOTNET_(ROOT|VERSION)$/.test(variable ?? "")),
      variables(definition.env),
      "no variable is added, PATH included",
    );
    t.equal(root.Layers.length, 1);
    t.match(config.Labels, { [DIGEST_LABEL]: /^[0-9a-f]{32}$/, "com.docker.dhi.chain-id": root.Layers[0] });

    const files = await readImageFiles(used, imageOf(name), (path) => /^(etc|usr\/lib|var\/lib\/dpkg)\//.test(path));
    const text = (path: string) => files.get(path)?.content?.toString("utf8") ?? "";
    const release = distroOf(definition).replace("debian-", "");
    const pretty = `Debian GNU/Linux ${release} (${release === "12" ? "bookworm" : "trixie"})`;
    t.ok(text("usr/lib/os-release").includes(`\nPRETTY_NAME="Docker Hardened Images/${pretty}"\n`), pretty);
    t.ok(text("usr/lib/os-release").includes(`\nID=debian\nVERSION_ID="${release}"\n`), release);
    t.ok(text("etc/debian_version").startsWith(`${release}.`));
    t.match(
      text("etc/ssl/certs/ca-certificates.crt"),
      /(-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s+){100}/,
    );
    const links = { bin: "usr/bin", lib: "usr/lib", sbin: "usr/sbin", "etc/os-release": "../usr/lib/os-release" };
    for (const [link, target] of Object.entries(links)) t.equal(files.get(link)?.target, target, link);
    t.ok(files.has("etc/ld.so.cache"));

    const records = packageRecords(files).map((record) => record.name);
    t.same(
      packages.filter((wanted) => !records.includes(wanted)),
      [],
      "every declared package has a record",
    );
    t.same(
      records.filter((record) => !files.has(`${RECORDS}/${record}.md5sums`)),
      [],
      "and its md5sums",
    );
    const accounts = text("etc/passwd")
      .trim()
      .split("\n")
      .map((line) => line.split(":").slice(0, 4).join(":"));
    const own = `${definition.user}:x:${definition.uid}:${definition.gid}`;
    t.ok(accounts.includes(own), own);
  });
}

for (const name of WITHOUT_DPKG) {
  t.test(`${name} has no package manager's files`, async (t) => {
    const files = await readImageFiles(used, imageOf(name));
    t.notOk(files.has("var/lib/dpkg/status"));
    t.notOk(files.has("var/lib/dpkg/info"));
    if (!SHELL_LESS.includes(name)) return;
    t.same(
      TOOLS.filter((tool) => files.has(`usr/bin/${tool}`)),
      [],
    );
    const shell = await run(name, "/bin/sh", "-c", "true");
    t.ok(shell.failed);
    t.match(shell.all, /no such file or directory/);
  });
}

for (const name of WITH_DPKG) {
  t.test(`${name} has a shell, and dpkg finds nothing wrong`, async (t) => {
    const script =
      "set -e; id -u; id -u _apt; id -g _apt; readlink /bin/sh; dpkg --audit; apt-get --version >/dev/null; echo | awk '{print \"awk\"}'";
    t.equal((await run(name, "/bin/sh", "-c", script)).all, `${declared(name).definition.uid}\n42\n65532\nbash\nawk`);
  });
}

t.test("debian-base has bash alone", async (t) => {
  t.equal(
    (await run("dhi.io/debian-base:trixie", "/bin/sh", "-c", "id -u; readlink /bin/sh; type apt-get")).exitCode,
    1,
  );
});

for (const major of ["22", "24"]) {
  t.test(`Node ${major} runs`, async (t) => {
    const script = "console.log(process.versions.node.split('.')[0], process.getuid(), process.cwd())";
    t.equal((await run(`dhi.io/node:${major}-debian13`, "node", "-e", script)).all, `${major} 1000 /app`);
    const tools = await run(
      `dhi.io/node:${major}-debian13-dev`,
      "/bin/sh",
      "-c",
      "set -e; for tool in npm npx yarn corepack git; do $tool --version; done",
    );
    t.equal(tools.exitCode, 0, tools.all);
    t.match((await run(`dhi.io/node:${major}-debian13`, "npm", "--version")).all, /executable file not found/);
  });
}

for (const major of ["8", "10"]) {
  t.test(`.NET ${major} runs, or says that it is a stub`, async (t) => {
    const runtime = await run(`dhi.io/dotnet:${major}.0-debian13`, "dotnet", "--list-runtimes");
    const sdk = await run(`dhi.io/dotnet:${major}.0-sdk-debian13`, "dotnet", "--list-runtimes");
    const files = await readImageFiles(used, imageOf(`dhi.io/dotnet:${major}.0-debian13`));
    t.ok([...files.keys()].some((path) => path.startsWith(`usr/lib/dotnet/shared/Microsoft.NETCore.App/${major}.`)));
    t.notOk(files.has("usr/lib/dotnet/shared/Microsoft.AspNetCore.App"), "the runtime has no ASP.NET Core");
    t.equal(files.get("usr/bin/dotnet")?.target, "../lib/dotnet/dotnet");
    if (runtime.all?.includes("this is a stub")) {
      t.equal(runtime.exitCode, 1);
    } else {
      t.match(
        runtime.all,
        new RegExp(
          `^Microsoft\\.NETCore\\.App ${major}\\.\\S+ \\[/usr/lib/dotnet/shared/Microsoft\\.NETCore\\.App\\]$`,
        ),
      );
      t.match(sdk.all, new RegExp(`^Microsoft\\.AspNetCore\\.App ${major}\\.`));
    }
  });
}
