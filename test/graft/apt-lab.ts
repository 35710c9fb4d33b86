import type { Test } from "tap";
import { ArchiveServer } from "./archive.ts";
import { type Lab, lab } from "./lab.ts";

/** A lab whose apt asks a server on loopback for these files, which may change later; both end with the test. `sources` and `conf` are added. */
export async function aptLab(
  t: Test,
  files: ReadonlyMap<string, Buffer>,
  { sources = "", conf }: { readonly sources?: string; readonly conf?: (bed: Lab) => string } = {},
): Promise<{ readonly bed: Lab; readonly server: ArchiveServer; readonly host: string }> {
  const server = new ArchiveServer(files);
  const bed = lab({});
  t.teardown(() => {
    server.stop();
    bed.close();
  });
  const host = await server.start();
  bed.write("graft", {
    "sources.list": `deb [trusted=yes] http://${host}/apt ./\n${sources}`,
    "apt.conf": aptConf(bed, conf?.(bed)),
  });
  bed.write("apt/lists/partial", { ".": null });
  return { bed, server, host };
}

/**
 * The settings with which scripts of a lab ask this machine's apt: lists and sources of the lab, nothing of the machine's own, and servers on loopback
 * asked directly and once. `more` is added.
 */
export function aptConf(bed: Lab, more = ""): string {
  return `Dir::State::status "/dev/null";
Dir::State::lists "${bed.root}/apt/lists";
Dir::Cache::pkgcache "${bed.root}/apt/pkgcache.bin";
Dir::Cache::srcpkgcache "";
Dir::Etc::sourcelist "${bed.work}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::netrc "/dev/null";
Dir::Etc::netrcparts "/dev/null";
Debug::NoLocking "true";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::GzipIndexes "false";
Acquire::http::Proxy::127.0.0.1 "DIRECT";
Acquire::http::Proxy::127.0.0.2 "DIRECT";
Acquire::Retries "0";
${more}`;
}
