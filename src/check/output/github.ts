import type { FileFindings } from "../file-findings.ts";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/** Findings as workflow commands, which GitHub shows at the lines of a pull request (docs.github.com, "Workflow commands": setting an error message). */
export function githubText(files: readonly FileFindings[]): string {
  return files
    .flatMap(({ source, findings }) =>
      findings.map(({ rule, severity, span, message, suggestion }) => {
        const place = `file=${property(source.name)},line=${span.start.line},endLine=${span.end.line}`;
        const text = suggestion === undefined ? message : `${message}; ${suggestion}`;
        return `::${commands[severity]} ${place},title=${property(rule)}::${data(text)}\n`;
      }),
    )
    .join("");
}

/** What a command's text must not hold as it is (actions/toolkit, packages/core/src/command.ts). */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
