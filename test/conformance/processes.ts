import { readdirSync, readFileSync } from "node:fs";

/** Process ids on this machine whose command line and environment together hold all these texts. */
export function processesWith(...texts: readonly string[]): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && texts.every((text) => described(pid).includes(text)));
}

function described(pid: number): string {
  try {
    return ["cmdline", "environ"].map((file) => readFileSync(`/proc/${pid}/${file}`, "latin1")).join("\n");
  } catch {
    // It ended meanwhile, or is another user's.
    return "";
  }
}
