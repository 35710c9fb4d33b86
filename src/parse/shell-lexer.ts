import { isSpace } from "./characters.ts";
import { longestValue, PatternError, replaced, withoutPrefix, withoutSuffix } from "./shell-pattern.ts";

/** How a text is read; all switches are off unless given (BuildKit frontend/dockerfile/shell/lex.go, type Lex). */
export interface LexerOptions {
  readonly escape: string;
  /** The value of a variable; undefined when it is not set. Without it no variable is set. */
  readonly lookup?: (name: string) => string | undefined;
  readonly keepQuotes?: boolean;
  readonly keepEscapes?: boolean;
  /** A variable that is not set stays as it is written instead of becoming nothing. */
  readonly keepUnset?: boolean;
}

/** A text with its variables replaced and quotes removed. */
export interface Lexed {
  readonly value: string;
  /** `value` split at white space that neither quotes nor the escape character protect. */
  readonly words: readonly string[];
  /** Names of variables that were asked for and have no value. */
  readonly unset: ReadonlySet<string>;
}

/** A text that BuildKit's lexer refuses; the message says what is wrong in it. */
export class LexError extends Error {}

/** Substitutions within substitutions; a limit keeps a hostile file from exhausting the stack. */
const depthLimit = 500;

const specialParameters = new Set(["@", "*", "#", "?", "-", "$", "!", "0"]);

/**
 * Reads a text as BuildKit's shell lexer does: quotes, the escape character, `$x`, `${x}` and its modifiers, `<<`.
 * Throws LexError. Source of every rule: BuildKit frontend/dockerfile/shell/lex.go.
 */
