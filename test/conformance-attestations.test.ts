import t from "tap";
import { bench, HARDENED, OURS, stock, WITH_SHELL } from "./conformance/bench.ts";
import { predicates } from "./conformance/oci-layout.ts";
import { sbomScanner } from "./conformance/sbom-scanner.ts";
import { FRONTEND } from "./frontend-image.ts";

// What a build tells about itself: provenance as for any frontend image, in the user's file and lines, and SBOM scans.

const used = await bench(t, { "hello.txt": "hello\n" });

const plain = `${OURS}FROM ${WITH_SHELL}
ARG WORD
COPY hello.txt /
RUN echo $WORD >/word
`;
const grafted = `${OURS}FROM ${WITH_SHELL} AS work
ARG WORD
RUN echo $WORD >/word
FROM ${HARDENED} AS final
DHI-NATIVE libargon2-1
COPY hello.txt /
COPY --from=work /word /
`;
const args = ["--build-arg=WORD=x", "--label=a=b"];

/** Any JSON, to be read by member without a check at each step; strings are taken with String(). */
type Json = { [key: string]: Json } & Json[];

async function provenance(text: string, mode: string, version: string): Promise<Json> {
  const layout = await used.image(text, [...args, `--attest=type=provenance,mode=${mode},version=${version}`]);
  const [found] = predicates(layout.images[0], "slsa.dev/provenance");
  return found as Json;
}

/** The parts of a predicate that both versions have, under one name each. */
function parts(predicate: Json, version: string) {
  if (version === "v1") {
    const { buildDefinition, runDetails } = predicate;
    return {
      materials: buildDefinition?.resolvedDependencies,
      request: buildDefinition?.externalParameters?.request,
      file: buildDefinition?.externalParameters?.configSource?.path,
      steps: buildDefinition?.internalParameters?.buildConfig?.llbDefinition,
      source: runDetails?.metadata?.buildkit_metadata?.source,
    };
  }
  return {
    materials: predicate.materials,
    request: predicate.invocation?.parameters,
    file: predicate.invocation?.configSource?.entryPoint,
    steps: predicate.buildConfig?.llbDefinition,
    source: predicate.metadata?.["https://mobyproject.org/buildkit@v1#metadata"]?.source,
  };
}

const uris = (materials: Json | undefined) => (materials ?? []).map(({ uri }) => String(uri)).sort();
const ownImage = /^pkg:docker\/(?:dhi-stand-in\/)?dhi-frontend@1/;
const sourceText = (source: Json | undefined) => Buffer.from(String(source?.infos?.[0]?.data), "base64").toString();

/** Steps without their worker constraints: the last step of ours names an empty one, which every worker passes. */
function meant(steps: Json | undefined): unknown {
  return steps && JSON.parse(JSON.stringify(steps), (key, value) => (key === "constraints" ? undefined : value));
}

for (const [mode, version] of [
  ["min", "v0.2"],
  ["max", "v0.2"],
  ["min", "v1"],
  ["max", "v1"],
] as const) {
  t.test(`provenance, mode=${mode}, version=${version}`, async (t) => {
    const theirs = parts(await provenance(stock(plain), mode, version), version);
    const ours = parts(await provenance(plain, mode, version), version);
    t.strictSame(
      uris(ours.materials).filter((uri) => !ownImage.test(uri)),
      uris(theirs.materials),
      "materials of the build",
    );
    t.equal(uris(ours.materials).length, uris(theirs.materials).length + 1, "and our image, as of any frontend's");
    t.equal(ours.file, theirs.file);
    t.strictSame(meant(ours.steps), meant(theirs.steps), "steps");
    t.strictSame(ours.source?.locations, theirs.source?.locations, "lines");
    const asked: object = { ...theirs.request?.args, cmdline: FRONTEND, source: FRONTEND };
    t.strictSame(ours.request, { ...theirs.request, frontend: "gateway.v0", args: asked });
    if (mode === "max") t.equal(sourceText(ours.source), plain, "the user's file");

    const own = parts(await provenance(grafted, mode, version), version);
    // What a builder stage may be lent is told of the step that runs, in full provenance only.
    const lent = ["dhi-apt-auth", "dhi-apt-sources", "dhi-ca", "dhi-proxy"].map((id) => ({ id, optional: true }));
    const request = mode === "max" ? { ...ours.request, secrets: lent } : ours.request;
    t.strictSame(
      own.request,
      request,
      "a file with directives has the same request, and secrets that nobody has to give",
    );
    t.equal(own.file, ours.file);
    t.match(
      uris(own.materials).filter((uri) => !ownImage.test(uri)),
      [/debian@trixie-slim/, /dhi\.io\/debian-base@trixie-dev/, /dhi\.io\/debian-base@trixie\?/],
      "the image that a directive builds with is a material",
    );
    if (mode === "min") {
      t.notOk(own.steps);
      t.notOk(own.source);
      return;
    }
    t.equal(sourceText(own.source), grafted, "the user's file, no generated text");
    t.equal(own.source?.infos?.length, 1);
    t.match(own.source?.infos?.[0], { filename: "Dockerfile", language: "Dockerfile" });
    t.match(JSON.stringify(own.source?.infos?.[0]?.llbDefinition), /local:\/\/dockerfile/);
    const places = Object.values(own.source?.locations ?? {}).flatMap(({ locations }) => [...(locations ?? [])]);
    const lines = places.flatMap(({ ranges }) => [...(ranges ?? [])]).map(({ start }) => Number(start?.line));
    t.strictSame([...new Set(lines)].sort(), [2, 4, 5, 6, 7, 8], "each step at a line of the user's");
  });
}

t.test("SBOM scans of the image, of stages and of the context", async (t) => {
  const scanner = await sbomScanner(t, used.engine);
  const text = `${OURS}ARG BUILDKIT_SBOM_SCAN_CONTEXT=true
FROM ${WITH_SHELL} AS work
ARG BUILDKIT_SBOM_SCAN_STAGE=true
RUN echo >/made
FROM ${HARDENED} AS final
DHI-NATIVE libargon2-1
COPY --from=work /made /
`;
  const sbom = [`--attest=type=sbom,generator=${scanner}`, "--provenance=false"];
  const named = async (dockerfile: string) => {
    const { images } = await used.image(dockerfile, sbom);
    return predicates(images[0], "spdx").sort((a, b) => String(a.name).localeCompare(String(b.name)));
  };
  const ours = await named(text);
  t.strictSame(ours, await named(await used.expanded(text)), "the same scans as of the expanded text");
  t.match(ours, [
    { name: "result" },
    { name: "sbom-context", files: "hello.txt" },
    { name: "sbom-work", files: /made/ },
  ]);

  const broken = text.replace("/made /\n", "/not-there /\n");
  const { failed, output } = await used.run(broken, sbom);
  t.ok(failed);
  t.match(output, />>> COPY --from=work \/not-there \//, "a step that fails under a scan is told at the user's line");
  // A name of the expanded text may show here: BuildKit shares running steps, with their names, between builds of one engine.
  t.match(output, /Dockerfile:8\n/);
  t.notMatch(output, /^#\d+ *\n/m, "no step is without a name");
});
