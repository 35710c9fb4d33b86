import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { catalogFacts } from "../src/resolve/from-catalog.ts";
import type { Engine } from "./engine/engine.ts";

/** Images that hold nothing but the config that the catalogue declares: enough for whoever only looks at names and configs. */
export interface TinyImages {
  /** What a build's context of that name has to be to lend one; the engine's own image of the name stays as it is. */
  source(reference: string): string;
  remove(): Promise<void>;
}

const nameOf = (index: number) => `dhi-tiny/${index}:1`;

/** Gives the engine one image for each reference, all in one archive (the format of `docker save`). */
export async function tinyImages(engine: Engine, references: readonly string[]): Promise<TinyImages> {
  const folder = mkdtempSync(join(tmpdir(), "dhi-tiny-"));
  const { stdout: architecture } = await engine.docker(["version", "--format", "{{.Server.Arch}}"]);
  try {
    // An archive without members: two empty blocks.
    const layer = Buffer.alloc(1024);
    writeFileSync(join(folder, "layer.tar"), layer);
    const digest = `sha256:${createHash("sha256").update(layer).digest("hex")}`;
    const manifest = references.map((reference, index) => {
      const Config = `${index}.json`;
      const rootfs = { type: "layers", diff_ids: [digest] };
      const image = { architecture: String(architecture).trim(), os: "linux", config: configOf(reference), rootfs };
      writeFileSync(join(folder, Config), JSON.stringify(image));
      return { Config, RepoTags: [nameOf(index)], Layers: ["layer.tar"] };
    });
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    const names = ["manifest.json", "layer.tar", ...manifest.map(({ Config }) => Config)];
    const tar = execa("tar", ["--create", "--directory", folder, ...names], {
      stdin: "ignore",
      encoding: "buffer",
      buffer: { stdout: false },
    });
    await tar.pipe(engine.docker(["load", "--quiet"], { stdin: "pipe" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return {
    source: (reference) => `docker-image://${nameOf(references.indexOf(reference))}`,
    async remove() {
      await engine.docker(["image", "rm", "--force", ...references.map((_, index) => nameOf(index))], {
        reject: false,
      });
    },
  };
}

function configOf(reference: string) {
  const { user, env, workdir, entrypoint, cmd, ports = [] } = catalogFacts(reference);
  return {
    User: user ?? "",
    Env: env,
    WorkingDir: workdir ?? "/",
    Entrypoint: entrypoint ?? [],
    Cmd: cmd ?? [],
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
  };
}
