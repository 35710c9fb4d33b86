import type { Request } from "./records.ts";
import { type Report, requestText } from "./report.ts";
import { bytes, type Column, count, type Paint, table, visible } from "./style.ts";

const WORDS: readonly Column[] = [
  { title: "PACKAGES", side: "right" },
  { title: "FILES", side: "right" },
  { title: "SIZE", side: "right" },
  { title: "BROUGHT BY", side: "left" },
];

const PACKAGES: readonly Column[] = [
  { title: "PACKAGE", side: "left" },
  { title: "VERSION", side: "left" },
  { title: "FILES", side: "right" },
  { title: "SIZE", side: "right" },
  { title: "FOR", side: "left" },
];

/** The delta report for people: what each word brought, each package, and what the image is made of. */
export function reportText(report: Report, paint: Paint): string {
  const { image, platform, requested, packages, grafted } = report;
  const title = `${paint("bold", image)} ${paint("dim", platform)}`;
  if (packages.length === 0) return `${title}\nNo directive brought a package into this image.\n`;
  const words = requested.map(({ packages: number, files, bytes: size, ...request }) => [
    `${number}`,
    `${files}`,
    bytes(size),
    requestText(request),
  ]);
  const rows = packages.map(({ name, version, files, bytes: size, requested: by }) => [
    name,
    version,
    `${files}`,
    bytes(size),
    wordsText(by),
  ]);
  const total = `${count(grafted.packages, "package")}, ${count(grafted.files, "file")}, ${bytes(grafted.bytes)}`;
  return [
    title,
    "",
    ...table(WORDS, words, paint),
    "",
    ...table(PACKAGES, rows, paint),
    "",
    `${paint("bold", total)}${share(report)}`,
    ...leftOut(report),
    ...unrecorded(report),
    "",
  ].join("\n");
}

/** The words without their directives, which the table above names. */
function wordsText(requested: readonly Request[]): string {
  return [...new Set(requested.map(({ word }) => word))].join(", ");
}

function share({ bytes: all, base, own }: Report): string {
  const parts = [
    base.bytes > 0 ? `its base ${bytes(base.bytes)}` : "",
    own.files > 0 ? `your own files ${bytes(own.bytes)}` : "",
  ];
  const others = parts.filter(Boolean).join(", ");
  return ` of ${bytes(all)}${others === "" ? "" : ` (${others})`}`;
}

/** What did not come along, over all packages: `35 programs, 120 documentation; the packages debconf, dpkg`. */
function leftOut({ packages }: Report): string[] {
  const kinds = new Map<string, number>();
  const whole = new Set<string>();
  for (const item of packages.flatMap(({ leftOut: items }) => items)) {
    const [, number, kind = ""] = /^(\d+) (.+)$/.exec(item) ?? [];
    if (number === undefined) whole.add(item.replace(/^package /, ""));
    else kinds.set(kind, (kinds.get(kind) ?? 0) + Number(number));
  }
  const list = [...kinds]
    .sort(([, one], [, other]) => other - one)
    .map(([kind, number]) => `${number} ${number === 1 ? singular(kind) : kind}`);
  if (whole.size > 0) list.push(`the package${whole.size === 1 ? "" : "s"} ${[...whole].sort().join(", ")}`);
  return list.length === 0 ? [] : [`left out: ${visible(list.join(", "))}`];
}

function singular(kind: string): string {
  return kind.replace(/ies$/, "y").replace(/s$/, "");
}

function unrecorded({ unrecorded: { files } }: Report): string[] {
  return files === 0 ? [] : [`${count(files, "file")} or links of these layers stand in no record`];
}
