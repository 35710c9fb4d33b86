import type { DirectiveCall, ImageFacts } from "../model.ts";
import { argAssignments, envAssignments } from "../parse/assignments.ts";
import { splitCommand } from "../parse/command.ts";
import { defaultPath } from "../parse/scope.ts";
import { commandText } from "./command-text.ts";
import { absolute, copyOf, type Placed, placedBy } from "./copies.ts";
import { callPlaces } from "./grafts.ts";
import { History } from "./history.ts";
import { lendsShell } from "./mounts.ts";
import { type Programs, shellOf } from "./programs.ts";
import { mayPlacePrograms, mayPlaceShell } from "./shell-words.ts";
import type { Copy, Known, State, Step, UserState } from "./stage-view.ts";
import { userOf, userOfBase } from "./users.ts";

/** What a walk starts from. */
export interface WalkInput {
  readonly escape: string;
  readonly base: ImageFacts | undefined;
  /** The walk of the stage that this one continues. */
  readonly parent: StateWalk | undefined;
  readonly programs: Programs;
  stageOf(name: string): number | undefined;
}

/** What changes rarely; a step that changes nothing shares it with the one before. */
interface Fields {
  readonly user: UserState | undefined;
  readonly workdir: string | undefined;
  readonly ownShell: readonly string[] | undefined;
}

/** A list that grows at its end and is shared by all its states. */
interface Chain<Item> {
  readonly item: Item;
  readonly before: Chain<Item> | undefined;
}

const nothingTells: Known = { there: undefined, origin: "" };

/** Instructions that leave neither files nor settings that states tell of. */
const inert = new Set([
  "ARG",
  "CMD",
  "ENTRYPOINT",
  "ENV",
  "EXPOSE",
  "HEALTHCHECK",
  "LABEL",
  "MAINTAINER",
  "STOPSIGNAL",
]);

/** Follows what holds from instruction to instruction of a stage. */
export class StateWalk {
  readonly #input: WalkInput;
  readonly #programs: History<Known>;
  #variables = new History<string>(() => undefined);
  #fields: Fields;
  #copies: Chain<Copy> | undefined;
  #calls: Chain<DirectiveCall> | undefined;
  #at = 0;
  /** The first step after which any program, or a shell, may be there. */
  #programsOpen = Number.POSITIVE_INFINITY;
  #shellOpen = Number.POSITIVE_INFINITY;
  /** True when a line of the stage waits for those that continue it. */
  #triggers = false;
  #pending: readonly string[] = [];
  #live: ReadonlyMap<string, string> = new Map();
  #placedNames: Map<string, Known>;
  readonly #inherited: ReadonlyMap<string, Known>;

