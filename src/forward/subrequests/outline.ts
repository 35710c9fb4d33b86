import type { Result } from "../../gateway/messages.ts";
import type { Translation } from "../remap.ts";
import { type AnswerLocation, isGenerated, mapLocation, mapSources, readAnswer, writeAnswer } from "./answer.ts";
import { table } from "./table.ts";

interface Entry {
  name?: string;
  value?: string;
  description?: string;
  required?: boolean;
  location?: AnswerLocation;
}

/** The answer to `frontend.outline` (BuildKit frontend/subrequests/outline/outline.go). */
interface Outline {
  name?: string;
  description?: string;
  args?: Entry[];
  secrets?: Entry[];
  ssh?: Entry[];
  cache?: Entry[];
  sources?: string[];
}

/** The parameters of the user's build in the user's lines; what only generated stages take is not the user's to give. */
export function mapOutline(result: Result, translation: Translation): Result {
  const outline = readAnswer<Outline>(result);
  const own = (entries: Entry[] | undefined) =>
    entries
      ?.filter((entry) => !isGenerated(entry.location, translation))
      .map((entry) => ({
        ...entry,
        ...(entry.location ? { location: mapLocation(entry.location, translation) } : {}),
      }));
  const mapped: Outline = {
    ...outline,
    ...withEntries("args", own(outline.args)),
    ...withEntries("secrets", own(outline.secrets)),
    ...withEntries("ssh", own(outline.ssh)),
    ...withEntries("cache", own(outline.cache)),
    sources: mapSources(outline.sources, translation),
  };
  return writeAnswer(result, mapped, outlineText(mapped));
}

function withEntries(name: string, entries: Entry[] | undefined): Partial<Outline> {
  return entries ? { [name]: entries } : {};
}

function outlineText({ name, description, args, secrets, ssh }: Outline): string {
  const head = [["TARGET:", name || "(default)"], ...(description ? [["DESCRIPTION:", description]] : [])];
  const needed = (title: string, entries: Entry[] | undefined) =>
    entries?.length
      ? `${table([[title, "REQUIRED"], ...entries.map((one) => [one.name ?? "", one.required ? "true" : ""])], 3)}\n`
      : "";
  const rows = (args ?? []).map((one) => [one.name ?? "", one.value ?? "", one.description ?? ""]);
  return [
    name || description ? `${table(head, 1)}\n` : "",
    rows.length > 0 ? `${table([["BUILD ARG", "VALUE", "DESCRIPTION"], ...rows], 3)}\n` : "",
    needed("SECRET", secrets),
    needed("SSH", ssh),
  ].join("");
}
