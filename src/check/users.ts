import type { ImageFacts } from "../model.ts";
import type { Step, UserState } from "./stage-view.ts";

/** The user that an image runs as; undefined when nothing tells. */
export function userOfBase(base: ImageFacts): UserState | undefined {
  if (base.user === undefined) return undefined;
  return userState(base.user, base);
}

/** The user that a USER line sets. */
export function userOf(step: Step, base: ImageFacts | undefined): UserState {
  const value = step.value(step.command.rest);
  if (value === undefined || value === "") return { text: value ?? step.command.rest, root: undefined, step };
  return { ...userState(value, base), step };
}

/** A name other than root's counts as another user: no hardened image gives number 0 a second name. */
function userState(text: string, base: ImageFacts | undefined): UserState {
  const [name = "", group] = text.split(":");
  const own = base?.user?.split(":")[0] === name;
  const number = (value: string | undefined, known: number | undefined) => {
    if (value !== undefined && /^\d+$/.test(value)) return Number(value);
    return value === "root" ? 0 : known;
  };
  const uid = number(name, own ? base?.uid : undefined);
  const gid = group === undefined ? (own ? base?.gid : uid === 0 ? 0 : undefined) : number(group, undefined);
  return {
    text,
    root: uid === undefined ? (name === "" ? undefined : false) : uid === 0,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  };
}