  constructor(input: WalkInput) {
    this.#input = input;
    const { parent, base, programs } = input;
    // Nothing is placed in the parent any more, so its names are shared until this stage has one of its own.
    const before = parent ? parent.#placedNames : new Map<string, Known>();
    this.#placedNames = before;
    this.#inherited = before;
    this.#programs = new History((name) => before.get(name) ?? programs(name));
    this.#fields = parent ? parent.#fields : fieldsOf(base);
    this.#copies = parent ? parent.#copies : undefined;
    this.#calls = parent ? parent.#calls : undefined;
    if (parent && parent.#programsOpen < Number.POSITIVE_INFINITY) this.#programsOpen = 0;
    if (parent && parent.#shellOpen < Number.POSITIVE_INFINITY) this.#shellOpen = 0;
    // What a trigger does here is not followed.
    if (parent ? parent.#triggers : base?.onbuild?.some(leavesTraces)) this.#forget();
  }

  /** The variables that the stage begins with. */
  begin(scope: ReadonlyMap<string, string>): void {
    const initial = new Map(scope);
    this.#variables = new History((name) => initial.get(name));
    this.#live = scope;
  }

  /** Takes over what the step before has set. `scope` is the one of the step to come; without one, the last that was given. */
  settle(scope: ReadonlyMap<string, string> | undefined): void {
    this.#live = scope ?? this.#live;
    for (const name of this.#pending) {
      const value = this.#live.get(name);
      if (value !== undefined) this.#variables.set(this.#at, name, value);
    }
    this.#pending = [];
  }

  /** What holds now. */
  state(): State {
    const { user, workdir, ownShell } = this.#fields;
    const [at, copies, calls, variables, programs] = [
      this.#at,
      this.#copies,
      this.#calls,
      this.#variables,
      this.#programs,
    ];
    const [programsOpen, shellOpen] = [this.#programsOpen <= at, this.#shellOpen <= at];
    const program = (name: string): Known => {
      const known = programs.get(at, name) ?? nothingTells;
      if (known.there === true) return known;
      return (name === "sh" ? shellOpen : programsOpen) ? nothingTells : known;
    };
    return {
      user,
      workdir,
      ownShell,
      packageManager: this.#input.base?.packageManager,
      get shell() {
        return program("sh");
      },
      program,
      variable: (name) => variables.get(at, name),
      copies: () => listOf(copies),
      calls: () => listOf(calls),
    };
  }

  /** Takes in what a step does. */
  apply(step: Step): void {
    this.#at++;
    if (step.call) this.#applyCall(step, step.call);
    else this.#applyInstruction(step);
  }

  #applyInstruction(step: Step): void {
    const { keyword, command } = step;
    if (keyword === "ENV" || keyword === "ARG") this.#pending = namesIn(step, this.#input.escape);
    else if (keyword === "USER") this.#set({ user: userOf(step, this.#input.base) });
    else if (keyword === "WORKDIR") this.#set({ workdir: absolute(step.value(command.rest), step.before) });
    else if (keyword === "SHELL") this.#set({ ownShell: commandText(step)?.exec });
    else if (keyword === "COPY" || keyword === "ADD") this.#applyCopy(step);
    else if (keyword === "RUN") this.#applyRun(step);
    else if (keyword === "ONBUILD") this.#triggers ||= leavesTraces(command.rest);
  }

  #applyCopy(step: Step): void {
    const copy = copyOf(step, this.#input.escape, this.#input.stageOf);
    if (!copy) return;
    this.#copies = { item: copy, before: this.#copies };
    this.#take(step, placedBy(copy, pathOf(step.before)));
  }

  #take({ instruction }: Step, { names, more, shell }: Placed): void {
    for (const name of names) this.#place(name, `line ${instruction.line}`);
    if (more) this.#open(shell);
  }

  /** Leaves it open from here on what PATH finds, and on demand whether there is a shell. */
  #open(shellToo: boolean): void {
    this.#programsOpen = Math.min(this.#programsOpen, this.#at);
    if (shellToo) this.#shellOpen = Math.min(this.#shellOpen, this.#at);
  }

  #applyRun(step: Step): void {
    const command = commandText(step);
    if (!command) return;
    const written = step.instruction.heredocs.length > 0;
    // A heredoc may have an interpreter of its own.
    const fails = !command.exec && !written && !lendsShell(step) && shellOf(step).there === false;
    if (fails) return;
    const text = command.exec?.join(" ") ?? command.text;
    if (written || command.exec || mayPlacePrograms(text)) this.#open(written || mayPlaceShell(text));
  }

  #applyCall(step: Step, call: DirectiveCall): void {
    this.#calls = { item: call, before: this.#calls };
    this.#take(step, callPlaces(step, call, this.#input.base));
  }

  #place(name: string, origin: string): void {
    const known = { there: true, origin };
    this.#programs.set(this.#at, name, known);
    if (this.#placedNames === this.#inherited) this.#placedNames = new Map(this.#inherited);
    this.#placedNames.set(name, known);
  }

  #set(change: Partial<Fields>): void {
    this.#fields = { ...this.#fields, ...change };
  }

  #forget(): void {
    this.#programsOpen = 0;
    this.#shellOpen = 0;
    this.#fields = { user: undefined, workdir: undefined, ownShell: undefined };
  }
}

function leavesTraces(trigger: string): boolean {
  return !inert.has(splitCommand(trigger, "\\").keyword);
}

function fieldsOf(base: ImageFacts | undefined): Fields {
  return {
    user: base && userOfBase(base),
    workdir: base && (base.workdir ?? "/"),
    ownShell: base?.runShell,
  };
}

/** The variables that an ENV or ARG sets. */
function namesIn(step: Step, escapeChar: string): string[] {
  const { text } = step.instruction;
  const names = (envAssignments(text, escapeChar) ?? []).flatMap(({ name }) => step.value(name) ?? []);
  return [...names, ...(argAssignments(text, escapeChar) ?? []).map(({ name }) => name)];
}

function pathOf(state: State): string[] {
  const path = state.variable("PATH") ?? defaultPath;
  return [...new Set([...path.split(":"), ...defaultPath.split(":")])].filter((folder) => folder.startsWith("/"));
}

function listOf<Item>(chain: Chain<Item> | undefined): Item[] {
  const items: Item[] = [];
  for (let at = chain; at; at = at.before) items.push(at.item);
  return items.reverse();
}
