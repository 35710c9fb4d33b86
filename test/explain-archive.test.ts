import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { execa } from "execa";
import t from "tap";
import { readFromFile } from "../src/explain/from-file.ts";
import { stack } from "../src/explain/layers.ts";
import { imageIn } from "../src/explain/manifest.ts";
import { layer } from "./explain-images.ts";

// Archives are written by the system's tar, in the layouts that engines and builders use.

const folder = mkdtempSync(join(tmpdir(), "dhi-explain-"));
t.teardown(() => rmSync(folder, { recursive: true }));
const AMD64 = { os: "linux", architecture: "amd64" };
const ARM64 = { os: "linux", architecture: "arm64" };
const silent = () => undefined;

type Files = Readonly<Record<string, string | Buffer | { readonly to: string }>>;
let trees = 0;

function tree(files: Files): string {
  const root = join(folder, `${trees++}`);
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (typeof content === "string" || Buffer.isBuffer(content)) writeFileSync(join(root, path), content);
    else symlinkSync(content.to, join(root, path));
  }
  return root;
}

async function tar(files: Files): Promise<Buffer> {
  const { stdout } = await execa("tar", ["--create", "--directory", tree(files), "."], { encoding: "buffer" });
  return Buffer.from(stdout);
}

/** A layer of `./usr/lib/libx.so.1` (3000 bytes) and a link to it: two zstd frames, and between them one that decoders skip (RFC 8878, 3.1.2). */
const ZSTD =
  "KLUv/QRo7QMAAkUPELB5QEuAtHyYlF1SJAczsqRLz1af3zsEX1zks/cN/wbhWsCbgxTgQTcPUomWjDl2d0RCyvqM21+t+9USAxcg8G4WFhYbhGF8ATZA1UAGcAgnjOYUtnQNM3GRiQ6ANipJpEjaq5oxAFVPpTAMgPYHPeVLCQ84aID5RN07nVjjUCpNGAQAAABhYmNkKLUv/QRoZQAAEHgAAgBEAnphUYEr1lDxSA==";

