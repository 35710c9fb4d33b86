import t from "tap";
import { readEnvironment } from "../src/gateway/environment.ts";

t.test("options are split at the first equals sign; other variables are no options", async (t) => {
  const { opts, sessionId, product } = readEnvironment({
    BUILDKIT_FRONTEND_OPT_0: "build-arg:A=b=c",
    BUILDKIT_FRONTEND_OPT_12: "no-cache=",
    BUILDKIT_FRONTEND_OPT_X: "x=y",
    BUILDKIT_SESSION_ID: "s",
    BUILDKIT_EXPORTEDPRODUCT: "docker",
    PATH: "/bin",
  });
  t.same(
    [...opts],
    [
      ["build-arg:A", "b=c"],
      ["no-cache", ""],
    ],
  );
  t.equal(sessionId, "s");
  t.equal(product, "docker");
});

t.test("workers with their platforms and version", async (t) => {
  const platforms = [
    { architecture: "amd64", os: "linux" },
    { architecture: "arm", os: "linux", variant: "v7", "os.version": "10" },
  ];
  const json = [
    { id: "w", labels: {}, platforms, gcPolicy: null, buildkitVersion: { package: "p", version: "v0.25.1" } },
    { id: "old" },
  ];
  t.same(readEnvironment({ BUILDKIT_WORKERS: JSON.stringify(json) }).workers, [
    {
      id: "w",
      platforms: [
        { os: "linux", architecture: "amd64" },
        { os: "linux", architecture: "arm", variant: "v7", osVersion: "10" },
      ],
      buildkitVersion: "v0.25.1",
    },
    { id: "old", platforms: [], buildkitVersion: "" },
  ]);
  t.same(readEnvironment({}).workers, []);
  t.same(readEnvironment({ BUILDKIT_WORKERS: "null" }).workers, []);
});
