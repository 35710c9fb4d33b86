import type { DirectiveCall, ImageFacts, Instruction, ParsedFile, Span, Stage } from "../model.ts";
import type { Command } from "../parse/command.ts";
import type { Expansion } from "../parse/variables.ts";

/** An answer with what it rests on: `the catalogue of 2026-08-22`, `line 7`. `there` is undefined when nothing tells. */
export interface Known {
  readonly there: boolean | undefined;
  readonly origin: string;
}

/** A Dockerfile as rules see it. */
export interface FileView {
  readonly parsed: ParsedFile;
  readonly stages: readonly StageView[];
  /** The day for which the file is checked: `2026-11-22`. */
  readonly today: string;
  /** The day of the catalogue that facts come from. */
  readonly catalogDate: string;
  /** What a name alone tells of an image that `COPY --from` or a mount names; the stage's base is not asked here. */
  image(reference: string): ImageFacts;
  /** The stage of that name, in any case; a number is an index, as in COPY. */
  stageNamed(name: string): StageView | undefined;
}

/** A stage as rules see it. What it continues (FROM another stage) is inherited. */
export interface StageView {
  readonly index: number;
  /** In lower case; absent for an unnamed stage. */
  readonly name?: string;
  readonly stage: Stage;
  /** The image or stage that FROM names, after variables; empty when its variables have no value. */
  readonly from: string;
  /** The stage that it continues. */
  readonly parent?: StageView;
  /** Facts of the external image at the end of its chain of FROM; absent when that has no readable name. */
  readonly base?: ImageFacts;
  /** The FROM that names `base`: this stage's, or that of the stage at the chain's end. */
  readonly baseFrom: Instruction;
  readonly hardened: boolean;
  /** True for the target, which is the last stage when none is named. */
  readonly final: boolean;
  /** True for the final stage and those it continues: what stands there is what starts. */
  readonly runs: boolean;
  readonly start: State;
  readonly steps: readonly Step[];
  readonly end: State;
}

/** An instruction of a stage. */
export interface Step {
  readonly instruction: Instruction;
  readonly keyword: string;
  readonly command: Command;
  /** Its place in the stage, from 0. */
  readonly index: number;
  /** A line of ours; absent for an ordinary instruction. */
  readonly call?: DirectiveCall;
  /** What holds when it begins. */
  readonly before: State;
  /** True when what it sets is in force in the container: the stage runs, and no later instruction of that keyword replaces it. */
  readonly counts: boolean;
  /** All of it, heredocs left out. */
  readonly span: Span;
  /** Offsets `start..end` of its text as a place in the file. */
  part(start: number, end: number): Span;
  /** A word with variables and quotes replaced; undefined when a variable has no value that is known. */
  value(word: string): string | undefined;
  /** The same with what could not be replaced: `unset` holds the variables that nothing sets. */
  expand(word: string): Expansion;
}

/** The user in force. */
export interface UserState {
  /** As USER or the image has it: `node`, `1000:1000`. Raw when its variables have no value. */
  readonly text: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly root: boolean | undefined;
  /** The line that set it; absent when the image did. */
  readonly step?: Step;
}

/** Files that a COPY or ADD brings. */
export interface Copy {
  readonly step: Step;
  /** The stage it copies from. */
  readonly stage?: number;
  /** The image it copies from. Neither: the build context, or a URL. */
  readonly image?: string;
  /** Values; one that has an unknown variable is left out and makes `complete` false. */
  readonly sources: readonly string[];
  readonly complete: boolean;
  /** Absolute, a slash at its end kept; undefined when it holds an unknown variable. */
  readonly destination: string | undefined;
  readonly chown?: string;
  readonly chmod?: string;
}

/** What holds at one place of a stage. */
export interface State {
  /** Undefined when nothing tells. */
  readonly user: UserState | undefined;
  /** Absolute; undefined when it holds an unknown variable. */
  readonly workdir: string | undefined;
  /** What SHELL, or the image's config, has put in the place of `/bin/sh -c`. */
  readonly ownShell: readonly string[] | undefined;
  /** Whether `/bin/sh` is there. */
  readonly shell: Known;
  /** The one that RUN can use. */
  readonly packageManager: ImageFacts["packageManager"];
  /** Whether a program is found by PATH: of the image, a graft, or a file that was copied. */
  program(name: string): Known;
  /** A variable as instructions see it, ENV and ARG. */
  variable(name: string): string | undefined;
  /** COPY and ADD so far, those of continued stages first. */
  copies(): readonly Copy[];
  /** Directive lines so far, those of continued stages first. */
  calls(): readonly DirectiveCall[];
}
