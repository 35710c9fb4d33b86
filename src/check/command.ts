import { type Diagnostic, DiagnosticError } from "../diagnostic.ts";
import type { Source, SourceFile } from "../model.ts";
import { renderDiagnostics } from "../print/terminal.ts";
import { readFromDisk } from "../read/from-disk.ts";
import type { CheckOptions } from "./check.ts";
import { type FileFindings, fileFindings } from "./file-findings.ts";
import { mend, replaceFile } from "./fix-file.ts";
import { githubText } from "./output/github.ts";
import { jsonText } from "./output/json.ts";
import { listJson, listText } from "./output/list.ts";
import { fixedText, prettyText, summaryText } from "./output/pretty.ts";
import { sarifText } from "./output/sarif.ts";
import { type CheckRequest, checkHelp, readRequest, type Surroundings } from "./request.ts";
import { rules } from "./rules/index.ts";

const fine = 0;
const found = 1;
const cannot = 2;

/** What the command asks of the program that it is part of. */
export interface CheckHost extends Surroundings {
  /** The mistakes in a file's directives. */
  problems(source: SourceFile, options: CheckOptions): Promise<readonly Diagnostic[]>;
  /** Says what is wrong with the command line; returns the exit code. */
  usage(problem: string): number;
}

/** Runs `check` with its words; returns the exit code. */
export async function checkCommand(words: readonly string[], host: CheckHost): Promise<number> {
  let request: CheckRequest;
  try {
    request = readRequest(words, host);
  } catch (error) {
    return host.usage(error instanceof Error ? error.message : String(error));
  }
  if (request.show === "help") return say(checkHelp);
  if (request.show === "list") return say(request.form === "json" ? listJson(rules) : listText(rules));
  try {
    const sources: Source[] = [];
    for (const name of request.files) sources.push(await readFromDisk(name));
    const files: FileFindings[] = [];
    for (const source of sources) files.push(await look(source, request, host));
    tell(files, request);
    return files.some(({ findings }) => findings.some(({ severity }) => severity !== "info")) ? found : fine;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    process.stderr.write(renderDiagnostics(undefined, error.diagnostics, false));
    return cannot;
  }
}

function say(text: string): number {
  process.stdout.write(text);
  return fine;
}

/** What there is to tell of a file; with `--fix`, after it is changed. */
async function look(source: Source, { options, fix }: CheckRequest, host: CheckHost): Promise<FileFindings> {
  const findingsOf = async (file: SourceFile) => fileFindings(file, options, await host.problems(file, options));
  if (!fix) return findingsOf(source);
  const { made, left } = await mend(source, findingsOf);
  if (source.name === standardInput) process.stdout.write(left.source.bytes);
  else if (made.length > 0) await replaceFile(source, left.source.bytes);
  process.stderr.write(fixedText(source, made));
  return left;
}

/** What a file from standard input is called (read/from-disk.ts). */
const standardInput = "<stdin>";

function tell(files: readonly FileFindings[], { form, fix }: CheckRequest): void {
  for (const note of new Set(files.flatMap(({ notes }) => notes))) process.stderr.write(`${note}\n`);
  if (form === "json") process.stdout.write(jsonText(files));
  else if (form === "sarif") process.stdout.write(sarifText(files, rules));
  else {
    // A changed file has standard output for itself.
    const out = fix && files.some(({ source }) => source.name === standardInput) ? process.stderr : process.stdout;
    const colours = out.isTTY === true && !process.env.NO_COLOR;
    for (const file of files) out.write(prettyText(file, colours));
    out.write(summaryText(files));
    if (process.env.GITHUB_ACTIONS === "true") out.write(githubText(files));
  }
}
