import type { Diagnostic } from "../diagnostic.ts";
import type { DirectiveCall, ImageFacts, Instruction, Span } from "../model.ts";

/** A word or flag value after variables and quotes, with its place in the user's file. */
export interface Argument {
  readonly value: string;
  readonly span: Span;
}

/** A flag after variables and quotes; `value` is absent for a bare `--name`. */
export interface Flag {
  readonly name: string;
  readonly value?: Argument;
  readonly span: Span;
}

/** A directive line as its directive reads it. */
export interface DirectiveLine {
  readonly call: DirectiveCall;
  readonly flags: readonly Flag[];
  readonly words: readonly Argument[];
  /** From the keyword to the last character. */
  readonly span: Span;
  /** The line as progress shows it: `DHI-NATIVE libgdiplus`. */
  readonly label: string;
}

/** An image whose facts a directive wants before it expands. */
export interface Need {
  readonly reference: string;
}

/** A stage as a directive sees it. */
export interface StageView {
  /** The user's name for it, or `stage-N` as BuildKit shows an unnamed one. */
  readonly name: string;
  /** The part of generated stage names that stands for this stage. */
  readonly slug: string;
  /** Facts of the external image that the stage's chain of FROM ends in. */
  readonly base: ImageFacts;
  /** The words of that FROM as the user wrote them: `--platform=...` and image, to be repeated in generated stages. */
  readonly baseFrom: { readonly image: string; readonly platform?: string };
  /** Architecture of the stage: a build argument's name (`TARGETARCH`), or fixed values when FROM names a platform. */
  readonly architecture: StageArchitecture;
  /** Generated stages whose `/out` the ancestors of this stage have received. */
  readonly ancestorGrafts: readonly string[];
  /** The image that can install packages for its base: the one that a line of the stage names, else the one that facts tell. */
  readonly builder?: Builder;
  /** What its image starts with. */
  readonly start: StageStart;
  /** What a `--from` with this value names in this stage. */
  source(text: string): Source;
  /** Facts of an image that a directive of this stage named in `needs`; undefined before they are there. */
  image(reference: string): ImageFacts | undefined;
  /** The hardened image of the stage's own distro and release that has a language's runtime. */
  donor(wish: DonorWish): DonorImage;
  /** The file's escape character, for continuations in generated lines. */
  readonly escape: string;
  /** The stage's FROM. */
  readonly span: Span;
}

/** An image, or a stage of the user's, with a shell and the tools of a package manager. */
export interface Builder {
  /** As FROM names it. */
  readonly image: string;
  /** The instructions that begin a stage of that name on it, as root. */
  lines(name: string): GeneratedLines[];
}

/** What the container of a stage starts with, as far as the file's lines and the base's config tell. */
export interface StageStart {
  /** As USER or the base has it; absent when nothing tells. */
  readonly user?: string;
  readonly workdir: string;
  /** PATH, where it is not the one that BuildKit gives an image without any, and LD_LIBRARY_PATH. */
  readonly path?: string;
  readonly libraryPath?: string;
  /** The first word of what runs, when lines of this file say it. */
  readonly program?: {
    readonly instruction: "ENTRYPOINT" | "CMD";
    readonly word: string;
    /** True when `word` is a shell that runs the line. */
    readonly shellForm: boolean;
  };
}

/** What an image must offer to lend a runtime: `{ repository: "node", version: "22", development: true }`. */
export interface DonorWish {
  readonly repository: string;
  /** Absent: the newest one. */
  readonly version?: string;
  /** Words that its tag has: `jdk`. */
  readonly words?: readonly string[];
  readonly development: boolean;
  /** A version as precise as one should name it: `22`, `1.26`. */
  readonly example: string;
}

/** The image that was wished for, and the version that its tag names; or why there is none. */
export type DonorImage =
  | { readonly kind: "image"; readonly reference: string; readonly version: string }
  | { readonly kind: "none"; readonly problem: string; readonly advice: string };

/** Where a `--from` leads: to a stage above, by the name that FROM knows it by (`image` is the one that its chain of FROM ends in), to an image, or nowhere. */
export type Source =
  | { readonly kind: "stage"; readonly name: string; readonly image?: string }
  | { readonly kind: "image" }
  | { readonly kind: "none"; readonly problem: string; readonly advice: string };

/** How generated stages learn the architecture that they work for. */
export type StageArchitecture =
  | { readonly kind: "argument"; readonly architecture: string; readonly variant: string }
  | { readonly kind: "fixed"; readonly architecture: string; readonly variant?: string };

/** Lines of ours and what progress shows for them after the directive's own words. */
export interface GeneratedLines {
  /** Complete instructions, LF ended. */
  readonly text: string;
  /** `packages`, `proof`: shown as `DHI-NATIVE libgdiplus: proof`. Absent: the directive's words alone. */
  readonly step?: string;
  /** What progress shows alone, for a step that has nothing of the directive's: builds that run at the same time share it under one name. */
  readonly shared?: string;
}

