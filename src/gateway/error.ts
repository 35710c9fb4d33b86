import type { Range, Status } from "./messages.ts";

/** gRPC status codes that mean something to this frontend (google.golang.org/grpc/codes). */
export const code = { unknown: 2, notFound: 5, unimplemented: 12, internal: 13, unavailable: 14 } as const;

/** A call that BuildKit answered with an error, or that could not be made. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: number;
  readonly details: Status["details"];

  constructor(status: Status) {
    super(status.message);
    this.code = status.code;
    this.details = status.details;
  }

  /** The error in the form that Return takes. */
  get status(): Status {
    return { code: this.code, message: this.message, details: this.details };
  }
}

/**
 * True when a file or folder that was read is not there. BuildKit sends Go's text of the system error with code 2
 * (cache/util/fsutil.go wraps os.Open and os.Lstat), newer versions may send code 5.
 */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof GatewayError &&
    (error.code === code.notFound ||
      /no such file or directory|file does not exist|not a directory/.test(error.message))
  );
}

const unsupported = /^github\.com\/moby\/buildkit\/errdefs\.(Subrequest|FrontendCap)\+json$/;

/**
 * True when BuildKit or the inner frontend does not know a request, as BuildKit 0.13 does not know `frontend.lint`. A
 * nested solve loses the code and keeps the detail (BuildKit frontend/gateway/errdefs, solver/errdefs).
 */
export function isUnimplemented(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return false;
  return error.code === code.unimplemented || error.details.some(({ typeUrl }) => unsupported.test(typeUrl));
}

/** Type of the error detail that points into a file (BuildKit solver/errdefs/source.go). */
export const sourceDetailType = "github.com/moby/buildkit/errdefs.Source+json";

/** A place in a file that an error is about; buildx prints the lines with `>>>` before them. */
export interface SourceDetail {
  info: { filename: string; data: Uint8Array; language?: string; definition?: unknown };
  ranges: Range[];
}

/** The same as Go's encoding/json writes it: bytes in base64, zero values left out. */
interface SourceJson {
  info?: { filename?: string; data?: string };
  ranges?: { start?: Partial<Range["start"]>; end?: Partial<Range["start"]> }[];
}

/** Reads the value of a source detail; undefined when it is not one. Members that are not named here go along. */
export function decodeSourceDetail(value: Uint8Array): SourceDetail | undefined {
  try {
    const json: SourceJson = JSON.parse(new TextDecoder().decode(value));
    const info = json.info ?? {};
    return {
      ...json,
      info: { ...info, filename: info.filename ?? "", data: Buffer.from(info.data ?? "", "base64") },
      ranges: (json.ranges ?? []).map(({ start, end }) => ({ start: position(start), end: position(end) })),
    };
  } catch {
    return undefined;
  }
}

function position(value: Partial<Range["start"]> = {}): Range["start"] {
  return { line: value.line ?? 0, character: value.character ?? 0 };
}

/** Writes a source detail as an error detail. */
export function encodeSourceDetail(detail: SourceDetail): Status["details"][number] {
  const info = { ...detail.info, data: Buffer.from(detail.info.data).toString("base64") };
  return { typeUrl: sourceDetailType, value: new TextEncoder().encode(JSON.stringify({ ...detail, info })) };
}
