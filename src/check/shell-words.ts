/** A simple command of a shell line: its words, and where it stands in the text that was read. */
export interface SimpleCommand {
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

const keywords: ReadonlySet<string> = new Set(
  "! { } ( ) if then else elif fi do done while until for case esac in function time exec command".split(" "),
);

/**
 * The simple commands of a shell text, as far as they can be told by their looks: cut at `&&`, `||`, `|`, `;`, `&` and line ends, assignments and keywords
 * before the first word skipped. A text with substitutions, subshells or heredocs keeps what stands before them: nothing is guessed.
 */
export function simpleCommands(text: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  const clever = /`|\$\(|<<|\bcase\b|\(\)/.exec(text);
  const end = clever ? clever.index : text.length;
  let start = 0;
  const take = (stop: number) => {
    const words = wordsOf(text.slice(start, stop));
    if (words.length > 0)
      commands.push({ words, start: start + (/\S/.exec(text.slice(start))?.index ?? 0), end: stop });
  };
  for (let at = 0; at < end; at++) {
    const character = text.charAt(at);
    if (character === "\\") at++;
    else if (character === "'" || character === '"') {
      at = closing(text, at);
      if (at === -1) return commands;
    } else if (/[;&|\n()]/.test(character)) {
      take(at);
      while (/[;&|\n()]/.test(text.charAt(at + 1))) at++;
      start = at + 1;
    }
  }
  // What a clever part begins in is not known well enough.
  if (!clever) take(text.length);
  return commands;
}

function closing(text: string, open: number): number {
  const quote = text.charAt(open);
  for (let at = open + 1; at < text.length; at++) {
    if (quote === '"' && text.charAt(at) === "\\") at++;
    else if (text.charAt(at) === quote) return at;
  }
  return -1;
}

function wordsOf(text: string): string[] {
  const words = text.match(/(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s\\'"])+/gs) ?? [];
  const first = words.findIndex((word) => !keywords.has(word) && !/^\w+=/.test(word));
  return first === -1 ? [] : words.slice(first);
}

/**
 * The words of a shell line that means the same without a shell: one command of plain words, quotes allowed, without variables, patterns, redirections,
 * assignments or the shell's own commands. Undefined when it needs a shell.
 */
export function plainWords(text: string): string[] | undefined {
  if (/[\n\r]/.test(text)) return undefined;
  const words = wholeLine.test(text.trim()) ? (text.trim().match(word) ?? []) : [];
  const plain = words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
  const own = plain[0] === "exec" ? plain.slice(1) : plain;
  const [program] = own;
  if (program === undefined || program === "" || /^\w+=/.test(program) || program.startsWith("-")) return undefined;
  return builtins.has(program) || keywords.has(program) ? undefined : own;
}

const word = /(?:"[^"$`\\]*"|'[^']*'|[\w./:=@,+%^-])+/g;
const wholeLine = new RegExp(`^(?:${word.source}(?:[ \\t]+|$))+$`);

const builtins: ReadonlySet<string> = new Set(
  ". : [ [[ alias bg break cd continue eval exit export fg getopts hash jobs local read readonly return set shift source test times trap type ulimit umask unalias unset wait".split(
    " ",
  ),
);

const harmless: ReadonlySet<string> = new Set(
  "mkdir chown chmod chgrp touch rm rmdir echo printf true cd set test [ sleep id ls cat".split(" "),
);

/** True when a RUN may put programs into the image: all but a few commands may. */
export function mayPlacePrograms(text: string): boolean {
  const commands = simpleCommands(text);
  if (commands.length === 0 || /[`<(]/.test(text) || />/.test(text)) return true;
  return commands.some(({ words }) => !harmless.has(words[0] ?? ""));
}

/** True when a RUN may put a shell into an image that has none. */
export function mayPlaceShell(text: string): boolean {
  return /<<|\b(?:sh|bash|dash|ash|busybox|ln|cp|mv|install|tar|rsync|apk|apt|apt-get|dpkg)\b/.test(text);
}
