import { connect } from "./gateway/client.ts";
import { serve } from "./serve.ts";

export { warmUp } from "./warm-up.ts";

/** What the frontend image runs: a build at standard input and output. */
export function main(): Promise<void> {
  return serve(connect(), process.env);
}
