import { type Diagnostic, DiagnosticError, sentence } from "../diagnostic.ts";
import { decodeSourceDetail, encodeSourceDetail, GatewayError, sourceDetailType } from "../gateway/error.ts";
import type { Status } from "../gateway/messages.ts";
import type { LineOrigin, SourceFile } from "../model.ts";
import { userSpans } from "../print/source-map.ts";
import { isPrinted, mapRanges, rangeOf, type Translation } from "./remap.ts";

// grpc's code UNKNOWN: buildx prints the message as it is, without a code's name before it.
const plain = 2;

/** An error of ours as BuildKit carries it: buildx prints each diagnostic's snippet with `>>>`, then the message. */
export function diagnosticStatus(error: DiagnosticError, user: SourceFile | undefined): Status {
  const details = error.diagnostics.flatMap((diagnostic) => (user ? snippet(diagnostic, user) : []));
  return { code: plain, message: error.diagnostics.map(sentence).join("\n"), details };
}

/** An error of the Dockerfile frontend, in the user's file and lines; each printed file that may be meant has its translation. */
export function remapStatus(error: GatewayError, translations: readonly Translation[]): Status {
  let meant = translations[0];
  const details = error.details.map((detail) => {
    const source = detail.typeUrl === sourceDetailType ? decodeSourceDetail(detail.value) : undefined;
    const translation = source && translations.find(({ printed }) => isPrinted(source.info.data, printed));
    if (!source || !translation) return detail;
    meant = translation;
    source.info.filename = translation.user.name;
    source.info.data = translation.user.bytes;
    return encodeSourceDetail({ ...source, ranges: mapRanges(source.ranges, translation.printed.map) });
  });
  return {
    code: error.code,
    message: meant ? mapLineNumbers(error.message, meant.printed.map) : error.message,
    details,
  };
}

/** Any thrown value as a status. */
export function statusOf(error: unknown, user: SourceFile | undefined, translations: readonly Translation[]): Status {
  if (error instanceof DiagnosticError) return diagnosticStatus(error, user);
  if (error instanceof GatewayError) return remapStatus(error, translations);
  return {
    code: plain,
    message: `dhi-frontend: ${error instanceof Error ? error.message : String(error)}`,
    details: [],
  };
}

function snippet(diagnostic: Diagnostic, user: SourceFile): Status["details"] {
  if (!diagnostic.span) return [];
  return [
    encodeSourceDetail({
      info: { filename: user.name, data: user.bytes, language: "Dockerfile" },
      ranges: [rangeOf(diagnostic.span)],
    }),
  ];
}

/**
 * A message with the user's line numbers: BuildKit's parser puts numbers into the text itself, `dockerfile parse error on line 12: ...`
 * (frontend/dockerfile/parser/parser.go).
 */
export function mapLineNumbers(message: string, map: readonly LineOrigin[]): string {
  return message.replace(
    /\bdockerfile parse error on lines? (\d+)(?:-(\d+))?/g,
    (whole, first: string, last?: string) => {
      const spans = userSpans(map, Number(first), Number(last ?? first));
      const from = spans[0]?.start.line;
      const to = spans.at(-1)?.end.line;
      if (from === undefined || to === undefined) return whole;
      return from === to ? `dockerfile parse error on line ${from}` : `dockerfile parse error on lines ${from}-${to}`;
    },
  );
}
