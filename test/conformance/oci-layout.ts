import { readFileSync } from "node:fs";
import { join } from "node:path";

/** An image layout on disk, as `--output type=oci,tar=false` writes it (OCI image-layout, image-index, manifest, config). */
export interface Layout {
  /** The digest that the build reports: of the index, or of the one manifest. */
  readonly digest: string;
  readonly images: readonly BuiltImage[];
}

/** One platform's image with what is attested of it. */
export interface BuiltImage {
  readonly platform: string;
  readonly digest: string;
  readonly layers: readonly string[];
  readonly config: ImageConfig;
  readonly statements: readonly Statement[];
}

/** The members of an image config that tests look at; comparisons take all. */
export interface ImageConfig {
  readonly created?: string;
  readonly config?: Record<string, unknown>;
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
  readonly rootfs?: { readonly diff_ids: readonly string[] };
}

/** An in-toto statement. */
export interface Statement {
  readonly predicateType: string;
  readonly predicate: Record<string, unknown>;
}

interface Descriptor {
  readonly digest: string;
  readonly mediaType: string;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** Reads a layout's folder. Throws when it is none. */
export function readLayout(folder: string): Layout {
  const blob = <Shape>({ digest }: Descriptor): Shape =>
    JSON.parse(readFileSync(join(folder, "blobs", digest.replace(":", "/")), "utf8"));
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { manifests: Descriptor[] };
  const [top] = index.manifests;
  if (!top) throw new Error(`${folder} holds no image`);
  const listed = top.mediaType.includes("index") ? blob<{ manifests: Descriptor[] }>(top).manifests : [top];
  const attested = (digest: string): Statement[] =>
    listed
      .filter(({ annotations }) => annotations?.["vnd.docker.reference.digest"] === digest)
      .flatMap((descriptor) => blob<Manifest>(descriptor).layers.map((layer) => blob<Statement>(layer)));
  const images = listed
    .filter(({ annotations }) => annotations?.["vnd.docker.reference.type"] === undefined)
    .map((descriptor) => {
      const manifest = blob<Manifest>(descriptor);
      const { os, architecture } = descriptor.platform ?? { os: "", architecture: "" };
      return {
        platform: `${os}/${architecture}`,
        digest: descriptor.digest,
        layers: manifest.layers.map(({ digest }) => digest),
        config: blob<ImageConfig>(manifest.config),
        statements: attested(descriptor.digest),
      };
    });
  return { digest: top.digest, images };
}

/** The statements of a kind, by the end of its predicate type. */
export function predicates(image: BuiltImage | undefined, kind: string): Record<string, unknown>[] {
  return (image?.statements ?? [])
    .filter(({ predicateType }) => predicateType.includes(kind))
    .map(({ predicate }) => predicate);
}
