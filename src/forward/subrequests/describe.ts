import type { Result } from "../../gateway/messages.ts";
import { readAnswer, writeAnswer } from "./answer.ts";
import { expandRequest } from "./expand.ts";
import { table } from "./table.ts";

/** A request that a frontend answers (BuildKit frontend/subrequests/types.go). */
interface Described {
  name: string;
  version: string;
  description: string;
}

/** What the Dockerfile frontend answers, and ours beside it. */
export function withOurRequests(result: Result): Result {
  const requests = [...readAnswer<Described[]>(result), expandRequest];
  const rows = requests.map((one) => [one.name.replace(/^frontend\./, ""), one.version, one.description]);
  return writeAnswer(result, requests, table([["NAME", "VERSION", "DESCRIPTION"], ...rows], 1));
}
