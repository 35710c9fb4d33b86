/** A part of a shell pattern: `*`, `?`, or a character that stands for itself. */
type Token =
  | { readonly kind: "star" }
  | { readonly kind: "any" }
  | { readonly kind: "character"; readonly character: string };

/** A pattern that BuildKit would refuse, or one so large that matching it would hold up the build. */
export class PatternError extends Error {}

/** Steps that one match may take; real patterns need some hundreds. */
const stepLimit = 1_000_000;

/** Characters that a value may grow to: twice what Linux hands to a program in one variable. */
export const longestValue = 262_144;

/** `value` without the shortest (`#`) or longest (`##`) beginning that matches. */
export function withoutPrefix(pattern: string, value: string, longest: boolean): string {
  const characters = [...value];
  const match = search(tokens(pattern), characters, 0, { anchored: true, longest });
  return match ? characters.slice(match.end).join("") : value;
}

/** `value` without the shortest (`%`) or longest (`%%`) ending that matches. */
export function withoutSuffix(pattern: string, value: string, longest: boolean): string {
  const characters = [...value].reverse();
  const match = search(tokens(pattern).reverse(), characters, 0, { anchored: true, longest });
  return match ? characters.slice(match.end).reverse().join("") : value;
}

/** `value` with the first match, or all, replaced. When all are, Go's `$0` in the replacement is the match and other `$name` nothing. */
export function replaced(pattern: string, value: string, replacement: string, all: boolean): string {
  const parsed = tokens(pattern);
  const characters = [...value];
  let result = "";
  let from = 0;
  let previousEnd = -1;
  while (from <= characters.length) {
    const match = search(parsed, characters, from, { anchored: false, longest: true });
    if (!match) break;
    result += characters.slice(from, match.start).join("");
    const text = characters.slice(match.start, match.end).join("");
    const empty = match.end === match.start;
    // An empty match right behind the match before it does not count.
    if (!empty || match.start !== previousEnd) result += all ? template(replacement, text) : replacement;
    if (empty) result += characters[match.end] ?? "";
    from = empty ? match.end + 1 : match.end;
    previousEnd = match.end;
    if (!all) break;
    if (result.length > longestValue) throw new PatternError("a replacement makes the value too long");
  }
  return result + characters.slice(from).join("");
}

function template(replacement: string, match: string): string {
  return replacement.replace(/\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (_, dollar, braced, plain) => {
    if (dollar) return "$";
    return (braced ?? plain) === "0" ? match : "";
  });
}

/** Reads a pattern: `*` and `?`, a backslash before them or before itself; `\}` and `\/` only kept the pattern from ending. */
function tokens(pattern: string): Token[] {
  const characters = [...pattern];
  const result: Token[] = [];
  for (let at = 0; at < characters.length; at++) {
    let character = characters[at] ?? "";
    if (character === "*") result.push({ kind: "star" });
    else if (character === "?") result.push({ kind: "any" });
    else {
      if (character === "\\") {
        character = characters[++at] ?? "";
        if (!["}", "/", "*", "?", "\\"].includes(character))
          throw new PatternError(`the pattern ${pattern} holds \\${character}`);
      }
      result.push({ kind: "character", character });
    }
  }
  return result;
}

/**
 * The leftmost match at or after `from`, and of those the longest or (anchored only) the shortest. All ways to match are
 * followed at once, so time grows with the product of the two lengths and no pattern can make it explode.
 */
function search(
  pattern: readonly Token[],
  value: readonly string[],
  from: number,
  { anchored, longest }: { readonly anchored: boolean; readonly longest: boolean },
): { readonly start: number; readonly end: number } | undefined {
  let best: { start: number; end: number } | undefined;
  let steps = 0;
  // The places in the pattern that have been reached, each with the leftmost start that leads there.
  let live = new Map<number, number>();
  const reach = (map: Map<number, number>, place: number, start: number): void => {
    for (let at = place; ; at++) {
      map.set(at, Math.min(map.get(at) ?? start, start));
      if (pattern[at]?.kind !== "star") return;
    }
  };
  for (let at = from; at <= value.length; at++) {
    if (!best && (at === from || !anchored)) reach(live, 0, at);
    const accepted = live.get(pattern.length);
    if (accepted !== undefined && (!best || accepted <= best.start)) {
      best = { start: accepted, end: at };
      if (!longest) return best;
    }
    const character = value[at];
    if (character === undefined) break;
    const next = new Map<number, number>();
    for (const [place, start] of live) {
      const token = pattern[place];
      if (!token || (best && start > best.start)) continue;
      if (token.kind === "star" && character !== "\n") reach(next, place, start);
      else if (
        token.kind === "any" ? character !== "\n" : token.kind === "character" && token.character === character
      ) {
        reach(next, place + 1, start);
      }
    }
    live = next;
    steps += live.size + 1;
    if (steps > stepLimit) throw new PatternError("a pattern and a value of this size take too long to match");
    if (live.size === 0 && (best || anchored)) break;
  }
  return best;
}