const digest = (bytes: string | Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const blobPath = (bytes: string | Buffer) => `blobs/${digest(bytes).replace(":", "/")}`;
const config = (platform: object, layers: number) =>
  JSON.stringify({ ...platform, history: Array.from({ length: layers }, (_, at) => ({ created_by: `step ${at}` })) });

/** An OCI layout with an image for each config; all have the same layers. */
function layout(configs: readonly string[], layers: readonly Buffer[]): Files {
  const manifests = configs.map((text) =>
    JSON.stringify({ config: { digest: digest(text) }, layers: layers.map((one) => ({ digest: digest(one) })) }),
  );
  const attestation = { digest: digest("none"), annotations: { "vnd.docker.reference.type": "attestation-manifest" } };
  const index = JSON.stringify({ manifests: [...manifests.map((text) => ({ digest: digest(text) })), attestation] });
  const blobs = [...configs, ...manifests, ...layers, index];
  return {
    "oci-layout": '{"imageLayoutVersion":"1.0.0"}',
    "index.json": JSON.stringify({ manifests: [{ digest: digest(index) }] }),
    ...Object.fromEntries(blobs.map((bytes) => [blobPath(bytes), bytes])),
  };
}

const layers = [
  await tar({ "etc/os-release": "ID=debian\n", "srv/old": "old", "opt/a/b": "b" }),
  gzipSync(await tar({ "srv/.wh.old": "", "opt/a/.wh..wh..opq": "", "opt/a/c": "c" })),
  Buffer.from(ZSTD, "base64"),
];

t.test("layouts with plain, gzip and zstd layers", async (t) => {
  const files = layout([config(AMD64, 3), config(ARM64, 3)], layers);
  const file = join(folder, "image.tar");
  writeFileSync(file, await tar(files));
  writeFileSync(`${file}.gz`, gzipSync(await tar(files)));
  for (const path of [file, `${file}.gz`, tree(files)]) {
    let read = 0;
    const archive = await readFromFile(path, (bytes) => {
      read += bytes;
    });
    t.ok(read > 500, `${read} bytes were told of`);
    const image = imageIn(archive, "app", undefined, ARM64);
    t.match(image.platform, ARM64, "the machine's own platform");
    t.match(imageIn(archive, "app", AMD64, ARM64).platform, AMD64, "the platform that was asked for");
    t.match(image.files.get("usr/lib/libx.so.1"), { type: "file", size: 3000, layer: 2 });
    t.match(image.files.get("usr/lib/libx.so"), { type: "link", target: "libx.so.1" });
    t.match([...image.files.keys()].filter((name) => /^(srv|opt)/.test(name)).sort(), [
      "opt",
      "opt/a",
      "opt/a/c",
      "srv",
    ]);
    t.same([...image.removed], [["srv/old", 1]]);
    t.match(image.layers, [
      { instruction: "step 0", base: true },
      { instruction: "step 1", base: false },
      { instruction: "step 2", base: false },
    ]);
    t.throws(() => imageIn(archive, "app", { os: "linux", architecture: "s390x" }, AMD64), {
      message: /nothing for linux\/s390x; it has linux\/amd64, linux\/arm64/,
    });
  }
});

t.test("docker image save before version 25: no index, a link for a layer that is there twice", async (t) => {
  const saved = [{ Config: "c.json", RepoTags: ["app:1"], Layers: ["one/layer.tar", "two/layer.tar"] }];
  const file = join(folder, "old.tar");
  const [first = Buffer.alloc(0)] = layers;
  writeFileSync(
    file,
    await tar({
      "c.json": config(AMD64, 2),
      "manifest.json": JSON.stringify(saved),
      "one/layer.tar": first,
      "one/VERSION": "1.0",
      "two/layer.tar": { to: "../one/layer.tar" },
    }),
  );
  const image = imageIn(await readFromFile(file, silent), "app", undefined, AMD64);
  t.equal(image.layers.length, 2);
  t.match(image.files.get("srv/old"), { size: 3, layer: 1 });
});

t.test("a hardened base tells its layers by their ChainID", async (t) => {
  const diffs = ["sha256:1", "sha256:2", "sha256:3"];
  const chain = digest("sha256:1 sha256:2");
  const labelled = { ...AMD64, rootfs: { diff_ids: diffs }, config: { Labels: { "com.docker.dhi.chain-id": chain } } };
  const file = tree(layout([JSON.stringify(labelled)], layers));
  const image = imageIn(await readFromFile(file, silent), "app", undefined, AMD64);
  t.same(
    image.layers.map(({ base }) => base),
    [true, true, false],
  );
  t.same(
    image.layers.map(({ instruction }) => instruction),
    ["", "", ""],
    "a history that does not fit tells nothing",
  );
});

t.test("what is no image", async (t) => {
  const good = await tar(layout([config(AMD64, 3)], layers));
  const broken: Readonly<Record<string, readonly [Buffer, RegExp]>> = {
    "empty.tar": [Buffer.alloc(0), /holds no image/],
    "text.tar": [Buffer.from("hello\n".repeat(200)), /no tar archive/],
    "cut.tar": [good.subarray(0, 6000), /ends in the middle/],
    "cut.gz": [gzipSync(good).subarray(0, 500), /unexpected end of file/],
    "files.tar": [await tar({ a: "a" }), /holds no image/],
    "no-layer.tar": [
      await tar({ ...layout([config(AMD64, 3)], layers), [blobPath(layers[0] ?? "")]: "" }),
      /holds no image/,
    ],
    "zstd.tar": [
      await tar(
        layout(
          [config(AMD64, 1)],
          [Buffer.concat([Buffer.from(ZSTD, "base64").subarray(0, 90), Buffer.alloc(80, 255)])],
        ),
      ),
      /zstd data is broken/,
    ],
    "two.tar": [
      await tar(layout([config(AMD64, 3), config({ ...AMD64, author: "x" }, 3)], layers)),
      /holds 2 images; save one/,
    ],
  };
  for (const [name, [bytes, message]] of Object.entries(broken)) {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const read = async () => imageIn(await readFromFile(file, silent), name, undefined, AMD64);
    await t.rejects(read(), { name: "DiagnosticError", message }, name);
  }
  await t.rejects(readFromFile(join(folder, "absent"), silent), { message: /no such file/ });
  await t.rejects(readFromFile(tree({ a: "a" }), silent), { message: /no OCI layout/ });
});

t.test("layers on top of each other", async (t) => {
  const { files, texts } = stack([
    layer({ a: null, "a/x": "x", b: { to: "a" }, "var/lib/dpkg/status.d/p": "old" }),
    layer({ a: "now a file", b: null, "b/y": "y", "var/lib/dpkg/status.d/.wh.p": "" }),
  ]);
  t.equal(files.get("a")?.type, "file");
  t.notOk(files.has("a/x"), "a file in a folder's place takes what was below it away");
  t.equal(files.get("b")?.type, "folder");
  t.notOk(texts.has("var/lib/dpkg/status.d/p"), "the text of a removed file is gone");
});
