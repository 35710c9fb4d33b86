import { failure } from "../diagnostic.ts";
import type { Argument } from "./directive.ts";

/** The package managers that can keep to an age. */
export const tools = ["npm", "pnpm", "yarn", "pip", "uv"] as const;
export type Tool = (typeof tools)[number];

/** A variable that a tool reads. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** False for a tool that refuses the variable when it is empty. */
  readonly canBeEmpty: boolean;
}

const forms = "write a number and h, d or w: 36h, 7d or 2w";
const mostHours = 10 * 365 * 24;

/** The hours of `36h`, `7d` or `2w`. Throws DhiDuration. */
export function ageOf({ value, span }: Argument): number {
  const [, digits, unit = ""] = /^([0-9]{1,6})([hdw])$/i.exec(value) ?? [];
  if (digits === undefined) throw failure("DhiDuration", span, `\`${value}\` is no duration`, forms);
  const hours = Number(digits) * ({ h: 1, d: 24, w: 7 * 24 }[unit.toLowerCase()] ?? 0);
  if (hours === 0) throw failure("DhiDuration", span, `\`${value}\` holds nothing back`, forms);
  if (hours > mostHours) throw failure("DhiDuration", span, `\`${value}\` is more than ten years`, forms);
  return hours;
}

/**
 * The variables that make a tool keep to an age. npm counts days, also parts of one (@npmcli/config, definitions.js); pnpm counts minutes and reads
 * npm's prefix before version 11, its own from then on; yarn counts minutes; pip knows whole days only (ISO 8601, `P7D`); uv knows hours, too.
 */
export function settingsOf(tool: Tool, hours: number): Setting[] {
  const setting = (name: string, value: number | string, canBeEmpty = true) => ({
    name,
    value: `${value}`,
    canBeEmpty,
  });
  const minutes = hours * 60;
  switch (tool) {
    case "npm":
      return [setting("NPM_CONFIG_MIN_RELEASE_AGE", Math.ceil((hours / 24) * 10_000) / 10_000)];
    case "pnpm":
      return [setting("NPM_CONFIG_MINIMUM_RELEASE_AGE", minutes), setting("PNPM_CONFIG_MINIMUM_RELEASE_AGE", minutes)];
    case "yarn":
      return [setting("YARN_NPM_MINIMAL_AGE_GATE", minutes, false)];
    case "pip":
      return [setting("PIP_UPLOADED_PRIOR_TO", `P${Math.ceil(hours / 24)}D`)];
    case "uv":
      return [setting("UV_EXCLUDE_NEWER", hours % 24 === 0 ? `P${hours / 24}D` : `PT${hours}H`, false)];
  }
}