export function lex(text: string, options: LexerOptions): Lexed {
  const unset = new Set<string>();
  const lookup = (name: string): string | undefined => {
    const value = options.lookup?.(name);
    if (value === undefined) unset.add(name);
    return value;
  };
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let depth = 0;
  let keepEscapes = options.keepEscapes === true;
  // One buffer for the words of all levels, as in BuildKit: a substitution with a word in it takes away what stood before it.
  let buffer = "";

  function next(): string | undefined {
    const code = text.codePointAt(at);
    if (code === undefined) return undefined;
    const character = String.fromCodePoint(code);
    at += character.length;
    return character;
  }

  function read(stop: string | undefined, escapesKept: boolean): { readonly value: string; readonly words: string[] } {
    if (++depth > depthLimit) throw new LexError(`substitutions are nested more than ${depthLimit} deep`);
    const before = keepEscapes;
    keepEscapes = escapesKept;
    const words: string[] = [];
    let value = "";
    let inWord = false;
    const addRaw = (part: string) => {
      buffer += part;
      inWord = true;
    };
    const add = (character: string) => {
      if (!isSpace(character)) addRaw(character);
      else if (inWord && buffer !== "") {
        words.push(buffer);
        buffer = "";
        inWord = false;
      }
    };
    const finish = () => {
      if (buffer !== "") words.push(buffer);
      buffer = "";
      keepEscapes = before;
      depth--;
      return { value, words };
    };
    while (at < text.length) {
      const character = text.charAt(at);
      if (character === stop) {
        at++;
        return finish();
      }
      if (character === "$") {
        const part = dollar();
        value = grown(value, part);
        for (const one of part) add(one);
      } else if (character === "'" || character === '"' || character === "<") {
        const part = character === "'" ? singleQuoted() : character === '"' ? doubleQuoted() : lessThan();
        value += part;
        addRaw(part);
      } else if (character === options.escape) {
        at++;
        if (keepEscapes) {
          addRaw(character);
          value += character;
        }
        const escaped = next();
        if (escaped === undefined) break;
        addRaw(escaped);
        value += escaped;
      } else {
        const plain = next() ?? "";
        add(plain);
        value += plain;
      }
    }
    if (stop !== undefined) throw new LexError(`no matching ${stop} follows`);
    return finish();
  }

  function singleQuoted(): string {
    const end = text.indexOf("'", at + 1);
    if (end === -1) throw new LexError("a single quote is never closed");
    const content = options.keepQuotes ? text.slice(at, end + 1) : text.slice(at + 1, end);
    at = end + 1;
    return content;
  }

  function doubleQuoted(): string {
    const quote = options.keepQuotes ? '"' : "";
    let value = quote;
    at++;
    for (;;) {
      const character = text.charAt(at);
      if (character === "") throw new LexError("a double quote is never closed");
      if (character === '"') {
        at++;
        return value + quote;
      }
      if (character === "$") {
        value = grown(value, dollar());
        continue;
      }
      at++;
      if (character !== options.escape) {
        value += character;
        continue;
      }
      if (keepEscapes) value += character;
      const escaped = text.charAt(at);
      if (escaped === "") continue;
      const special = escaped === '"' || escaped === "$" || escaped === options.escape;
      if (special) at++;
      value += special ? escaped : character;
    }
  }

  /** `<<` keeps the white space behind it, so that `<< EOF` is one word. */
  function lessThan(): string {
    const start = at++;
    if (text.charAt(at) !== "<") return "<";
    at++;
    while ([" ", "\t", "\r"].includes(text.charAt(at))) at++;
    return text.slice(start, at);
  }

  function variableName(): string {
    const first = text.charAt(at);
    const rest = /\p{Nd}/u.test(first) ? /\p{Nd}*/uy : /[\p{L}\p{Nd}_]*/uy;
    if (specialParameters.has(first) && first !== "0") {
      at++;
      return first;
    }
    rest.lastIndex = at;
    const name = rest.exec(text)?.[0] ?? "";
    at += name.length;
    return name;
  }

  function dollar(): string {
    at++;
    if (text.charAt(at) !== "{") {
      const name = variableName();
      if (name === "") return "$";
      return lookup(name) ?? (options.keepUnset ? `$${name}` : "");
    }
    at++;
    const first = text.charAt(at);
    if (first === "") throw new LexError("a ${ is never closed");
    if (first === "{" || first === "}" || first === ":") throw new LexError("a ${ has no variable's name behind it");
    const name = variableName();
    const modifier = next() ?? "";
    if (modifier === "}") return lookup(name) ?? (options.keepUnset ? `\${${name}}` : "");
    if (modifier === "/") return replacement(name);
    if (modifier === ":") return substitution(name, next() ?? "", ":");
    if ("+-?#%".includes(modifier) && modifier !== "") return substitution(name, modifier, "");
    throw new LexError(`\${${name}${modifier} is not a substitution that Dockerfiles have`);
  }

  function part(stop: string, escapesKept: boolean): string {
    try {
      return read(stop, escapesKept).value;
    } catch (error) {
      if (error instanceof LexError && at >= text.length) throw new LexError(`a \${ has no ${stop} behind it`);
      throw error;
    }
  }

  function substitution(name: string, modifier: string, colon: "" | ":"): string {
    const pattern = modifier === "#" || modifier === "%";
    if (pattern && colon) throw new LexError(`\${${name}:${modifier} is not a substitution that Dockerfiles have`);
    const word = part("}", pattern);
    const value = lookup(name);
    if (value === undefined && options.keepUnset) return `\${${name}${colon}${modifier}${word}}`;
    const missing = value === undefined || (colon !== "" && value === "");
    if (modifier === "-") return missing ? word : value;
    if (modifier === "+") return missing ? "" : word;
    if (modifier === "?") {
      if (missing) throw new LexError(`${name}: ${word || (value === undefined ? "is not set" : "is empty")}`);
      return value;
    }
    if (!pattern) throw new LexError(`\${${name}${colon}${modifier} is not a substitution that Dockerfiles have`);
    const longest = word.startsWith(modifier);
    const cut = modifier === "#" ? withoutPrefix : withoutSuffix;
    return matched(() => cut(longest ? word.slice(1) : word, value ?? "", longest));
  }

  function replacement(name: string): string {
    const all = text.charAt(at) === "/";
    if (all) at++;
    const pattern = part("/", true);
    const word = part("}", true);
    const value = lookup(name);
    if (value === undefined && options.keepUnset) return `\${${name}/${pattern}/${word}}`;
    return matched(() => replaced(pattern, value ?? "", word, all));
  }

  const { value, words } = read(undefined, keepEscapes);
  return { value, words, unset };
}

/** Joins, and keeps variables that contain each other from growing without bounds. */
function grown(value: string, part: string): string {
  if (part !== "" && value.length + part.length > longestValue)
    throw new LexError("a variable's value becomes too long");
  return value + part;
}

function matched(match: () => string): string {
  try {
    return match();
  } catch (error) {
    if (error instanceof PatternError) throw new LexError(error.message);
    throw error;
  }
}
