import { readFileSync } from "node:fs";
import t from "tap";
import { catalogHead, contentsOf, findRepository, repositoryNames, tagsOf } from "../src/resolve/catalog.ts";
import { catalogFile, packagesFile } from "../src/resolve/catalog-files.ts";
import { suggestRepository, suggestTag } from "../src/resolve/suggest.ts";
import { lookUp } from "../src/resolve/tags.ts";

interface Packed {
  readonly names: readonly string[];
  readonly sets: readonly (readonly number[])[];
  readonly repositories: Readonly<
    Record<string, Record<string, { packages?: number; refused?: number; artifacts?: string[]; placed?: string[] }>>
  >;
}

t.test("the catalogue is read line by line as the JSON that it is", async (t) => {
  const whole = JSON.parse(readFileSync(catalogFile, "utf8")) as { repositories: Record<string, unknown> };
  const { repositories, ...head } = whole;
  t.strictSame(catalogHead(), head);
  t.strictSame(repositoryNames(), Object.keys(repositories));
  for (const [name, repository] of Object.entries(repositories)) t.strictSame(findRepository(name), repository, name);
  for (const name of ["", "nod", "repositories", 'node":', "__proto__", "title"])
    t.equal(findRepository(name), undefined);
  const packed = JSON.parse(readFileSync(packagesFile, "utf8")) as Packed;
  const named = (set: number | undefined) =>
    (set === undefined ? [] : (packed.sets[set] ?? [])).map((name) => packed.names[name]);
  for (const name of repositoryNames()) {
    for (const variant of new Set(tagsOf(name).values())) {
      const { packages, refused, artifacts = [], placed = [] } = packed.repositories[name]?.[variant.file] ?? {};
      const whole = { packages: named(packages), refused: named(refused), artifacts, placed };
      t.strictSame(contentsOf(name, variant), whole, `${name} ${variant.file}`);
    }
  }
});

t.test("every tag of the catalogue is found, at its variant", async (t) => {
  let count = 0;
  for (const name of repositoryNames()) {
    for (const [tag, variant] of tagsOf(name)) {
      count++;
      const found = lookUp(`dhi.io/${name}:${tag}`);
      if (found?.found !== "tag" || found.variant !== variant) t.fail(`${name}:${tag}`);
    }
  }
  t.ok(count > 15000, `${count} tags`);
});

t.test("wrong tags become the right ones", async (t) => {
  const cases = `
    dotnet           8-debian13-sdk                    8-sdk-debian13
    dotnet           8.0-debian13-sdk                  8.0-sdk-debian13
    dotnet           8.0-alpine3.20                    8.0-alpine3.24
    aspnetcore       8.0-noble                         8.0-debian13
    aspnetcore       8.0-jammy-chiseled                8.0-debian13
    node             22-dev-debian13                   22-debian13-dev
    node             22-slim                           22-debian13
    node             22-bookworm-slim                  22-debian12
    node             22-trixie-slim                    22-debian13
    node             trixie-slim                       26-debian13
    node             22-alpine3.18                     22-alpine3.24
    node             22-alpine-slim                    22-alpine
    node             18                                22-debian13
    node             20.11.1-slim                      22-debian13
    node             18-alpine                         22-alpine
    node             lts                               24-debian13
    node             lts-alpine                        24-alpine
    node             latest                            26-debian13
    node             22.99.1-debian13                  22-debian13
    node             99                                26-debian13
    node             22-debain13                       22-debian13
    node             22-dve                            22-debian13-dev
    node             22-debian13-fips-dev              22-debian13-dev
    python           3.9                               3.10-debian13
    python           3.13-slim-bookworm                3.13-debian12
    golang           1.22-alpine                       1.26-alpine
    golang           1.26-dev-alpine                   1.26-alpine-dev
    php              8.4-cli                           8.4-debian13
    php              8.3-fpm-alpine                    8.3-alpine-fpm
    php              8.1-apache                        8.2-debian13
    eclipse-temurin  21-jre                            21-debian13
    eclipse-temurin  21-jdk                            21-jdk-debian13-dev
    maven            3.9.9-eclipse-temurin-21-alpine   3.9-jdk21-alpine-dev
    gradle           9-jdk21                           9-jdk21-debian13-dev
    tomcat           10.1-jdk21-temurin                10.1-jdk21-debian13
    nginx            stable                            1.30-debian13
    nginx            mainline                          1.31-debian13
    nginx            1.27-alpine                       1.30-alpine
    postgres         16-bookworm                       16-debian13
    httpd            2.4-alpine                        2.4-debian13
    static           latest                            20250419-debian13
    static           nonroot                           20250419-debian13
    debian-base      12.5                              bookworm
    debian-base      bookworm-slim                     bookworm
    debian-base      latest                            trixie
    debian-base      trixie-slim-dev                   trixie-dev
    alpine-base      3.19                              3.24
    alpine-base      latest                            3.24`;
  for (const line of cases.trim().split("\n")) {
    const [repository = "", wrong = "", right = ""] = line.trim().split(/\s+/);
    t.equal(suggestTag(repository, wrong), right, `${repository}:${wrong}`);
    t.ok(tagsOf(repository).has(right), `${repository}:${right} exists`);
  }
});

t.test("wrong repositories become the right ones", async (t) => {
  const cases = {
    debian: "debian-base",
    mongo: "mongodb",
    openjdk: "eclipse-temurin",
    pyhton: "python",
    ngnix: "nginx",
  };
  for (const [wrong, right] of Object.entries(cases)) t.equal(suggestRepository(wrong), right, wrong);
  t.equal(suggestRepository("xyzzy"), undefined);
  t.match(lookUp("acme.io/dhi.io/nodejs:22-slim"), {
    found: "nothing",
    suggestion: "acme.io/dhi.io/node:22-debian13",
  });
  t.match(lookUp("dhi.io/constructor:1"), { found: "nothing" }, "no name of JavaScript's own is a repository");
});

t.test("what the catalogue does not list is understood as far as it goes", async (t) => {
  t.match(lookUp("dhi.io/node:22.99.0-debian12"), { found: "repository", modelTag: "22-debian12" });
  t.match(lookUp("dhi.io/node:22-debian13-fips"), { found: "repository", modelTag: "22-debian13" });
  t.match(lookUp("acme/dhi-node:22-alpine3.23-acme-dev"), { found: "repository", modelTag: "22-alpine3.23-dev" });
  t.match(lookUp("dhi.io/node"), { tag: "latest", suggestion: "dhi.io/node:26-debian13" });
  t.equal(lookUp("node:22"), undefined);
});

t.test("any text as a tag gives an answer, and only tags that exist", async (t) => {
  const tags = tagsOf("node");
  const words = [
    "22",
    "18",
    "dev",
    "debian13",
    "slim",
    "alpine",
    "alpine3.18",
    "x",
    "",
    "latest",
    "v1",
    "-",
    "sfw",
    "jdk",
  ];
  for (const one of words) {
    for (const two of words) {
      const found = suggestTag("node", `${one}-${two}`);
      t.ok(found === undefined || tags.has(found), `${one}-${two} -> ${found}`);
    }
  }
});

t.test("declared packages can be read", async (t) => {
  const variant = tagsOf("node").get("22-debian13");
  const contents = variant && contentsOf("node", variant);
  t.ok(contents?.packages.includes("libc6"));
  t.ok(contents?.refused.includes("dpkg"));
});
