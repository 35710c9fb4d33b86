import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { type Events, eventReader } from "../examples/build-events.ts";
import { examples, unknownExample } from "../examples/catalogue.ts";
import { graftSeconds, reportTable } from "../examples/report.ts";
import { paint, seconds, type Terminal, wrap } from "../examples/terminal.ts";
import { bytes } from "../src/explain/style.ts";

// What `npm start` says, without an engine.

const root = join(import.meta.dirname, "..");
const start = (args: readonly string[]) =>
  execa("npx", ["tsx", "examples/start.ts", ...args], { cwd: root, reject: false });
const plain: Terminal = { write: () => true };

t.test("help and wrong usage", async (t) => {
  const help = await start(["--help"]);
  t.equal(help.exitCode, 0);
  t.match(help.stdout, /^Usage: npm start[\s\S]*drawing/);
  const misspelt = await start(["drawin"]);
  t.equal(misspelt.exitCode, 2);
  t.match(misspelt.stderr, /no example is called drawin; did you mean drawing\?/);
  const list = await start(["list"]);
  t.equal(list.exitCode, 0);
  t.match(list.stdout, /^ {2}dotnet-vue +\S.*\n {2}drawing +\S.*\n {2}node-express +\S/);
  const two = await start(["drawing", "node-express"]);
  t.equal(two.exitCode, 2);
  t.match(two.stderr, /one example at a time: drawing node-express/);
  const flag = await start(["--nope"]);
  t.equal(flag.exitCode, 2);
  t.match(flag.stderr, /--nope/);
});

t.test("a failure without an engine says what is missing", async (t) => {
  const empty = mkdtempSync(join(tmpdir(), "dhi-no-docker-"));
  t.teardown(() => rmSync(empty, { recursive: true }));
  const env = { DHI_ENGINE: "host", PATH: empty };
  const ran = await execa(process.execPath, ["--import=tsx", "examples/start.ts"], { cwd: root, env, reject: false });
  t.equal(ran.exitCode, 1);
  t.match(ran.stderr, /drawing failed\nthere is no docker command/);
});

t.test("an unknown word that is near to no example gets the list", async (t) => {
  t.match(unknownExample("kubernetes", examples()), /there is .*drawing/);
});

t.test("an example that needs .NET says so where there is none", async (t) => {
  const empty = mkdtempSync(join(tmpdir(), "dhi-no-dotnet-"));
  t.teardown(() => rmSync(empty, { recursive: true }));
  const args = ["--import=tsx", "examples/start.ts", "dotnet-vue"];
  const ran = await execa(process.execPath, args, { cwd: root, env: { PATH: empty }, reject: false });
  t.equal(ran.exitCode, 1);
  t.match(ran.stderr, /dotnet-vue failed\nthis machine has no SDK of \.NET 10.*: install it/);
});

t.test("events of a build", async (t) => {
  const read = eventReader();
  const vertex = { digest: "sha256:1", name: "[final] RUN x", started: "2026-01-01T00:00:00.5Z" };
  const said = (events: object): Events | undefined => read(JSON.stringify(events));
  t.same(said({ vertexes: [vertex] })?.started, ["[final] RUN x"]);
  t.same(said({ vertexes: [vertex] })?.started, [], "a start is told once");
  const log = { vertex: "sha256:1", data: Buffer.from("hello\n").toString("base64") };
  t.same(said({ logs: [log] })?.logs, [{ step: "[final] RUN x", text: "hello\n" }]);
  const done = { ...vertex, completed: "2026-01-01T00:00:02.0Z", error: "exit code: 1" };
  const step = { name: vertex.name, seconds: 1.5, cached: false, error: "exit code: 1" };
  t.same(said({ vertexes: [done] })?.finished, [step]);
  t.same(said({ vertexes: [done] })?.finished, [], "an end is told once");
  t.equal(read("ERROR: failed to build"), undefined, "a message is no event");
});

t.test("the report", async (t) => {
  const requested = [{ directive: "DHI-NATIVE", word: "libx" }];
  const described = { name: "libx1", version: "2:1.8.12-1+b2", architecture: "amd64", requested, leftOut: [] };
  const grafted = { files: 3, bytes: 24_200_000 };
  const none = { files: 0, bytes: 0 };
  const report = {
    image: "x",
    platform: "linux/amd64",
    files: 1003,
    bytes: 174_000_000,
    base: { files: 1000, bytes: 150_000_000 },
    own: none,
    records: none,
    unrecorded: none,
    grafted: { packages: 1, ...grafted },
    requested: [{ directive: "DHI-NATIVE", word: "libx", packages: 1, ...grafted }],
    packages: [{ ...described, ...grafted }],
  };
  const results = [{ path: "out/x/chart.png", size: 24_076 }];
  const result = { uid: 65532, answers: [], results };
  const table = reportTable(report, { graft: 5.04, build: 14, total: 40.4 }, result, plain);
  t.equal(
    table,
    `image     174 MB, of which the base has 150 MB
grafted   1 package for libx: 3 files, 24.2 MB
packages  libx1 1.8.12
time      graft 5.0 s, build 14 s, all 40 s
ran as    uid 65532
result    out/x/chart.png (24.1 KB)
`,
  );
  const answers = [
    { request: "GET /", status: 200, type: "text/html", size: 401 },
    { request: "POST /orders", status: 404, type: "application/json", size: 18 },
  ];
  t.match(
    reportTable(report, { graft: 5.04, build: 14, total: 40.4 }, { ...result, answers }, plain),
    `ran as    uid 65532
answers   GET /         200 text/html (401 B)
          POST /orders  404 application/json (18 B)
result    out/x/chart.png (24.1 KB)
`,
  );
  const steps = [
    { name: "[a] DHI-NATIVE libx: packages", seconds: 4, cached: false },
    { name: "[a] DHI-NATIVE libx: proof", seconds: 1, cached: true },
    { name: "[a] RUN x", seconds: 2, cached: false },
  ];
  t.equal(graftSeconds(steps), 4);
});

t.test("numbers, lines and colours", async (t) => {
  t.same([0, 999, 1000, 24_076, 150_400_000].map(bytes), ["0 B", "999 B", "1.0 KB", "24.1 KB", "150 MB"]);
  t.same([0.04, 9.96, 61.4].map(seconds), ["0.0 s", "10.0 s", "61 s"]);
  t.same(wrap(["a 1", "b 2", "c 3"], 9), ["a 1, b 2,", "c 3"]);
  t.equal(paint(plain, "red", "x"), "x");
  process.env.NO_COLOR = "1";
  t.equal(paint({ ...plain, isTTY: true }, "red", "x"), "x");
  process.env.NO_COLOR = "";
  t.equal(paint({ ...plain, isTTY: true }, "red", "x"), "\x1b[31mx\x1b[0m");
});