/** A stage of ours, printed before the user's stage that needs it; FROM stands first. */
export interface GeneratedStage {
  readonly name: string;
  readonly lines: readonly GeneratedLines[];
  /** What it is, for the comment above it: `the base of stage final`. */
  readonly note: string;
  /** The calls that asked for it: the first gives the place, all give the label. None for what is implied. */
  readonly calls: readonly DirectiveCall[];
}

/** A check that a stage must pass before it, or what is built on it, is there: the stage is cut behind the user's last line. */
export interface StageCheck {
  /** The generated name of the stage that holds the user's lines. */
  readonly body: string;
  /** What stands between that and the stage under its own name. */
  readonly stage: GeneratedStage;
  /** What follows the FROM of the stage under its own name. */
  readonly gate: GeneratedLines;
}

/** The scripts of one kind of step. */
export interface StepScripts {
  /** The one that is run. */
  readonly entry: string;
  /** Contents by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A file that steps read: its content. */
export interface StepData {
  readonly text: string;
}

/** What all calls of one family in one stage become. */
export interface Expansion {
  readonly stages: readonly GeneratedStage[];
  /** For each call, the lines that take its place. */
  readonly replacements: ReadonlyMap<DirectiveCall, readonly GeneratedLines[]>;
  /** Generated stages whose `/out` this stage receives. */
  readonly grafts: readonly string[];
  /** What the scripts stage must hold for these stages, by the name of the file that is mounted. */
  readonly scripts: Readonly<Record<string, StepScripts | StepData>>;
  /** Calls where the stage is cut in two: their replacement follows the FROM of what remains. */
  readonly cuts?: ReadonlyMap<DirectiveCall, StageCut>;
  readonly check?: StageCheck;
  /** Lines that follow an instruction of the user's, each for the call that wants them. */
  readonly behind?: ReadonlyMap<Instruction, FollowingLines>;
}

/** Lines behind an instruction of the user's. */
export interface FollowingLines {
  readonly call: DirectiveCall;
  readonly lines: readonly GeneratedLines[];
}

/** A cut through the user's stage: the lines above it become a stage that others can name. */
export interface StageCut {
  /** The generated name of what stands above. */
  readonly part: string;
  /** Stages between the two. */
  readonly stages: readonly GeneratedStage[];
}

/** A piece of Dockerfile that stands in the docs and runs as a test. */
export interface Sample {
  readonly title: string;
  readonly dockerfile: string;
  /** The code of the diagnostic it must give; absent when it must expand. */
  readonly error?: string;
}

/**
 * The contract of a directive. Everything in it is pure: no I/O, clock, randomness or environment.
 * `Args` is what `parse` makes of one line.
 */
export interface Directive<Args> {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** Markdown for the language page. */
  readonly docs: string;
  readonly samples: readonly Sample[];
  /** Typed arguments of a line; throws DiagnosticError for every syntax error. */
  parse(line: DirectiveLine): Args;
  /** Further images whose facts the family wants. */
  needs(args: Args, stage: StageView): readonly Need[];
  /** Who checks and expands its calls. Directives that share a family are checked and expanded together. */
  readonly family: Family<Args>;
}

/** Turns all calls of its directives in one stage into plain instructions. */
export interface Family<Args> {
  /** True when it has its say in the last stage of a file with directives, calls or no calls; it is asked after the others. */
  readonly implied?: true;
  /** The builder that its calls name, or the one that the base has. */
  builder?(stage: StageView, calls: readonly ParsedCall<Args>[]): Builder | undefined;
  /** What is wrong with these calls, each by itself and together, on this base. */
  check(stage: StageView, calls: readonly ParsedCall<Args>[]): readonly Diagnostic[];
  expand(stage: StageView, calls: readonly ParsedCall<Args>[]): Expansion;
}

/** A call with its typed arguments and what holds at its line. */
export interface ParsedCall<Args> {
  readonly line: DirectiveLine;
  readonly args: Args;
  readonly settings: LineSettings;
  /** The stage's RUN and DHI-RUN lines that follow. */
  readonly below: readonly Instruction[];
}

/** What the lines above a call, and the image, have set for it. */
export interface LineSettings {
  /** The user in force; absent when nothing tells. */
  readonly user?: {
    readonly root: boolean;
    /** What a USER line says to bring it back. */
    readonly text: string;
  };
  /** True when a SHELL line, or the image, has replaced the shell of RUN. */
  readonly ownShell: boolean;
  /** ARG instructions that a stage must repeat which continues this one here: they hide an ENV of the same name. */
  readonly hiding: string;
}
