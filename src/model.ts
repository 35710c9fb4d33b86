/** The data that flows through the pipeline. Types only: read -> parse -> resolve -> expand -> print -> forward. */

/** A place in the user's file. `line` counts from 1, `column` counts UTF-16 units from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of the user's file; `end` is exclusive in its column and inclusive in its line. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** A file as it was read, before anything was understood. */
export interface SourceFile {
  /** The name that messages show, as the user gave it (`Dockerfile`, `docker/app.Dockerfile`). */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What `read` hands on: the Dockerfile and the ignore file that belongs to it, if the user has one. */
export interface Source extends SourceFile {
  readonly ignoreFile?: SourceFile;
}

/** A parser directive: `# escape=\``, `# syntax=...`, `# check=...`. */
export interface ParserDirective {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** A heredoc of an instruction. The body's lines are `bodyStart..bodyEnd` (inclusive, empty when end < start). */
export interface Heredoc {
  readonly name: string;
  /** False when the name was quoted: the body is taken literally. */
  readonly expand: boolean;
  /** True for `<<-`: leading tabs are dropped. */
  readonly chomp: boolean;
  readonly fileDescriptor: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** The body as BuildKit reads it, leading tabs kept; lines end in LF. */
  readonly body: string;
  /** The line that holds the closing name. */
  readonly terminator: number;
}

/** Where a run of characters of an instruction's logical text stands in the file. */
export interface TextRun {
  /** Offset in `Instruction.text` where this run begins; it ends where the next begins. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** One instruction between its boundaries, as BuildKit's parser would cut it (frontend/dockerfile/parser). */
export interface Instruction {
  /** The first word in upper case: `FROM`, `DHI-NATIVE`. */
  readonly keyword: string;
  /** First and last line, from 1, inclusive; heredoc bodies and their terminators belong to it. */
  readonly line: number;
  readonly endLine: number;
  /** The logical line: continuations joined, comments inside removed, heredoc bodies left out. */
  readonly text: string;
  /** The map from `text` back to the file. */
  readonly runs: readonly TextRun[];
  readonly heredocs: readonly Heredoc[];
}

/** A file cut into lines and instructions. `lines.join("")` is the file. */
export interface ScannedFile {
  readonly source: SourceFile;
  /** The file's text; a byte order mark is not part of it. Bytes that are not UTF-8 show as U+FFFD here and survive in `source`. */
  readonly text: string;
  /** Every line with its own line ending. */
  readonly lines: readonly string[];
  readonly escape: "\\" | "`";
  readonly directives: readonly ParserDirective[];
  readonly instructions: readonly Instruction[];
}

/** A word of an instruction, raw: quotes and variables still stand in it. */
export interface Word {
  readonly raw: string;
  readonly span: Span;
}

/** `--name` or `--name=value` of a directive. */
export interface FlagWord {
  readonly name: string;
  readonly value?: Word;
  readonly span: Span;
}

/** A place that names a stage or an image: `COPY --from=x`, `RUN --mount=from=x`, `DHI-RUNTIME --from=x`. */
export interface StageReference {
  readonly instruction: Instruction;
  /** BuildKit reads a number as the index of a stage in `copy`, never in `mount`; only `directive` may hold variables. */
  readonly kind: "copy" | "mount" | "directive";
  readonly value: Word;
  /** The value without the quotes of the flag and of the mount's fields. */
  readonly name: string;
}

/** A build stage. `instructions` are those after its FROM. */
export interface Stage {
  readonly index: number;
  readonly name?: string;
  readonly from: Instruction;
  /** The image or stage words of FROM, raw. */
  readonly image: Word;
  readonly platform?: Word;
  readonly instructions: readonly Instruction[];
  /** `--from` of COPY, ADD, directives and RUN --mount in this stage, ONBUILD ones too. */
  readonly references: readonly StageReference[];
}

/** A Dockerfile as stages. */
export interface ParsedFile extends ScannedFile {
  /** ARG instructions before the first FROM. */
  readonly metaArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly calls: readonly DirectiveCall[];
}

/** A line that holds one of our words. */
export interface DirectiveCall {
  readonly instruction: Instruction;
  /** Upper case, as in the table: `DHI-NATIVE`. */
  readonly word: string;
  readonly flags: readonly FlagWord[];
  readonly words: readonly Word[];
  /** Index of the stage it stands in. */
  readonly stage: number;
}

/** An operating system and architecture as BuildKit writes it: linux/amd64, linux/arm/v7. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** Where a fact about an image came from: the image itself, its name read by the catalogue, or an assumption. */
export type FactOrigin = "image" | "catalog" | "name" | "assumed";

/** What we know of an image before anything runs. */
export interface ImageFacts {
  /** The reference as the Dockerfile names it, after variables. */
  readonly reference: string;
  readonly digest?: string;
  readonly distro?: "debian" | "ubuntu" | "alpine";
  /** `13`, `12`, `3.23`, `24.04`. */
  readonly release?: string;
  readonly libc?: "glibc" | "musl" | "none";
  /** True for dhi.io images, `<org>/dhi-x` mirrors and mapped mirrors. */
  readonly hardened: boolean;
  readonly architectures?: readonly string[];
  /** As the config has it; `0` when the config names none. */
  readonly user?: string;
  /** `NAME=value` pairs in the config's order. */
  readonly env: readonly string[];
  readonly workdir?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** The shell that RUN uses, when the config names one. */
  readonly runShell?: readonly string[];
  /** True when a shell is there, false when none is, undefined when unknown. */
  readonly shell?: boolean;
  readonly packageManager?: "apt" | "apk" | "none";
  /** The image that can install packages for this one: same repository and distro, `-dev` or `-sdk`; else the distro's own. */
  readonly builder?: string;
  /** ONBUILD triggers of the image. */
  readonly onbuild?: readonly string[];
  /** The repository in the DHI catalogue: `node`, `debian-base`. */
  readonly repository?: string;
  /** First `runtime`, `dev` or `sdk`, then flavours: `fpm`, `compat`, `jdk`. */
  readonly kind?: readonly string[];
  /** Numeric ids of `user`, where the config or the catalogue tells them. */
  readonly uid?: number;
  readonly gid?: number;
  /** Exposed ports as the config writes them: `8080/tcp` or `8080`. */
  readonly ports?: readonly string[];
  /** Directories that the image declares writable for its user. */
  readonly writable?: readonly string[];
  /** End of life, `2027-04-30`. */
  readonly eol?: string;
  /** Who answered: the build's own builder, a registry, a local engine, or only our catalogue and the name. */
  readonly source?: "build" | "registry" | "engine" | "catalog";
  /** True when the catalogue does not list this hardened image's name or tag. */
  readonly unlisted?: boolean;
  /** The reference that an unlisted one most likely means. */
  readonly suggestion?: string;
  /** What a reader of these facts must know: an unknown tag, a registry that did not answer. Whole sentences. */
  readonly notes?: readonly string[];
  /** Where each fact came from; a fact that is not named here came from `image`. */
  readonly origins: Readonly<Partial<Record<keyof ImageFacts, FactOrigin>>>;
}

/** A part of the output. Original lines pass byte for byte; the others know the user's line that caused them. */
export type Piece = OriginalLines | GeneratedText;

/** Lines `first..last` (inclusive, from 1) of the user's file, unchanged. */
export interface OriginalLines {
  readonly kind: "original";
  readonly first: number;
  readonly last: number;
}

/** Text of ours: a whole number of lines, each ending in LF. */
export interface GeneratedText {
  readonly kind: "generated";
  readonly text: string;
  /** The user's instructions that asked for it. */
  readonly origins: readonly Span[];
  /** What progress shows instead of the generated instruction: `DHI-NATIVE libgdiplus`. Without it the user's own text is shown. */
  readonly label?: string;
}

/** An expanded file before it is written. */
export interface Expanded {
  readonly pieces: readonly Piece[];
  /** What progress shows for each stage of the expanded file, by its name there. */
  readonly stageNames: ReadonlyMap<string, ShownStage>;
  /** The user's name of the stage that each generated stage is for; stages of unnamed ones are left out. */
  readonly generatedFor: ReadonlyMap<string, string>;
  /** The user's last stage, which is built when no target is named. */
  readonly lastStage?: LastStage;
  /** The files of the scripts' stage, when they are not written in the text. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** What progress shows for a stage. */
export interface ShownStage {
  /** The user's name for the stage that it belongs to; empty for the only one. */
  readonly name: string;
  /** True when BuildKit's count of its steps is the user's own. */
  readonly counted: boolean;
}

/** The last FROM of a file. `name` is one that a target can be. */
export interface LastStage {
  readonly name?: string;
  readonly from: Instruction;
}

/** The printed Dockerfile. `map[i]` tells where output line `i + 1` comes from. */
export interface Printed {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly map: readonly LineOrigin[];
  readonly stageNames: ReadonlyMap<string, ShownStage>;
  readonly generatedFor: ReadonlyMap<string, string>;
  readonly lastStage?: LastStage;
  /** The files of the scripts' stage, when they are not written in the text: BuildKit must get them beside it. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** True when the output is the input, byte for byte. */
  readonly unchanged: boolean;
}

/** Origin of one output line. */
export interface LineOrigin {
  readonly spans: readonly Span[];
  readonly generated: boolean;
  readonly label?: string;
}
