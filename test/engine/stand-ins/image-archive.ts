import { createHash } from "node:crypto";
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** The part of an image's config that a container starts with (OCI image specification, config.md). */
export interface ContainerConfig {
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Labels?: Readonly<Record<string, string>>;
}

/** The file system of the image in the folder of its archive. */
export const LAYER = "layer.tar";

/**
 * Makes a folder that holds LAYER into what `docker load` takes once it is packed (the format of `docker save`: manifest.json and what it names).
 * A Dockerfile can't make such an image: BuildKit adds PATH to every config, and the label com.docker.dhi.chain-id names the layer itself.
 */
export async function writeArchive(
  folder: string,
  name: string,
  architecture: string,
  config: ContainerConfig,
): Promise<void> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(join(folder, LAYER), { highWaterMark: 1 << 20 }), hash);
  const layer = `sha256:${hash.digest("hex")}`;
  const image = {
    created: new Date().toISOString(),
    architecture,
    os: "linux",
    // The ChainID of a single layer is its own digest (config.md, "Layer ChainID").
    config: { ...config, Labels: { ...config.Labels, "com.docker.dhi.chain-id": layer } },
    rootfs: { type: "layers", diff_ids: [layer] },
    history: [{ created_by: "stand-in" }],
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(image));
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify([{ Config: "config.json", RepoTags: [name], Layers: [LAYER] }]),
  );
}
