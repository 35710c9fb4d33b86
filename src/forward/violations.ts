/** What an error under `# check=error=true` begins with; rules follow, with commas between them. */
export const violations = "lint violation found for rules: ";

/**
 * Why a build fails under `# check=error=true` (BuildKit frontend/dockerfile/linter/linter.go, Error), told of the user's lines only: of the rules that BuildKit
 * names, those that `broken` names. Undefined when it names none of them, which is no failure. Another message stays as it is.
 */
export function ownViolations(message: string, broken: ReadonlySet<string>): string | undefined {
  if (!isViolation(message)) return message;
  const rules = message.slice(violations.length).split(", ");
  const own = rules.filter((rule) => broken.has(rule));
  return own.length === 0 ? undefined : violations + own.join(", ");
}

/** True for the error that names broken rules. */
export function isViolation(message: string): boolean {
  return message.startsWith(violations);
}
