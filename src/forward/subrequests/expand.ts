import type { Result } from "../../gateway/messages.ts";
import type { Printed } from "../../model.ts";
import { writeAnswer } from "./answer.ts";

/** Our own request: `docker buildx build --call=dhi.expand .` */
export const expandRequest = {
  name: "frontend.dhi.expand",
  version: "1.0.0",
  type: "rpc",
  description: "Print the Dockerfile with directives expanded",
  opts: [{ name: "target", description: "Target build stage" }],
  inputs: null,
  metadata: [{ name: "result.json" }, { name: "result.txt" }],
  refs: null,
};

/** True for the request's id. buildx puts `frontend.` before what `--call` names, also when it stands there already. */
export function asksForExpansion(id: string | undefined): boolean {
  return id?.replace(/^(?:frontend\.)+/, "frontend.") === expandRequest.name;
}

/** The expanded file as text, and as JSON with the user's lines behind each of its lines. */
export function expandAnswer(printed: Printed): Result {
  const lines = printed.map.map(({ spans, generated, label }) => ({
    lines: spans.map((span) => span.start.line),
    generated,
    ...(label === undefined ? {} : { label }),
  }));
  const result: Result = { metadata: { version: new TextEncoder().encode(expandRequest.version) }, attestations: {} };
  return writeAnswer(result, { dockerfile: printed.text, map: lines }, printed.text);
}
