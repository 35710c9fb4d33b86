import t from "tap";
import { compile } from "../src/compile.ts";
import type { ImageFacts } from "../src/model.ts";

const platform = { os: "linux", architecture: "amd64" };

/** What is left of a file when the external image has these facts. */
async function expanded(facts: Partial<ImageFacts>, ...lines: readonly string[]): Promise<string[]> {
  const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
  const image = async (reference: string): Promise<ImageFacts> => ({
    reference,
    distro: "debian",
    release: "13",
    hardened: false,
    shell: true,
    packageManager: "apt",
    env: [],
    origins: {},
    ...facts,
  });
  const options = { buildArgs: {}, platform, buildPlatform: platform, facts: { image }, scope: "all" } as const;
  const { text } = await compile({ name: "Dockerfile", bytes }, options);
  return text.split("\n").filter((line) => /^(?:USER|RUN)/i.test(line));
}

const run = "RUN apt-get update \\";
const tool = ["FROM x", "DHI-TOOL jq"];

t.test("nothing is switched for root", async (t) => {
  for (const user of ["0", "root", "0:0", "root:1000"]) t.same(await expanded({ user }, ...tool), [run], user);
  t.same(await expanded({}, ...tool), [run], "an image whose user nobody knows is left alone");
});

t.test("the image's own user comes back as it is", async (t) => {
  for (const [user, text] of [
    ["65532", "65532"],
    ["node:users", "node:users"],
    ["1000:0", "1000:0"],
    ["rooty", "rooty"],
    ["we ird$x'\"", "we\\ ird\\$x\\'\\\""],
  ] as const) {
    t.same(await expanded({ user }, ...tool), ["USER 0:0", run, `USER ${text}`], user);
  }
});

t.test("the user is the one in force at the line", async (t) => {
  const file = ["ARG A=1", "FROM x AS a", "ARG A", "USER u$A", "FROM a AS b", "DHI-TOOL jq", "ENV A=2", "DHI-TOOL git"];
  t.same(await expanded({ user: "0" }, ...file), ["USER u$A", "USER 0:0", run, "USER u$A", "USER 0:0", run, "USER u1"]);
  t.same(
    await expanded({ user: "app" }, "FROM x", "DHI-TOOL jq", "USER root", "DHI-TOOL git", "USER 5"),
    ["USER 0:0", run, "USER app", "USER root", run, "USER 5"],
    "lines below do not count",
  );
  t.same(
    await expanded({ user: "0", onbuild: ["USER app"] }, ...tool),
    ["USER 0:0", run, "USER app"],
    "ONBUILD of the image",
  );
  t.same(
    await expanded(
      { user: "0" },
      "FROM x AS a",
      "ONBUILD USER app",
      "FROM a AS b",
      "DHI-TOOL jq",
      "FROM b",
      "DHI-TOOL jq",
    ),
    ["USER 0:0", run, "USER app", "USER 0:0", run, "USER app"],
    "ONBUILD of a stage fires in the next one, and its user stays",
  );
  t.same(
    await expanded({ user: "0" }, "# escape=`", "FROM x", "USER a`", " b", "DHI-TOOL jq"),
    ["USER a`", "USER 0:0", "RUN apt-get update `", "USER a b"],
    "over a continued line",
  );
});

t.test("a shell of the user's own does not run the install", async (t) => {
  const exec = /^RUN \["\/bin\/sh", "-c", "apt-get update && .* install .* jq && rm -rf [^"]*"\]$/;
  const [line] = await expanded({ user: "0" }, "FROM x", 'SHELL ["pwsh", "-c"]', "DHI-TOOL jq");
  t.match(line, exec, "of a SHELL line");
  t.match((await expanded({ user: "0", runShell: ["pwsh"] }, ...tool))[0], exec, "of the image");
  t.match((await expanded({ user: "0", onbuild: ['SHELL ["pwsh"]'] }, ...tool))[0], exec, "of the image's ONBUILD");
});
