// Writes images/sonames/debian-<release>.txt: which package of Debian has a shared library, for those whose build lacks one.
//
//     node images/sonames.mjs [apt option, such as -o Acquire::http::Proxy=...]...
//
// Reads the package lists and Contents of the archive that this machine's apt is configured for, as apt-file does, into a folder of its own.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RELEASES = { 12: "bookworm", 13: "trixie" };
/** A library counts when at least so many packages of other sources depend on its package: others are plugins, and parts of one program. */
const DEPENDENTS = 3;
const here = import.meta.dirname;

/** The name that Debian policy 8.1 gives to the package of a library; src/graft/holder.awk has the same rule. */
function policyName(soname) {
  const plain = soname.toLowerCase().replaceAll("_", "-");
  const [, stem, version] = /^(.*?)\.so\.(.*)$/.exec(plain) ?? /^(.*)-([0-9.]+)\.so$/.exec(plain) ?? [];
  return stem === undefined ? "" : `${stem}${/[0-9]$/.test(stem) ? "-" : ""}${version}`;
}

function run(command, words) {
  return execFileSync(command, words, { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] });
}

/** Downloads the indexes of both releases and returns a reader for them. */
function download(options) {
  const folder = mkdtempSync(join(tmpdir(), "sonames-"));
  const targets = run("apt-get", ["indextargets", "--format", "$(REPO_URI) $(COMPONENT)", "Identifier: Packages"]);
  const archive = targets
    .split("\n")
    .find((line) => /\/debian\/? main$/.test(line))
    ?.split(" ")[0];
  if (!archive) throw new Error("this machine's apt has no source of Debian's archive");
  mkdirSync(join(folder, "lists/partial"), { recursive: true });
  const lines = Object.values(RELEASES).map((suite) => `deb [arch=amd64] ${archive} ${suite} main\n`);
  writeFileSync(join(folder, "sources.list"), lines.join(""));
  const contents = "Acquire::IndexTargets::deb::Contents-deb";
  const settings = `
Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "${folder}/lists";
Dir::State::status "/dev/null";
Dir::Cache "${folder}/cache";
Acquire::Languages "none";
APT::Sandbox::User "root";
APT::Architecture "amd64";
#clear APT::Architectures;
APT::Architectures { "amd64"; };
${contents}::MetaKey "$(COMPONENT)/Contents-$(ARCHITECTURE)";
${contents}::Description "Contents of $(RELEASE)";
${contents}::flatMetaKey "Contents-$(ARCHITECTURE)";
`;
  writeFileSync(join(folder, "apt.conf"), settings);
  run("apt-get", ["-c", join(folder, "apt.conf"), ...options, "-q", "update"]);
  const read = (suite, pattern) => {
    const names = readdirSync(join(folder, "lists")).filter(
      (name) => name.includes(`_${suite}_`) && pattern.test(name),
    );
    return names.map((name) => run("/usr/lib/apt/apt-helper", ["cat-file", join(folder, "lists", name)])).join("");
  };
  return { read, remove: () => rmSync(folder, { recursive: true }) };
}

/** How many packages of other sources depend on each package. */
function dependents(packages) {
  const stanzas = packages.split("\n\n").map((stanza) => {
    const field = (name) => new RegExp(`^${name}: (.*)$`, "m").exec(stanza)?.[1] ?? "";
    const name = field("Package");
    const relations = `${field("Depends")},${field("Pre-Depends")}`.split(/[,|]/);
    return {
      name,
      source: field("Source").split(" ")[0] || name,
      needs: new Set(relations.map((one) => one.trim().split(/[ :(]/)[0])),
    };
  });
  const source = new Map(stanzas.map((one) => [one.name, one.source]));
  const count = new Map();
  for (const one of stanzas) {
    for (const need of one.needs) {
      if (source.has(need) && source.get(need) !== one.source) count.set(need, (count.get(need) ?? 0) + 1);
    }
  }
  return count;
}

/** The libraries of each package, by the name that others link to: of libx.so.1 and libx.so.1.2 the first. */
function libraries(contents) {
  const found = new Map();
  for (const line of contents.split("\n")) {
    const [, folder, file, owners] =
      /^(?:usr\/)?lib\/(?:x86_64-linux-gnu\/)?([^/\s]+\/)?([^/\s]+\.so(?:\.[^/\s]*)?)\s+(\S+)$/.exec(line) ?? [];
    if (!file) continue;
    // A name without a version is one of its own (libnss3.so), unless the package has the version beside it.
    const stem = /^.*?\.so(?=\.)/.exec(file)?.[0] ?? file;
    for (const owner of owners.split(",")) {
      const name = owner.replace(/^.*\//, "");
      if (/-(dev|dbg)$|^binutils-|-cross$/.test(name)) continue;
      // In a folder of its own stands what update-alternatives links to: blas/libblas.so.3 of libblas3.
      if (folder !== undefined && name !== policyName(file)) continue;
      const key = `${name} ${stem}`;
      const best = found.get(key)?.soname;
      if (best === undefined || best === stem || (file !== stem && file.length < best.length))
        found.set(key, { name, soname: file });
    }
  }
  return [...found.values()];
}

function table(release, count, all) {
  const best = new Map();
  const rank = ({ name }) => count.get(name) ?? 0;
  for (const one of all) {
    const other = best.get(one.soname);
    if (!other || rank(one) > rank(other) || (rank(one) === rank(other) && one.name < other.name))
      best.set(one.soname, one);
  }
  const byPackage = new Map();
  const add = (name, soname) => byPackage.set(name, [...(byPackage.get(name) ?? []), soname]);
  for (const { name, soname } of [...best.values()].filter((one) => rank(one) >= DEPENDENTS)) {
    add(name === policyName(soname) ? "=" : name, soname);
  }
  const lines = [...byPackage]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, sonames]) => wrapped(name, [...new Set(sonames)].sort()));
  return `# Shared libraries of Debian ${release} and their packages; = stands for the name that policy 8.1 gives. See images/README.md.\n${lines.join("")}`;
}

function wrapped(name, sonames) {
  const lines = [];
  let line = name;
  for (const soname of sonames) {
    if (line.length + soname.length > 150 && line !== name) {
      lines.push(`${line}\n`);
      line = name;
    }
    line += ` ${soname}`;
  }
  return [...lines, `${line}\n`];
}

const indexes = download(process.argv.slice(2));
try {
  for (const [release, suite] of Object.entries(RELEASES)) {
    const text = table(
      release,
      dependents(indexes.read(suite, /_binary-amd64_Packages/)),
      libraries(indexes.read(suite, /_Contents-amd64/)),
    );
    writeFileSync(join(here, "sonames", `debian-${release}.txt`), text);
    process.stdout.write(`Debian ${release}: ${text.length} bytes\n`);
  }
} finally {
  indexes.remove();
}
