import { type Diagnostic, failure } from "../diagnostic.ts";
import { graftScripts, proofScripts } from "../graft/scripts.ts";
import type {
  Directive,
  DirectiveLine,
  Expansion,
  GeneratedLines,
  GeneratedStage,
  ParsedCall,
  StageView,
} from "./directive.ts";
import { architectureArguments, architectureEnvironment, baseStage, scriptMount, stageName } from "./graft-stage.ts";
import { type PackageWord, packageWords } from "./package-words.ts";

/** What one `DHI-NATIVE` line asks for. */
export interface NativeArguments {
  readonly packages: readonly PackageWord[];
  readonly recommends: boolean;
}

/** Shared libraries and the data they load by name, in a stage without package manager. */
export const native: Directive<NativeArguments> = {
  name: "DHI-NATIVE",
  usage: "DHI-NATIVE [--recommends] <package>[=<version>] ...",
  summary: "adds shared libraries, with everything they need, to an image without package manager",
  docs: `The packages' whole closure is taken from the distro and release of the stage's own base, in a build stage that has its package
manager. What the base has stays the base's; programs, headers and documentation stay out. The result is proven in the base's own root with
its own loader before it is copied, so a missing library fails the build. Several lines of one stage become one closure, copied at the first.`,
  samples: [
    {
      title: "A drawing library for a .NET service",
      dockerfile: "FROM dhi.io/dotnet:10.0-debian13\nDHI-NATIVE libgdiplus\n",
    },
    { title: "No package", dockerfile: "FROM dhi.io/dotnet:10.0-debian13\nDHI-NATIVE\n", error: "DhiMissingArgument" },
    {
      title: "A pattern",
      dockerfile: "FROM dhi.io/dotnet:10.0-debian13\nDHI-NATIVE lib.*png.*\n",
      error: "DhiPackageName",
    },
  ],
  parse,
  needs: () => [],
  check,
  expand,
};

function parse(line: DirectiveLine): NativeArguments {
  for (const flag of line.flags) {
    if (flag.name !== "recommends") {
      throw failure("DhiUnknownFlag", flag.span, `${line.call.word} has no flag --${flag.name}`, "known: --recommends");
    }
    if (flag.value) throw failure("DhiFlagValue", flag.span, "--recommends takes no value", "write --recommends alone");
  }
  return { packages: packageWords(line), recommends: line.flags.length > 0 };
}

function check(args: NativeArguments, stage: StageView): Diagnostic[] {
  const { base } = stage;
  const span = args.packages[0]?.argument.span ?? stage.span;
  const refuse = (code: string, problem: string, advice: string): Diagnostic[] => [
    { code, severity: "error", span, problem, advice },
  ];
  if (base.libc === "none") {
    return refuse(
      "DhiNoLoader",
      `${base.reference} has no C library and no loader, so no shared library can run on it`,
      "use a base with glibc, such as dhi.io/static:<date>-glibc or dhi.io/debian-base:trixie",
    );
  }
  if (base.distro === undefined || base.release === undefined) {
    return refuse(
      "DhiUnknownBase",
      `can't tell the distro and release of ${base.reference}`,
      "use a base whose /etc/os-release names them, such as a dhi.io image of Debian 13",
    );
  }
  if (base.distro === "alpine") {
    return refuse(
      "DhiUnsupportedBase",
      `${base.reference} is Alpine ${base.release}; packages can be taken from Debian only`,
      "use the image's Debian form, such as a tag with -debian13",
    );
  }
  if (base.packageManager === "apt" && base.shell) {
    return refuse(
      "DhiHasPackageManager",
      `${base.reference} has a shell and apt of its own`,
      `write \`RUN apt-get update && apt-get install -y --no-install-recommends ${args.packages.map((p) => p.name).join(" ")}\` in this stage`,
    );
  }
  return [];
}

function expand(stage: StageView, calls: readonly ParsedCall<NativeArguments>[]): Expansion {
  const [first, ...others] = calls;
  if (!first) return { stages: [], replacements: new Map(), grafts: [], scripts: {} };
  const name = stageName("native", stage);
  const lines = calls.map((call) => call.line.call);
  const base = baseStage(stage, lines);
  const replacements = new Map<ParsedCall<NativeArguments>["line"]["call"], GeneratedLines[]>();
  replacements.set(first.line.call, [{ text: `COPY --link --from=${name} /out/ /\n` }]);
  for (const other of others) {
    replacements.set(other.line.call, [{ text: `# ${other.line.label}: part of the closure copied above\n` }]);
  }
  return {
    stages: [base, { name, note: builderNote(stage), calls: lines, lines: graftLines(name, base, stage, calls) }],
    replacements,
    grafts: [name],
    scripts: {
      "graft.sh": { entry: "debian.sh", files: graftScripts },
      "proof.sh": { entry: "proof.sh", files: proofScripts },
    },
  };
}

function builderNote({ base }: StageView): string {
  const distro = `${(base.distro ?? "").replace(/^./, (letter) => letter.toUpperCase())} ${base.release}`;
  const assumed = base.origins.release === "assumed" || base.origins.distro === "assumed" ? " (assumed)" : "";
  return `packages of ${distro}${assumed}, taken with ${base.builder}`;
}

function graftLines(
  name: string,
  base: GeneratedStage,
  stage: StageView,
  calls: readonly ParsedCall<NativeArguments>[],
): GeneratedLines[] {
  const next = ` ${stage.escape}\n    `;
  const lines = (flags: (args: NativeArguments) => string) =>
    calls
      .map(({ line, args }) => ` --line ${line.call.word}${flags(args)} ${args.packages.map(spelled).join(" ")}`)
      .join("");
  const target = `--mount=type=bind,from=${base.name},target=/target`;
  const ancestors = stage.ancestorGrafts.map(
    (graft, index) => `--mount=type=bind,from=${graft},source=/out,target=/have/${index}`,
  );
  const run = (options: string[], command: string) => `RUN ${[...options, command].join(next)}\n`;
  const builder = stage.base.builder ?? "";
  return [
    { text: `FROM --platform=$BUILDPLATFORM ${builder} AS ${name}\n`, step: `builder ${builder}` },
    { text: `${architectureArguments(stage)}USER 0:0\n`, step: "builder" },
    {
      text: run(
        [scriptMount("graft.sh"), target, ...ancestors],
        `${architectureEnvironment(stage)}sh /dhi/graft.sh --release ${stage.base.release}${lines((args) => (args.recommends ? " --recommends" : ""))}`,
      ),
      step: "packages",
    },
    {
      text: run(
        ["--network=none", scriptMount("proof.sh"), `${target},rw`, ...ancestors],
        `sh /dhi/proof.sh${lines(() => "")}`,
      ),
      step: "proof",
    },
  ];
}

function spelled({ name, version }: PackageWord): string {
  return version === undefined ? name : `${name}=${version}`;
}
