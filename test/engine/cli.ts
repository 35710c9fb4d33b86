import { execa } from "execa";
import { engine } from "./engine.ts";
import { findPrivateEngine, privateEngineFolder, stopPrivateEngine } from "./private-engine.ts";

const USAGE = `usage: tsx test/engine/cli.ts <command>
  start               start the engine, make it when it is not there
  status              say which engine runs, and where it keeps its things
  env                 print its environment for a shell: eval "$(npx tsx test/engine/cli.ts env)"
  run <arguments>     run docker with these arguments
  stop                stop the private engine; its images and caches stay
DHI_ENGINE=host or private chooses the engine, DHI_ENGINE_SUITE the Debian suite of the private one (forky, trixie).
`;

/** Runs one command and returns its exit code. */
async function main([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case "start": {
      const { kind, version, buildkit } = await engine();
      process.stderr.write(`${kind} engine: Docker ${version}, BuildKit ${buildkit}\n`);
      return 0;
    }
    case "status":
      return status();
    case "env": {
      const { env } = await engine();
      for (const [name, value] of Object.entries(env)) {
        process.stdout.write(`export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
      }
      return 0;
    }
    case "run": {
      const { env } = await engine();
      const result = await execa("docker", rest, { env, stdio: "inherit", reject: false });
      return result.exitCode ?? 1;
    }
    case "stop":
      process.stderr.write((await stopPrivateEngine()) ? "stopped\n" : "it did not run\n");
      return 0;
    default:
      process.stderr.write(USAGE);
      return 2;
  }
}

async function status(): Promise<number> {
  const found = await findPrivateEngine();
  if (found === undefined) {
    process.stdout.write(`no private engine runs (its folder: ${privateEngineFolder()})\n`);
    return 1;
  }
  const { state, folders } = found;
  process.stdout.write(
    `private engine: Docker ${state.version}, BuildKit ${state.buildkit}, process ${state.pid}\nfolder: ${folders.instance}\nlog: ${folders.log}\n`,
  );
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
