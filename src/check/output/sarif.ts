import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Span } from "../../model.ts";
import type { FileFindings } from "../file-findings.ts";
import type { Finding, Rule } from "../rule.ts";

/** `note` is what SARIF calls news. */
const levels = { error: "error", warning: "warning", info: "note" } as const;

/** Findings as a SARIF 2.1.0 log with one run (OASIS sarif-v2.1.0, 3.13 to 3.58). Mistakes in directives are results whose rule the table does not list. */
export function sarifText(files: readonly FileFindings[], rules: readonly Rule[]): string {
  const indexes = new Map<string, number>(rules.map(({ name }, index) => [name, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "dhi-frontend", rules: rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        results: files.flatMap(({ source, findings }) =>
          findings.map((finding) => resultOf(finding, uriOf(source.name), indexes.get(finding.rule))),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor({ name, severity, summary, docs }: Rule) {
  return {
    id: name,
    shortDescription: { text: summary },
    help: { text: docs, markdown: docs },
    defaultConfiguration: { level: levels[severity] },
  };
}

function resultOf({ rule, severity, span, message, suggestion, fix }: Finding, uri: string, index: number | undefined) {
  const text = suggestion === undefined ? message : `${message}; ${suggestion}`;
  const artifactLocation = { uri };
  const replacements = (fix ?? []).map((edit) => ({
    deletedRegion: regionOf(edit.span),
    insertedContent: { text: edit.text },
  }));
  return {
    ruleId: rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: levels[severity],
    message: { text },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(span) } }],
    ...(replacements.length === 0
      ? {}
      : { fixes: [{ description: { text }, artifactChanges: [{ artifactLocation, replacements }] }] }),
  };
}

/** Lines and columns count from 1; the end's column is the one behind the last character. */
function regionOf({ start, end }: Span) {
  return { startLine: start.line, startColumn: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

/** A path as a URI reference: relative ones stay so. */
function uriOf(name: string): string {
  if (isAbsolute(name)) return pathToFileURL(name).href;
  return name.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
