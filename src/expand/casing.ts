import { isDirective } from "../directives/index.ts";
import type { ParsedFile } from "../model.ts";

/**
 * Writes generated instructions in the case that most of the user's have: BuildKit's check counts all of them together, and would find fault
 * with the user's lower-case lines among our upper-case ones (frontend/dockerfile/dockerfile2llb/validations.go, validateCommandCasing).
 */
export function casing(file: ParsedFile): (text: string) => string {
  const words = file.instructions
    .filter((one) => !isDirective(one.keyword))
    .map((one) => /^\S*/.exec(one.text)?.[0] ?? "");
  const lower = words.filter((word) => word === word.toLowerCase()).length;
  const upper = words.filter((word) => word === word.toUpperCase()).length;
  return lower > upper ? lowered : (text) => text;
}

/** Instructions begin a line, and nothing else does: continued lines are indented, and scripts stand between heredoc marks. */
function lowered(text: string): string {
  const [head = text, ...bodies] = text.split(/(?<=^COPY <<'DHI_EOF' .*\n)/m);
  const rest = bodies.map((body) => {
    const end = body.indexOf("\nDHI_EOF\n");
    return end === -1 ? instructions(body) : body.slice(0, end + 1) + instructions(body.slice(end + 1));
  });
  return instructions(head) + rest.join("");
}

function instructions(text: string): string {
  return text
    .replace(/^(FROM|ARG|USER|SHELL|RUN|COPY)\b/gm, (word) => word.toLowerCase())
    .replace(/^(from .*) AS /gm, "$1 as ");
}
