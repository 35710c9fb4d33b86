import { APK_DATABASES, DPKG_STATUS, dpkgList, RECORD_FOLDERS } from "./image.ts";

/** A word of a directive that brought a package: DHI-NATIVE libgdiplus. */
export interface Request {
  /** Absent in records that name the word only. */
  readonly directive?: string;
  readonly word: string;
}

/** What an image's records say of a package. Paths have no slash in front. */
export interface PackageRecord {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** The words that brought it; none for a package of the base. */
  readonly requested: readonly Request[];
  /** What of it did not come along, as `3 programs`, `package debconf`. */
  readonly leftOut: readonly string[];
  /** The file that the record stands in. */
  readonly record: string;
  /** Its files and links, as far as the image has lists of them. */
  readonly paths: ReadonlySet<string>;
}

/** Reads the package records of an image from the texts of its files: a record for each package, two where a directive brought files that the base's package lacks. */
export function readRecords(texts: ReadonlyMap<string, string>): PackageRecord[] {
  const apk = new Map(APK_DATABASES.flatMap((path) => apkPackages(texts.get(path) ?? "", path)));
  const own = [...texts].flatMap(([path, text]) => {
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (path.endsWith(".md5sums") || !RECORD_FOLDERS.some((one) => one === folder)) return [];
    return stanzas(text).map((fields) => record(fields, path, [...sums(texts.get(`${path}.md5sums`) ?? "")]));
  });
  const full = stanzas(texts.get(DPKG_STATUS) ?? "")
    .filter((fields) => / installed$/.test(fields.get("status") ?? " installed"))
    .map((fields) => {
      const names = [fields.get("package") ?? "", `${fields.get("package")}:${fields.get("architecture")}`];
      const lists = names.map(dpkgList).map((path) => texts.get(path) ?? "");
      return record(fields, DPKG_STATUS, lists.flatMap(lines).map(relative));
    });
  // On Alpine our record says who asked, and apk's own which files.
  const asked = own.map((one) => {
    const listed = one.requested.length > 0 ? apk.get(one.name) : undefined;
    return listed ? { ...one, paths: new Set([...one.paths, ...listed.paths]) } : one;
  });
  const brought = new Set(asked.filter(({ requested }) => requested.length > 0).map(({ name }) => name));
  const rest = [...apk.values()].filter(({ name }) => !brought.has(name));
  return [...asked, ...full, ...rest].filter(({ name }) => name !== "").sort(byName);
}

function byName(one: PackageRecord, other: PackageRecord): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : one.record < other.record ? -1 : 1;
}

function record(fields: ReadonlyMap<string, string>, path: string, files: readonly string[]): PackageRecord {
  const links = lines(fields.get("dhi-links") ?? "").map((line) => relative(line.trim()));
  return {
    name: fields.get("package") ?? "",
    version: fields.get("version") ?? "",
    architecture: fields.get("architecture") ?? "",
    requested: requests(fields.get("dhi-requested") ?? ""),
    leftOut: (fields.get("dhi-left-out") ?? "").split(/,\s*/).filter(Boolean),
    record: path,
    paths: new Set([...files, ...links]),
  };
}

/** `DHI-NATIVE libgdiplus libpq5, DHI-TOOL curl`: a directive holds for the words behind it. */
function requests(text: string): Request[] {
  let directive: string | undefined;
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .flatMap((word): Request[] => {
      if (!/^DHI-[A-Z]+$/.test(word)) return [{ ...(directive === undefined ? {} : { directive }), word }];
      directive = word;
      return [];
    });
}

/** Control stanzas (Debian policy 5.1): fields by their name in small letters, with the lines that continue them. */
function stanzas(text: string): Map<string, string>[] {
  return text
    .split(/\n[ \t\r]*\n/)
    .filter((stanza) => stanza.trim() !== "")
    .map((stanza) => {
      const fields = new Map<string, string>();
      let name = "";
      for (const line of lines(stanza)) {
        const field = /^([^\s:]+):[ \t]*(.*)$/.exec(line);
        name = field?.[1]?.toLowerCase() ?? name;
        fields.set(name, field ? (field[2] ?? "") : `${fields.get(name) ?? ""}\n${line}`);
      }
      return fields;
    });
}

/** A list of md5sum(1): 32 digits, two characters, the path. */
function sums(text: string): string[] {
  return lines(text)
    .filter((line) => /^[0-9a-f]{32} [ *]/.test(line))
    .map((line) => relative(line.slice(34)));
}

/** apk's database: P name, V version, A architecture, F folder, R file in it (apk-package(5)). */
function apkPackages(text: string, database: string): [string, PackageRecord][] {
  return text.split(/\n\n+/).flatMap((stanza): [string, PackageRecord][] => {
    let folder = "";
    const fields = new Map<string, string>();
    const paths = new Set<string>();
    for (const line of lines(stanza)) {
      const value = line.slice(2);
      if (line.startsWith("F:")) folder = value;
      else if (line.startsWith("R:")) paths.add(folder === "" ? value : `${folder}/${value}`);
      else fields.set(line.slice(0, 1), value);
    }
    const name = fields.get("P") ?? "";
    const version = fields.get("V") ?? "";
    const architecture = fields.get("A") ?? "";
    return [[name, { name, version, architecture, requested: [], leftOut: [], record: database, paths }]];
  });
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== "");
}

function relative(path: string): string {
  return path.replace(/^(\.?\/)+/, "");
}
