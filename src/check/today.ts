import { failure } from "../diagnostic.ts";

/** The build argument that puts another day in the place of the clock's. */
const argument = "DHI_TODAY";

/**
 * The day for which ends of life count: what DHI_TODAY says, else the clock's, in UTC. Throws DhiToday for a text that is no day.
 */
export function todayOf(buildArgs: Readonly<Record<string, string>>, clock: Date): string {
  const given = Object.hasOwn(buildArgs, argument) ? buildArgs[argument] : undefined;
  return given === undefined || given === "" ? clock.toISOString().slice(0, 10) : dayOf(given);
}

/** Takes `2026-11-22`; throws DhiToday for anything else. */
export function dayOf(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // A day that a month does not have (2026-02-30) comes back as another one.
  if (!Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text) return text;
  throw failure("DhiToday", undefined, `\`${text}\` is no day`, "write it as year, month and day: 2026-11-22");
}
