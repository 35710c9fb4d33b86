import { fileURLToPath } from "node:url";
import t from "tap";
import { Refusal } from "./gateway-simulator/gateway-server.ts";
import { simulate } from "./gateway-simulator/simulate.ts";

const frontend = fileURLToPath(new URL("gateway-simulator/forwarding-frontend.ts", import.meta.url));
const command = [process.execPath, "--import", "tsx", frontend] as const;

t.test("a frontend process speaks on standard input and output, returns, and exits with 0", async (t) => {
  const metadata = { "containerimage.config": Buffer.from("{}") };
  const { calls, result, error, exitCode, stderr } = await simulate(command, {
    opts: { filename: "docker/Dockerfile", "build-arg:A": "x=y" },
    files: { "docker/Dockerfile": "FROM scratch\n" },
    handlers: {
      solve: ({ frontend }) => ({ result: { ref: { id: frontend ? "image" : "file" }, metadata, attestations: {} } }),
    },
  });
  t.equal(exitCode, 0);
  t.match(stderr, "a line on standard output", "what is printed goes to standard error");
  t.equal(error, undefined);
  t.equal(result?.ref?.id, "image");
  t.match(
    calls.map(({ name }) => name),
    ["solve", "readFile", "inputs", "solve", "warn", "return"],
  );
  const inner = calls[3];
  t.match(inner?.name === "solve" && inner.request.frontendOpt, {
    filename: "docker/Dockerfile",
    "build-arg:A": "x=y",
  });
});

t.test("an error of the inner frontend comes back whole, and the process exits with 0", async (t) => {
  const details = [{ typeUrl: "github.com/moby/buildkit/errdefs.Source+json", value: Buffer.from("{}") }];
  const { error, result, exitCode } = await simulate(command, {
    files: { Dockerfile: "FROM scratch\nCOPPY\n" },
    handlers: {
      solve({ frontend }) {
        if (frontend) throw new Refusal({ message: "unknown instruction: COPPY", details });
        return { result: { ref: { id: "file" }, metadata: {}, attestations: {} } };
      },
    },
  });
  t.equal(exitCode, 0);
  t.equal(result, undefined);
  t.match(error, { code: 2, message: "unknown instruction: COPPY", details });
});

t.test("a frontend whose BuildKit goes away does not hang", async (t) => {
  const { exitCode, stderr } = await simulate(["sh", "-c", `: | "$@"`, "sh", ...command]);
  t.not(exitCode, 0);
  t.match(stderr, "the connection was closed");
});

t.test("run by hand, without BuildKit, it says so", async (t) => {
  const { exitCode, stderr } = await simulate(["sh", "-c", `exec "$@" </dev/null`, "sh", ...command]);
  t.not(exitCode, 0);
  t.match(stderr, "# syntax=");
});
