import { setImmediate } from "node:timers/promises";
import type { Checked } from "../check/check.ts";
import type { Finding } from "../check/rule.ts";
import { rules } from "../check/rules/index.ts";
import { DiagnosticError, failure } from "../diagnostic.ts";
import type { Gateway } from "../gateway/client.ts";
import { head } from "../gateway/definition.ts";
import { GatewayError } from "../gateway/error.ts";
import type { Definition, Result } from "../gateway/messages.ts";
import type { SourceFile } from "../model.ts";
import { rangeOf } from "./remap.ts";
import { settled } from "./settled.ts";
import { lintRequest, withFindings } from "./subrequests/findings.ts";
import { isViolation, violations } from "./violations.ts";

/** A file that can be checked, as it was read. */
export interface CheckedFile {
  readonly source: SourceFile;
  /** The LLB that it was read with. */
  readonly definition: Definition;
  check(): Promise<Checked>;
  /** Where the page of `{rule}` is; empty when nowhere. */
  readonly rulesUrl: string;
}

/** True when what is asked for tells findings: a build, or its check. */
function tellsFindings(request: string | undefined): boolean {
  return request === undefined || request === lintRequest;
}

/**
 * Forwards a request, and tells the findings about its file: in a build as warnings, in a check beside those of the Dockerfile frontend. Under
 * `# check=error=true` they fail the build, in one error with the rules that the Dockerfile frontend names.
 */
export async function tellingFindings(
  gateway: Gateway,
  request: string | undefined,
  file: CheckedFile,
  forward: () => Promise<Result>,
): Promise<Result> {
  if (!tellsFindings(request)) return forward();
  const running = settled(forward());
  // BuildKit can begin while the rules are asked.
  await setImmediate();
  const checked = await file.check();
  if (request === undefined) await send(gateway, checked.findings, file);
  const broken = brokenRules(checked);
  const done = await running;
  if ("error" in done) throw withRules(done.error, broken);
  if (request !== undefined) return withFindings(done.value, checked.findings, broken, file);
  if (broken.length > 0) throw failure("DhiCheck", undefined, violations + broken.join(", "));
  return done.value;
}

/** What a finding says, in one line. */
export function detailOf({ message, suggestion }: Finding): string {
  return suggestion === undefined ? message : `${message}; ${suggestion}`;
}

/** What a rule is about, for those who ask for more. */
export function descriptionOf({ rule }: Finding): string {
  const summary = rules.find(({ name }) => name === rule)?.summary ?? "";
  return summary.charAt(0).toUpperCase() + summary.slice(1);
}

/** The address of a rule's page; empty when it is published nowhere. */
export function pageOf({ rule }: Finding, rulesUrl: string): string {
  return rulesUrl.replaceAll("{rule}", encodeURIComponent(rule));
}

async function send(gateway: Gateway, findings: readonly Finding[], { source, definition, rulesUrl }: CheckedFile) {
  for (const finding of findings) {
    const range = rangeOf(finding.span);
    await gateway.warn({
      digest: head(definition),
      short: `${finding.rule}: ${detailOf(finding)} (line ${range.start.line})`,
      detail: [descriptionOf(finding)],
      url: pageOf(finding, rulesUrl),
      info: { filename: source.name, data: source.bytes, definition, language: "Dockerfile" },
      ranges: [range],
    });
  }
}

/** The rules that fail a build, each once: what is only worth knowing never does. */
function brokenRules({ findings, settings }: Checked): string[] {
  if (!settings.error) return [];
  const names = findings.flatMap(({ rule, severity }) => (severity === "info" ? [] : [rule]));
  return [...new Set(names)].sort();
}

/** The error of a build with our rules behind the Dockerfile frontend's; any other error as it is. */
function withRules(error: unknown, broken: readonly string[]): unknown {
  if (broken.length === 0) return error;
  const more = (message: string) => (isViolation(message) ? `${message}, ${broken.join(", ")}` : message);
  if (error instanceof GatewayError) return new GatewayError({ ...error.status, message: more(error.status.message) });
  if (!(error instanceof DiagnosticError)) return error;
  return new DiagnosticError(error.diagnostics.map((one) => ({ ...one, problem: more(one.problem) })));
}
