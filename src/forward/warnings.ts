import type { Gateway } from "../gateway/client.ts";
import { head } from "../gateway/definition.ts";
import { isOurs } from "../print/source-map.ts";
import { type LintReport, ownWarnings } from "./lint.ts";
import { mapRanges, type Translation } from "./remap.ts";

/** Sends the warnings that concern the user's lines. */
export async function sendWarnings(gateway: Gateway, report: LintReport, translation: Translation): Promise<void> {
  const { user, definition, printed } = translation;
  for (const warning of ownWarnings(report, printed)) {
    const ranges = (warning.location?.ranges ?? []).filter((range) => !isOurs(printed.map[range.start.line - 1]));
    const mapped = mapRanges(ranges, printed.map);
    const line = mapped[0] ? ` (line ${mapped[0].start.line})` : "";
    await gateway.warn({
      digest: head(definition),
      short: `${warning.ruleName}: ${warning.detail ?? ""}${line}`,
      detail: warning.description ? [warning.description] : [],
      url: warning.url ?? "",
      info: { filename: user.name, data: user.bytes, definition, language: "Dockerfile" },
      ranges: mapped,
    });
  }
}
