import { readdirSync, readFileSync } from "node:fs";

/** A file of images/packages; its README tells what the fields mean. */
export interface PackageKnowledge {
  readonly why: string;
  readonly leaveOut?: readonly string[];
  readonly ofUse?: readonly string[];
  readonly keepBase?: readonly string[];
  readonly shells?: readonly string[];
  readonly extra?: readonly { readonly for: string; readonly package: string }[];
  readonly links?: readonly {
    readonly for: string;
    readonly path: string;
    readonly to: string;
    readonly priority?: number;
    readonly unless?: string;
  }[];
  readonly copies?: readonly {
    readonly for: string;
    readonly to: string;
    readonly from?: string;
    readonly text?: readonly string[];
  }[];
  readonly makes?: readonly {
    readonly what: string;
    readonly for: readonly string[];
    readonly tool?: string;
    readonly script: string;
    readonly files: readonly string[];
    readonly optional?: boolean;
  }[];
  readonly notes?: readonly { readonly for: string; readonly text: string }[];
  readonly doWithout?: readonly { readonly file: string; readonly library: string; readonly because: string }[];
}

/** The knowledge as the table that the awk scripts read: a kind and its values on each line, between tabs. Throws for a value that breaks a line. */
export function packageTable(files: readonly PackageKnowledge[]): string {
  const rows = files.flatMap((file) => [
    ...(file.leaveOut ?? []).map((name) => ["maintainer", name]),
    ...(file.ofUse ?? []).map((name) => ["program", name]),
    ...(file.keepBase ?? []).map((name) => ["base", name]),
    ...(file.shells ?? []).map((name) => ["shell", name]),
    ...(file.extra ?? []).map((extra) => ["extra", extra.for, extra.package]),
    ...(file.links ?? []).map((link) => [
      "link",
      link.for,
      `${link.priority ?? 0}`,
      link.path,
      link.to,
      link.unless ?? "",
    ]),
    ...(file.copies ?? []).flatMap((copy) => [
      ...(copy.from === undefined ? [] : [["copy", copy.for, copy.to, copy.from, ""]]),
      ...(copy.text ?? []).map((line) => ["copy", copy.for, copy.to, "", line]),
    ]),
    ...(file.makes ?? []).map((make) => [
      "make",
      make.script,
      make.what,
      make.optional ? "optional" : "",
      make.tool ?? "",
      make.for.join(" "),
      make.files.join(" "),
    ]),
    ...(file.notes ?? []).map((note) => ["note", note.for, note.text]),
    ...(file.doWithout ?? []).map((one) => ["doWithout", one.file, one.library, one.because]),
  ]);
  const broken = rows.flat().find((value) => /[^ -~]/.test(value));
  if (broken !== undefined) throw new Error(`can't stand in the table of packages: ${JSON.stringify(broken)}`);
  return rows.map((row) => `${row.join("\t")}\n`).join("");
}

const shared = ["places.sh", "fail.sh", "lines.sh", "paths.awk"];
const asking = [
  "ask-loader.sh",
  "by-name.awk",
  "by-name.sh",
  "cannot-run.sh",
  "elf.awk",
  "elf.sh",
  "holder.awk",
  "versions.awk",
];
const proofOnly = ["proof.sh", "explain.awk"];
const verifyOnly = [
  ...["verify.sh", "list.sh", "headers.sh", "owned.sh"],
  ...["added.awk", "begin.awk", "foreign.awk", "judge.awk", "kinds.awk", "owned.awk"],
];

const here = new URL(".", import.meta.url);
const knowledge = new URL("../../images/packages/", import.meta.url);

const alpineProofOnly = ["alpine-proof.sh", "ask-musl.sh", "explain.awk"];
const alpineGraft = [
  "classes.awk",
  "globs.awk",
  "interpreters.awk",
  "lines.sh",
  "near.awk",
  "report.awk",
  "wanted.awk",
];
const alpineBoth = [
  "places.sh",
  "fail.sh",
  "paths.awk",
  "by-name.awk",
  "cannot-run.sh",
  "elf.awk",
  "elf.sh",
  "apk-list.sh",
];

function filesIn(folder: URL, pattern: RegExp): Record<string, string> {
  const names = readdirSync(folder).filter((name) => pattern.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}

const scripts = filesIn(here, /\.(sh|awk)$/);
const makers = filesIn(knowledge, /\.sh$/);
const packages = Object.values(filesIn(knowledge, /\.json$/)).map((text) => JSON.parse(text) as PackageKnowledge);

function pick(wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(scripts).filter(([name]) => wanted(name)));
}

/** What the step that resolves, fetches and places the packages runs (`debian.sh`): file names and contents. */
export const graftScripts: Readonly<Record<string, string>> = {
  ...pick((name) => ![...asking, ...proofOnly, ...verifyOnly].includes(name)),
  ...makers,
  "packages.txt": packageTable(packages.map(({ doWithout: _, ...others }) => others)),
};

/** What the step that proves the result runs (`proof.sh`). Apart, so that a change of one step's scripts does not run the other again. */
export const proofScripts: Readonly<Record<string, string>> = pick((name) =>
  [...shared, ...asking, ...proofOnly].includes(name),
);

/** Which package has a shared library, by distro and release: `debian-13`. What is in no table is not known. */
export const sonameTables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(filesIn(new URL("../../images/sonames/", import.meta.url), /\.txt$/)).map(([name, text]) => [
    name.replace(/\.txt$/, ""),
    text,
  ]),
);

