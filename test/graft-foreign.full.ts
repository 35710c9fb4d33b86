import t from "tap";
import { engine } from "./engine/engine.ts";
import { Builds, graftDockerfile } from "./graft/build.ts";
import { readImageFiles } from "./image-files.ts";

const BUILDER = "dhi.io/debian-base:trixie-dev";
const used = await engine();
const builds = await Builds.with(used, [BUILDER]);
const tags = ["amd64", "arm64"].map((name) => `dhi-graft-foreign-test:${name}`);
t.teardown(() => used.docker(["image", "rm", "--force", ...tags], { reject: false }));

/** A base of an architecture: the C library and the release. */
const base = (architecture: string) => `FROM --platform=$BUILDPLATFORM ${BUILDER} AS made
USER 0:0
WORKDIR /tmp
RUN printf 'APT::Architecture "${architecture}";\\nAPT::Architectures { "${architecture}"; };\\nDir::State::status "/dev/null";\\n' >/apt.conf && apt-get -qq -c /apt.conf update && \\
    apt-get -qq -c /apt.conf download libc6 libgcc-s1 base-files && for deb in *.deb; do dpkg-deb -x "$deb" /root2; done
FROM --platform=linux/${architecture} scratch AS plain
COPY --from=made /root2/ /
`;

// One list of each kind: text with paths, text without, and what has another form.
const made = [
  "usr/lib/{triplet}/gdk-pixbuf-2.0/2.10.0/loaders.cache",
  "usr/lib/{triplet}/gio/modules/giomodule.cache",
  "usr/share/glib-2.0/schemas/gschemas.compiled",
  "usr/share/mime/mime.cache",
  "usr/lib/{triplet}/graphviz/config6a",
  "etc/ssl/certs/ca-certificates.crt",
];

async function lists({ architecture, triplet }: { architecture: string; triplet: string }) {
  const words = ["librsvg2-common", "glib-networking", "gsettings-desktop-schemas", "graphviz", "ca-certificates"];
  const dockerfile = graftDockerfile(base(architecture), { base: "plain", builder: BUILDER, words });
  const tag = `dhi-graft-foreign-test:${architecture}`;
  const { ok, log } = await builds.build(dockerfile, tag, `--platform=linux/${architecture}`);
  if (!ok) throw new Error(log);
  const paths = made.map((path) => path.replace("{triplet}", triplet));
  const files = await readImageFiles(used, tag, (path) => paths.includes(path));
  return new Map(made.map((path, i) => [path, files.get(paths[i] ?? "")?.content]));
}

t.test("what programs make is the same for another architecture, whose programs do not run here", async (t) => {
  const amd64 = { architecture: "amd64", triplet: "x86_64-linux-gnu" };
  const arm64 = { architecture: "arm64", triplet: "aarch64-linux-gnu" };
  const [own, other] = process.arch === "arm64" ? [arm64, amd64] : [amd64, arm64];
  const here = await lists(own);
  const there = await lists(other);
  for (const path of made) {
    const [ours, theirs] = [here.get(path)?.toString("latin1"), there.get(path)?.toString("latin1")];
    t.ok(ours, path);
    t.equal(theirs, ours?.replaceAll(own.triplet, other.triplet), path);
  }
  t.match(
    there.get(made[0] ?? "")?.toString(),
    other.triplet,
    "the list of loaders names files of the other architecture",
  );
});
