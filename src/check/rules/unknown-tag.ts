import { findRepository, tagsOf } from "../../resolve/catalog.ts";
import { parseReference } from "../../resolve/reference.ts";
import { isVersion } from "../../resolve/tag-words.ts";
import type { Problem, Rule } from "../rule.ts";
import type { StageView } from "../stage-view.ts";

/** Base images that do not exist. */
export const unknownTag: Rule = {
  name: "DhiUnknownTag",
  severity: "error",
  summary: "a hardened image, tag or variant that does not exist",
  docs: `The build stops when a base image does not exist, and a registry without a login says no more than \`unknown\`, as it does for a wrong password.
Hardened images have names and tags of their own: no \`latest\`, \`lts\` or \`slim\` (but for a few), the distro as \`debian13\` or \`alpine3.23\` instead of \`bookworm\` or \`alpine\` alone with a
release, \`-dev\` last, \`-sdk\` before the distro. Older major versions are not built.

Write a tag that exists. The nearest one is named. \`check --fix\` does not change it: another version is your decision.

When the image itself could be read there is nothing to say, whatever the catalogue lists. A version newer than the catalogue is a warning only. Images of
subscriptions (\`-fips\`, \`-stig\`, \`-els\`) and your organisation's own forms of an image are not in the public catalogue, so they are left alone.`,
  looksAt: "hardened",
  bad: [
    {
      title: "A tag of the official image",
      dockerfile: 'FROM dhi.io/node:22-bookworm-slim\nCMD ["node", "server.js"]\n',
      lines: [1],
    },
    {
      title: "Parts in the wrong order, and a repository of another name",
      dockerfile:
        'FROM dhi.io/dotnet:8.0-debian13-sdk AS build\nRUN dotnet publish -o /out\n\nFROM dhi.io/aspnet:8.0\nCOPY --from=build /out /app\nCMD ["dotnet", "/app/app.dll"]\n',
      lines: [1, 4],
    },
  ],
  good: [
    { title: "A tag of the catalogue", dockerfile: 'FROM dhi.io/node:22-debian13\nCMD ["node", "server.js"]\n' },
    {
      title: "A subscription's image",
      dockerfile: 'FROM dhi.io/node:22-debian13-fips\nCMD ["node", "server.js"]\n',
    },
    {
      title: "An organisation's own form",
      dockerfile: 'FROM acme/dhi-node:22-debian13-tools\nCMD ["node", "server.js"]\n',
    },
  ],
  *check(stage, { catalogDate }) {
    const problem = problemOf(stage, catalogDate);
    if (problem) yield problem;
  },
};

function problemOf({ base, parent, stage }: StageView, catalogDate: string): Problem | undefined {
  if (!base || parent || !base.unlisted || base.source !== "catalog" || base.repository === undefined) return undefined;
  const image = parseReference(base.reference);
  const tag = image?.tag ?? "latest";
  const there = findRepository(base.repository) !== undefined;
  if (!image || ownForm(image.registry, base.repository, tag) || /(?:^|-)(?:fips|stig|els)(?:-|$)/.test(tag)) {
    return undefined;
  }
  const what = there ? `no tag \`${tag}\` of ${base.repository}` : `no image \`${base.repository}\``;
  return {
    span: stage.image.span,
    message: `the catalogue of ${catalogDate} has ${what}`,
    ...(base.suggestion === undefined ? {} : { suggestion: `did you mean \`${base.suggestion}\`?` }),
    ...(there && isNewer(base.repository, tag) ? { severity: "warning" } : {}),
  };
}

/** Mirrors may hold customised images, whose tags continue a tag of the catalogue. */
function ownForm(registry: string, repository: string, tag: string): boolean {
  if (registry === "dhi.io") return false;
  const tags = tagsOf(repository);
  return tag.split("-").some((_, index, parts) => index > 0 && tags.has(parts.slice(0, index).join("-")));
}

/** True when a tag's version is above all that the catalogue has of its major version, or of all: it may have come since. */
function isNewer(repository: string, tag: string): boolean {
  const [version = ""] = tag.split("-");
  if (!isVersion(version)) return false;
  const major = (text: string) => text.split(".")[0];
  const all = [...tagsOf(repository).keys()].map((known) => known.split("-")[0] ?? "").filter(isVersion);
  const same = all.filter((known) => major(known) === major(version));
  const above = (other: string) => version.localeCompare(other, "en", { numeric: true }) > 0;
  return (same.length > 0 ? same : all).every((known) => above(known) && !known.startsWith(`${version}.`));
}
