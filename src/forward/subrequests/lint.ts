import type { Result } from "../../gateway/messages.ts";
import type { SourceFile } from "../../model.ts";
import { mapLineNumbers } from "../errors.ts";
import type { Translation } from "../remap.ts";
import { ownViolations } from "../violations.ts";
import { type AnswerLocation, definitionJson, isGenerated, mapLocation, readAnswer, writeAnswer } from "./answer.ts";
import { snippet } from "./snippet.ts";

/** One broken rule. */
export interface LintWarning {
  ruleName: string;
  description?: string;
  url?: string;
  detail?: string;
  location?: AnswerLocation;
}

/** The answer to `frontend.lint` (BuildKit frontend/subrequests/lint/lint.go). */
export interface LintResults {
  warnings: LintWarning[] | null;
  sources: { filename?: string; data?: string; definition?: object }[] | null;
  buildError?: BuildError | undefined;
}

/** Why the build would fail. */
interface BuildError {
  message: string;
  location: AnswerLocation;
}

/** The warnings about the user's lines, in the user's file. */
export function mapLint(result: Result, translation: Translation): Result {
  const lint = readAnswer<LintResults>(result);
  const { printed, user, definition } = translation;
  const ours = Buffer.from(printed.bytes).toString("base64");
  const data = Buffer.from(user.bytes).toString("base64");
  const warnings = (lint.warnings ?? [])
    .filter((warning) => !isGenerated(warning.location, translation))
    .map((warning) =>
      warning.location ? { ...warning, location: mapLocation(warning.location, translation) } : warning,
    );
  const buildError = lint.buildError && mapBuildError(lint.buildError, warnings, translation);
  const mapped = {
    ...lint,
    warnings,
    sources: (lint.sources ?? []).map((source) =>
      source.data === ours ? { ...source, filename: user.name, data, definition: definitionJson(definition) } : source,
    ),
    buildError,
  };
  const failed = warnings.length > 0 || buildError !== undefined;
  setStatus(result, failed);
  return writeAnswer(result, mapped, lintText(warnings, user));
}

/** What the command that asked ends with. */
export function setStatus(result: Result, failed: boolean): void {
  result.metadata["result.statuscode"] = new TextEncoder().encode(failed ? "1" : "0");
}

/** The warnings as text, in the order of the file. */
export function lintText(warnings: readonly LintWarning[], user: SourceFile): string {
  const lineOf = ({ location }: LintWarning) => location?.ranges?.[0]?.start?.line ?? 0;
  const sorted = warnings.toSorted((one, other) => lineOf(one) - lineOf(other));
  return sorted.map((warning) => warningText(warning, user)).join("");
}

function mapBuildError(
  error: BuildError,
  warnings: readonly LintWarning[],
  translation: Translation,
): BuildError | undefined {
  const message = ownViolations(error.message, new Set(warnings.map((warning) => warning.ruleName)));
  if (message === undefined) return undefined;
  return {
    message: mapLineNumbers(message, translation.printed.map),
    location: mapLocation(error.location, translation),
  };
}

function warningText({ ruleName, url, detail, location }: LintWarning, user: SourceFile): string {
  const lines = (location?.ranges ?? []).map((range) => [range.start?.line ?? 0, range.end?.line ?? 0] as const);
  return `\nWARNING: ${ruleName}${url ? ` - ${url}` : ""}\n${detail ?? ""}\n${snippet(user, lines)}`;
}
