import t, { type Test } from "tap";
import { run } from "./conformance/buildx.ts";
import { openLab } from "./conformance/lab.ts";
import { SYNTAX } from "./conformance/text.ts";
import { platformObstacle, platformStandIns } from "./engine/stand-ins/platforms.ts";
import { standIns } from "./engine/stand-ins.ts";
import { withArm64 } from "./platforms/emulation.ts";
import { type BuiltFor, buildFor } from "./platforms/images.ts";

// The proof of another platform's packages: by the target's own loader where an emulator lets it run, else by reading the files. Both find the same.

const BASE = "dhi.io/debian-base:trixie";
const WITHOUT_SHELL = "dhi.io/static:20250419-glibc-debian13";
const ARM = ["--platform=linux/arm64", "--no-cache-filter=final"];
const BY_NAME =
  "load by name (the target's code cannot run here: it is for another processor, and no emulator is in reach)";
const BY_LOADER = "load with the base's own loader /usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1";

const lab = await openLab(t);
const obstacle = await platformObstacle(lab.engine);
if (obstacle !== undefined) {
  t.plan(0, `builds for several platforms can't be tested: ${obstacle}`);
  process.exit();
}
await platformStandIns(lab.engine, [BASE, WITHOUT_SHELL]);
await standIns(lab.engine, ["debian:bookworm-slim"]);

/** A base of arm64 into which somebody copied the C++ library of an older release by hand. */
const OLD = "dhi-test/old-cplusplus:arm64";
const OLD_FILE = `FROM --platform=$BUILDPLATFORM debian:bookworm-slim AS old
RUN printf 'APT::Architecture "arm64";\\nAPT::Architectures { "arm64"; };\\n' >/etc/apt/apt.conf.d/00architecture && apt-get update -qq && \\
    cd /tmp && apt-get download -qq -o APT::Sandbox::User=root libstdc++6 && dpkg-deb -x libstdc++6_*.deb /old
FROM ${BASE}
COPY --from=old /old/usr/lib/aarch64-linux-gnu/libstdc++.so.6* /usr/lib/
`;

const old = ["--load", `--tag=${OLD}`, "--network=host", "--platform=linux/arm64"];
const made = await run(lab, { context: "-", input: OLD_FILE, options: old });
if (made.failed) throw new Error(`the base with an old library can't be built: ${made.output}`);
t.teardown(() => lab.engine.docker(["image", "rm", "--force", OLD]));

/** Files, and what the proof of a directive or of the last stage says of them, with the line. */
const BROKEN = [
  {
    text: `${SYNTAX}\nFROM ${BASE} AS final\nDHI-NATIVE --without=*/libpng16.so* libgdiplus\n`,
    says: [
      "Dockerfile:3",
      ">>> DHI-NATIVE --without=*/libpng16.so* libgdiplus",
      "/usr/lib/aarch64-linux-gnu/libcairo.so.2.11804.4",
      "libpng16.so.16, which neither the base nor the packages have",
      "libpng16-16t64",
    ],
  },
  {
    text: `${SYNTAX}\nFROM ${OLD} AS final\nDHI-NATIVE libre2-11\n`,
    says: ["Dockerfile:3", ">>> DHI-NATIVE libre2-11", "libre2.so.11", "GLIBCXX_3.4.32", "lib/libstdc++.so.6"],
  },
  {
    text: `${SYNTAX}
FROM ${BASE} AS donor
DHI-NATIVE libpng16-16t64
FROM --platform=linux/amd64 ${WITHOUT_SHELL} AS here
DHI-TOOL jq
FROM ${WITHOUT_SHELL} AS final
DHI-NATIVE libgif7
COPY --from=donor /usr/lib/aarch64-linux-gnu/libpng16.so.16* /app/
COPY --from=here /usr/bin/jq /app/
ENTRYPOINT ["/app/jq"]
`,
    says: [
      "Dockerfile:6",
      ">>> FROM",
      "DHI-VERIFY: ENTRYPOINT starts /app/jq, which is for the processor x86-64",
      "/app/libpng16.so.16.48.0 need libz.so.1, which is not in this stage; add: DHI-NATIVE zlib1g",
    ],
  },
] as const;

async function proof(t: Test, way: string): Promise<void> {
  const built = await graft(`${SYNTAX}\nFROM ${WITHOUT_SHELL} AS final\nDHI-NATIVE libgdiplus\n`);
  t.notOk(built.failed, "it builds", { output: built.output });
  t.match(built.output, /^#\d+ .*dhi: proven: \d\d programs and libraries load /m);
  t.ok(built.output.includes(way), `the build says how it was proven: ${way}`, { output: built.output });
  for (const { text, says } of BROKEN) {
    const { failed, output } = await graft(text);
    t.ok(failed, "what cannot be loaded fails the build");
    for (const words of says) t.ok(output.includes(words), `the build says: ${words}`, { output });
  }
}

/** A program that was grafted for arm64 on amd64 does its work. */
async function use(t: Test): Promise<void> {
  const image = "dhi-test/tool:arm64";
  t.teardown(() => lab.engine.docker(["image", "rm", "--force", image], { reject: false }));
  const context = lab.folder({ Dockerfile: `${SYNTAX}\nFROM ${WITHOUT_SHELL} AS final\nDHI-TOOL jq\n` });
  const built = await run(lab, { context, options: ["--platform=linux/arm64", "--load", `--tag=${image}`] });
  t.notOk(built.failed, "a tool is built", { output: built.output });
  const asked = [
    "run",
    "--rm",
    "--network=none",
    "--platform=linux/arm64",
    "--entrypoint=/usr/bin/jq",
    image,
    "-n",
    "[1,2]|add",
  ];
  const { stdout } = await lab.engine.docker(asked, { reject: false, stdin: "ignore" });
  t.equal(stdout, "3", "and runs");
}

function graft(text: string): Promise<BuiltFor> {
  return buildFor(lab, { options: ARM }, text);
}

t.test("without emulation", async (t) => {
  const { exitCode } = await lab.engine.docker(
    ["run", "--rm", "--platform=linux/arm64", "--entrypoint=/lib/ld-linux-aarch64.so.1", BASE, "--version"],
    { reject: false, stdin: "ignore" },
  );
  if (exitCode === 0)
    return t.comment("SKIPPED: this machine runs arm64 programs, so nothing shows what is done where they can't run");
  return proof(t, BY_NAME);
});

t.test("with an emulator", async (t) => {
  const obstacle = await withArm64(async () => {
    await proof(t, BY_LOADER);
    await use(t);
  });
  if (obstacle !== undefined) t.comment(`SKIPPED: arm64 programs can't be emulated: ${obstacle}`);
});
