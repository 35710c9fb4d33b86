import { failure } from "../diagnostic.ts";
import type { Argument } from "./directive.ts";

/**
 * A time as snapshot archives name it, `20260801T000000Z`, from that form, from a date or from RFC 3339 in UTC.
 * Throws DhiSnapshot for any other text and for a time that no calendar has.
 */
export function snapshotTime(argument: Argument): string {
  const { value, span } = argument;
  const [, year, month, day, hour = "00", minute = "00", second = "00"] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value) ??
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)Z)?$/.exec(value) ??
    [];
  const forms = "write a time in UTC as 20260801T000000Z, 2026-08-01 or 2026-08-01T00:00:00Z";
  if (year === undefined) throw failure("DhiSnapshot", span, `\`${value}\` is no time of a snapshot`, forms);
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = new Date(written);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== written) {
    throw failure("DhiSnapshot", span, `there is no such time as \`${value}\``, forms);
  }
  return `${year}${month}${day}T${hour}${minute}${second}Z`;
}

/**
 * A pattern for the absolute paths of a package's files. It goes to a shell in single quotes, so it may hold nothing but the characters of
 * such patterns. Throws DhiFilePattern.
 */
export function filePattern({ value, span }: Argument): string {
  const refuse = (problem: string, advice: string) =>
    failure("DhiFilePattern", span, `\`${value}\` ${problem}`, advice);
  const odd = /[^A-Za-z0-9._+/@*?[\]{},-]/.exec(value)?.[0];
  if (odd !== undefined) {
    throw refuse(
      `is no pattern for files: it holds \`${odd}\``,
      "a pattern has letters, digits and . _ + / @ - , and the signs * ? [ ] { } with their meaning in a shell",
    );
  }
  if (!balanced(value)) throw refuse("is no pattern for files: a bracket has no partner", "close it, or leave it out");
  if (!/^[/*?[{]/.test(value)) {
    throw refuse(
      "can match no file: patterns are compared with whole paths, which begin with /",
      `write /${value.replace(/^[.]\//, "")}, or */${value.replace(/^[.]\//, "")} for any folder`,
    );
  }
  return value;
}

/** Brackets do not nest in patterns, and braces are not expanded inside brackets. */
function balanced(pattern: string): boolean {
  const outside = pattern.replace(/\[[^[\]]+\]/g, "");
  if (/[[\]]/.test(outside)) return false;
  let depth = 0;
  for (const character of outside) {
    if (character === "{") depth++;
    else if (character === "}" && depth-- === 0) return false;
  }
  return depth === 0;
}
