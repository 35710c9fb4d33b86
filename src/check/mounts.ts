import type { Step } from "./stage-view.ts";

/** Folders in which a mount can put a shell where the shell form looks for it. */
const shellFolders = /^\/?(?:(?:usr\/)?bin(?:\/sh)?|usr)?\/?$/;

/** True when a mount of a RUN may bring a shell for its time. A mount that can't be read may, too. */
export function lendsShell(step: Step): boolean {
  return step.command.flags.some(({ name, value }) => {
    if (name !== "mount" || value === undefined) return false;
    const fields = new Map(
      value.split(",").map((field) => {
        const equals = field.indexOf("=");
        return equals === -1 ? [field, ""] : [field.slice(0, equals).toLowerCase(), field.slice(equals + 1)];
      }),
    );
    const type = fields.get("type") ?? "bind";
    if (/["$]/.test(value)) return true;
    if (type !== "bind" && type !== "cache") return false;
    return shellFolders.test(fields.get("target") ?? fields.get("dst") ?? fields.get("destination") ?? "");
  });
}

/** True when a mount of a RUN may bring programs for its time: any that shows files of an image, a stage or the context. */
export function bringsPrograms(step: Step): boolean {
  return step.command.flags.some(
    ({ name, value }) => name === "mount" && !/(?:^|,)type=(?:cache|secret|ssh|tmpfs)(?:,|$)/i.test(value ?? ""),
  );
}
