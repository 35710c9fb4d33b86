import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import type { EngineFolders } from "./cache-folder.ts";

/**
 * Writes the client: `docker` with buildx, taken from the chroot and run by the chroot's own loader, so that it sees this machine's files
 * (contexts, stdin, Dockerfiles) and needs nothing of its libraries. Proxies of this machine go to builds and containers (docker's config.json).
 */
export async function writeClient(folders: EngineFolders): Promise<void> {
  const plugins = join(folders.clientConfig, "cli-plugins");
  mkdirSync(plugins, { recursive: true });
  mkdirSync(folders.bin, { recursive: true });
  writeWrapper(join(folders.bin, "docker"), folders.root, "/usr/bin/docker");
  writeWrapper(join(plugins, "docker-buildx"), folders.root, "/usr/libexec/docker/cli-plugins/docker-buildx");
  writeFileSync(join(folders.clientConfig, "config.json"), JSON.stringify(await proxies(), undefined, 2));
}

/** What a process adds to its environment to speak to this engine. It also switches off what a user may have set for another engine. */
export function clientEnvironment(
  folders: EngineFolders,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const path = (env.PATH ?? "").split(delimiter).filter((entry) => entry !== folders.bin);
  return {
    PATH: [folders.bin, ...path].join(delimiter),
    DOCKER_HOST: `unix://${folders.socket}`,
    DOCKER_CONFIG: folders.clientConfig,
    DOCKER_CONTEXT: "",
    DOCKER_TLS_VERIFY: "",
    DOCKER_DEFAULT_PLATFORM: "",
    DOCKER_BUILDKIT: "1",
    BUILDX_BUILDER: "default",
    BUILDX_CONFIG: join(folders.clientConfig, "buildx"),
  };
}

function writeWrapper(file: string, root: string, program: string): void {
  const loader = findLoader(root);
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  writeFileSync(
    file,
    `#!/bin/sh\nexec ${quote(loader.file)} --library-path ${quote(loader.folder)} ${quote(root + program)} "$@"\n`,
  );
  chmodSync(file, 0o755);
}

/** glibc's loader stands beside its libraries, in the folder of the architecture: /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2. */
function findLoader(root: string): { file: string; folder: string } {
  const libraries = join(root, "usr/lib");
  for (const triplet of readdirSync(libraries).filter((name) => name.includes("-linux-"))) {
    const folder = join(libraries, triplet);
    const loader = readdirSync(folder).find((name) => /^ld(-linux.*|64)\.so\.\d$/.test(name));
    if (loader !== undefined) return { file: join(folder, loader), folder };
  }
  throw new Error(`no loader in ${libraries}: remove this chroot, it is broken`);
}

/** This machine's proxies as docker's client reads them: those of the environment, else apt's, as builds here speak mostly to Debian's mirror. */
async function proxies(): Promise<object> {
  const apt = await execa("apt-config", ["dump", "--format", "%v", "Acquire::http::Proxy"], { reject: false });
  const env = process.env;
  const httpProxy = env.http_proxy || env.HTTP_PROXY || apt.stdout;
  const httpsProxy = env.https_proxy || env.HTTPS_PROXY;
  const noProxy = env.no_proxy || env.NO_PROXY;
  const found = { ...(httpProxy && { httpProxy }), ...(httpsProxy && { httpsProxy }), ...(noProxy && { noProxy }) };
  return Object.keys(found).length === 0 ? {} : { proxies: { default: found } };
}
