import type { Lab } from "./lab.ts";

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
