import type { Span } from "../model.ts";
import { commandText } from "./command-text.ts";
import { mayPlacePrograms, simpleCommands } from "./shell-words.ts";
import type { Step } from "./stage-view.ts";

/** A program that an instruction calls. */
export interface Invocation {
  /** As it is named: `curl`, `/usr/bin/curl`. */
  readonly program: string;
  /** What follows its name, quotes kept in the shell form. */
  readonly words: readonly string[];
  readonly span: Span;
  /** True when the instruction fails if this call fails. */
  readonly decides: boolean;
  /** True when an earlier command of the same line may have brought the program. */
  readonly afterOthers: boolean;
  /** The line is given to a shell. */
  readonly shellForm: boolean;
}

/** Programs that start what follows their own flags. */
const wrappers: ReadonlySet<string> = new Set(["tini", "dumb-init", "catatonit"]);

const shells: ReadonlySet<string> = new Set(["sh", "ash", "bash", "dash"]);

/** A program's name without its folder. */
export function nameOf(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

/** True for a program that only starts another one. */
export function isWrapper(program: string): boolean {
  return wrappers.has(nameOf(program));
}

/**
 * The programs that an instruction calls, as far as they can be told for sure: of the exec form its first word, what an init program starts and
 * what stands behind `sh -c`; of the shell form and of heredocs the first words of simple commands. A line with conditions tells nothing.
 */
export function invocationsOf(step: Step): Invocation[] {
  const command = commandText(step);
  if (!command || step.keyword === "SHELL") return [];
  if (command.exec) return execInvocations(command.exec, step.span);
  const [body, ...more] = step.instruction.heredocs;
  if (body) {
    const alone = more.length === 0 && /^<<-?["']?\w+["']?$/.test(command.text);
    return step.keyword === "RUN" && alone ? bodyInvocations(body.body, step.span) : [];
  }
  return shellInvocations(command.text, (start, end) => step.part(command.start + start, command.start + end));
}

/** The programs that an array of words starts. */
export function execInvocations(words: readonly string[], span: Span): Invocation[] {
  const [program, ...rest] = words;
  if (program === undefined || program === "") return [];
  const own = { program, words: rest, span, decides: true, afterOthers: false, shellForm: false };
  if (shells.has(nameOf(program)) && /^-[a-z]*c$/.test(rest[0] ?? "")) {
    return [own, ...shellInvocations(rest[1] ?? "", () => span)];
  }
  if (!isWrapper(program)) return [own];
  const end = rest.indexOf("--");
  const flags = rest[0]?.startsWith("-") ?? false;
  if (end === -1 && flags) return [own];
  return [own, ...execInvocations(rest.slice(end + 1), span)];
}

/** The commands of a script, or what `env` looks up for it: DhiShellForm tells of an interpreter that is named by its path. */
function bodyInvocations(body: string, span: Span): Invocation[] {
  if (!body.startsWith("#!")) return shellInvocations(body, () => span);
  const [, program = ""] = /^#!\s*\S*\/env\s+(?:-\S+\s+)*([\w.+-]+)/.exec(body) ?? [];
  return execInvocations([program], span);
}

/** Commands that only ask, and words that make what follows depend on an answer. */
const asks = /(?:^|[\s;&|(!])(?:if|while|until|case|test|\[\[?|which|type|hash|command\s+-[vV])(?=\s|$)/;

function shellInvocations(text: string, place: (start: number, end: number) => Span): Invocation[] {
  const plain = text.replace(/(^|\s)#[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
  if (asks.test(plain) || hasFallback(plain)) return [];
  const strict = /^\s*set\s+-\w*e/.test(plain);
  const found: Invocation[] = [];
  let afterOthers = false;
  const commands = simpleCommands(plain);
  const lastOpen = commands.findLastIndex(({ end }) => !andFollows(plain, end));
  for (const [at, { words, start, end }] of commands.entries()) {
    const [program = "", ...rest] = words;
    const name = unquoted(program);
    // Where nothing but `&&` and `|| exit` joins it with those after it, its failure is the line's.
    const decides = strict ? !piped(plain, end) : at > lastOpen;
    found.push({
      program: name,
      words: rest,
      span: place(start, trimmed(plain, end)),
      decides,
      afterOthers,
      shellForm: true,
    });
    if (!neutral.has(name) && mayPlacePrograms(plain.slice(start, end))) afterOthers = true;
  }
  return found;
}

/** The shell's own commands that bring no file. */
const neutral: ReadonlySet<string> = new Set([
  ":",
  "exit",
  "export",
  "local",
  "readonly",
  "ulimit",
  "umask",
  "unset",
  "wait",
]);

/** True when a failing command is made up for: all but `|| exit 1` and its like. */
function hasFallback(text: string): boolean {
  return [...text.matchAll(/\|\|\s*[({]?\s*([^\s;&|)]*)/g)].some(([, word]) => word !== "exit" && word !== "false");
}

/** True when a command's output goes to another one, or when nobody waits for it. */
function piped(text: string, end: number): boolean {
  return matchesAt(/\s*(?:\|(?!\|)|&(?!&))/y, text, end);
}

/** True when `&&`, `||` or nothing follows a command. */
function andFollows(text: string, end: number): boolean {
  return matchesAt(/\s*(?:$|&&|\|\|)/y, text, end);
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function trimmed(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

function unquoted(word: string): string {
  return /^(["'])([\w./+-]+)\1$/.exec(word)?.[2] ?? word;
}
