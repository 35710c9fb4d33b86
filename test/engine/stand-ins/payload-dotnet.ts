import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { Declared } from "./catalogue.ts";
import type { Payload } from "./payload.ts";

/** One line of `dotnet --list-runtimes` or `--list-sdks`: `10.0.12` and the folder it lies in. */
interface Installed {
  readonly version: string;
  readonly folder: string;
}

/** .NET of this machine where it has the major (for an SDK image: the SDK and both frameworks), else a stub in the same layout. */
export async function dotnetPayload(major: string, declared: Declared): Promise<Payload> {
  const sdkImage = declared.definition.kind === "sdk";
  const runtime = await newest(["--list-runtimes"], /^Microsoft\.NETCore\.App /, major);
  const aspnet = await newest(["--list-runtimes"], /^Microsoft\.AspNetCore\.App /, major);
  const sdk = await newest(["--list-sdks"], /^/, major);
  const complete = runtime !== undefined && (!sdkImage || (aspnet !== undefined && sdk !== undefined));
  if (!complete) return stub(major, declared);
  const root = dirname(dirname(runtime.folder));
  const version = sdkImage && sdk !== undefined ? sdk.version : runtime.version;
  return {
    stage: sdkImage ? "dotnet-sdk" : "dotnet-runtime",
    packages: packages(major),
    contexts: { dotnet: root },
    args: { MAJOR: major, RUNTIME: runtime.version, ASPNET: aspnet?.version ?? "", SDK: sdk?.version ?? "" },
    version,
    env: environment(version),
  };
}

function stub(major: string, { definition, runtime }: Declared): Payload {
  const released = (pattern: RegExp, tags: string) =>
    tags.split(" ").flatMap((tag) => pattern.exec(tag)?.[1] ?? [])[0] ?? `${major}.0.0`;
  const sdk = released(/^(\d+\.\d+\.\d+)-sdk$/, definition.tags);
  const version = released(/^(\d+\.\d+\.\d+)$/, definition.kind === "sdk" ? (runtime?.tags ?? "") : definition.tags);
  return {
    stage: "dotnet-stub",
    packages: packages(major),
    contexts: {},
    args: { MAJOR: major, RUNTIME: version, SDK: sdk },
    version: definition.kind === "sdk" ? sdk : version,
    env: environment(definition.kind === "sdk" ? sdk : version),
  };
}

function packages(major: string): string[] {
  return ["runtime", "sdk"].flatMap((name) => [`dotnet-${name}-${major}`, `dotnet-${name}-${major}-oci-config`]);
}

/** What the packages' `*-oci-config` companions set in the catalogue (package/deb/main/dotnet-runtime). */
function environment(version: string): string[] {
  return ["DOTNET_ROOT=/usr/lib/dotnet", `DOTNET_VERSION=${version}`];
}

/** The newest of a major in one of dotnet's lists; undefined when this machine has none or no dotnet. */
async function newest(list: readonly string[], line: RegExp, major: string): Promise<Installed | undefined> {
  // Another system's .NET does not run in a container.
  if (process.platform !== "linux") return undefined;
  const listed = await execa("dotnet", list, { reject: false, stdin: "ignore" });
  return listed.stdout
    ?.split("\n")
    .filter((text) => line.test(text))
    .flatMap((text) => {
      const [, version, folder] = /(\d[^ ]*) \[(.*)\]$/.exec(text) ?? [];
      return version?.startsWith(`${major}.`) && folder !== undefined ? [{ version, folder }] : [];
    })
    .filter(({ version, folder }) => existsSync(join(folder, version)))
    .sort((a, b) => a.version.localeCompare(b.version, "en", { numeric: true }))
    .at(-1);
}
