import { readdirSync, readFileSync, statSync } from "node:fs";

/** When a process began, in clock ticks since boot; undefined when it is gone or a zombie (proc_pid_stat(5), fields 3 and 22). */
export function startTime(pid: number): string | undefined {
  const fields = statFields(pid);
  return fields === undefined || fields[0] === "Z" ? undefined : fields[19];
}

/** The processes that see `folder` as `/engine` in a root of their own, and all their descendants: a daemon and what it started. */
export function processesSeeing(folder: string): number[] {
  const all = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0);
  const parents = new Map(all.map((pid) => [pid, Number(statFields(pid)?.[1] ?? 0)]));
  const own = identity(folder);
  const seeing = new Set(all.filter((pid) => own !== undefined && identity(`/proc/${pid}/root/engine`) === own));
  const belongs = (pid: number): boolean => seeing.has(pid) || (pid > 1 && belongs(parents.get(pid) ?? 0));
  return all.filter(belongs);
}

/** Ends a process at once; none there is fine. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

/** The fields of /proc/<pid>/stat from the third on; the second, the name, may hold blanks and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return undefined;
  }
}

function identity(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