const alpine = filesIn(new URL("alpine/", here), /\.(sh|awk)$/);
const alpinePackages = Object.values(filesIn(new URL("alpine/", knowledge), /\.json$/)).map(
  (text) => JSON.parse(text) as PackageKnowledge,
);

/** What the step that resolves, fetches and places packages of Alpine runs (`alpine.sh`): its own scripts and those that it shares with Debian's. */
export const alpineScripts: Readonly<Record<string, string>> = {
  ...pick((name) => alpineBoth.includes(name) || alpineGraft.includes(name)),
  ...Object.fromEntries(
    Object.entries(alpine).filter(([name]) => ![...alpineProofOnly, "apk-install.sh"].includes(name)),
  ),
  "packages.txt": packageTable(alpinePackages),
};

/** What the step that proves such a result runs (`alpine-proof.sh`). */
export const alpineProofScripts: Readonly<Record<string, string>> = {
  ...pick((name) => alpineBoth.includes(name) || ["explain.awk", "holder.awk"].includes(name)),
  ...Object.fromEntries(
    Object.entries(alpine).filter(([name]) => alpineProofOnly.includes(name) || alpineBoth.includes(name)),
  ),
};

/** What fetches a program that the builder image lacks. */
const fetching = {
  ...pick((name) =>
    ["places.sh", "fail.sh", "waiting.sh", "sources.sh", "sources.awk", "lists.sh", "cache.sh", "release.awk"].includes(
      name,
    ),
  ),
  ...Object.fromEntries(Object.entries(alpine).filter(([name]) => ["apk-access.sh", "apk-install.sh"].includes(name))),
};

const run = filesIn(new URL("run/", here), /\.(sh|awk)$/);
const runLending = ["shell.sh", "command.sh"];

/** What makes the tools that DHI-RUN lends (`shell.sh`). */
export const shellScripts: Readonly<Record<string, string>> = {
  ...fetching,
  ...Object.fromEntries(Object.entries(run).filter(([name]) => runLending.includes(name))),
};

/** What finds the changes that a command of DHI-RUN made (`changes.sh`). */
export const changesScripts: Readonly<Record<string, string>> = {
  ...pick((name) => ["places.sh", "fail.sh"].includes(name)),
  ...Object.fromEntries(Object.entries(run).filter(([name]) => !runLending.includes(name))),
};

/** What the step behind a finished stage runs (`verify.sh`). */
export const verifyScripts: Readonly<Record<string, string>> = {
  ...pick((name) =>
    [...asking, ...verifyOnly, "places.sh", "fail.sh", "paths.awk", "facts.awk", "globs.awk"].includes(name),
  ),
  ...Object.fromEntries(Object.entries(alpine).filter(([name]) => ["apk-list.sh", "ask-musl.sh"].includes(name))),
  "do-without.txt": packageTable(packages.map(({ why, doWithout = [] }) => ({ why, doWithout }))),
};

/** What reads certificates and makes the lists of them (`cert.sh`). */
export const certScripts: Readonly<Record<string, string>> = {
  ...fetching,
  ...filesIn(new URL("cert/", here), /\.(sh|awk)$/),
};

const runtime = filesIn(new URL("runtime/", here), /\.(sh|awk)$/);
const runtimeSteps = ["runtime-proof.sh", "runtime-words.sh", "known.sh"];

/** What the step that finds a runtime in its donor and places it runs (`runtime.sh`): its own scripts and those that it shares with packages. */
export const runtimeScripts: Readonly<Record<string, string>> = {
  ...graftScripts,
  "elf.sh": scripts["elf.sh"] ?? "",
  "elf.awk": scripts["elf.awk"] ?? "",
  ...Object.fromEntries(Object.entries(runtime).filter(([name]) => name !== "runtime-proof.sh")),
};

/** What the step that starts a runtime in the base runs (`runtime-proof.sh`). */
export const runtimeProofScripts: Readonly<Record<string, string>> = {
  ...proofScripts,
  ...Object.fromEntries(Object.entries(runtime).filter(([name]) => runtimeSteps.includes(name))),
};

const cooling = filesIn(new URL("cooldown/", here), /\.sh$/);

/** What looks at the versions of a stage's package managers: one script, run where nothing may be unpacked. */
export const cooldownScript = `${scripts["fail.sh"]}\n${cooling["cooldown.sh"]}`;

const framework = filesIn(new URL("framework/", here), /\.(sh|awk)$/);

/** What the step that puts a shared framework of .NET into a base runs (`framework.sh`). */
export const frameworkScripts: Readonly<Record<string, string>> = {
  ...graftScripts,
  ...Object.fromEntries(
    Object.entries(runtime).filter(([name]) => ["donor.sh", "owners.awk", "taken.awk"].includes(name)),
  ),
  ...Object.fromEntries(Object.entries(framework).filter(([name]) => name !== "framework-proof.sh")),
};

/** What the step that asks the base's host for the framework runs (`framework-proof.sh`). */
export const frameworkProofScripts: Readonly<Record<string, string>> = {
  ...proofScripts,
  ...Object.fromEntries(
    Object.entries(framework).filter(([name]) => ["framework-proof.sh", "framework-words.sh"].includes(name)),
  ),
};
