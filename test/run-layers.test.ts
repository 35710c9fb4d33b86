import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t, { type Test } from "tap";
import { readFromEngine } from "../src/explain/from-engine.ts";
import { build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "./frontend-image.ts";
import { configOf, layersOf } from "./world-checks.ts";

// What a command of DHI-RUN leaves in the image, entry for entry, and the same bytes in two builds without cache.

const base = "dhi.io/node:22-debian13";
const text = `# syntax=${FRONTEND}
FROM ${base}
CMD ["first"]
DHI-RUN --user=0:0 --mount=type=secret,id=word,target=/run/word --mount=type=tmpfs,target=/new/tmpfs <<END
set -eu
mkdir -p /data/sub /new && chown -R 1000:1000 /data
wc -c </run/word >/data/size
date >/dev/null; touch -d "2020-02-02 20:20:20" /data/old
ln /data/size /data/hard && ln -s size "/data/with space"
cp /dev/.dhi/busybox /usr/own
chmod 4755 /usr/own
chmod 0711 /home
echo x >>/etc/motd
END
DHI-RUN --network=none sh -c 'wget -q -T 2 http://127.0.0.1:1/ || echo alone >/tmp/net; ls /sys/class/net >>/tmp/net'
ENTRYPOINT ["node"]
`;

const used = await engine();
const frontend = await frontendImage(used);
const lent = await standIns(used, [base, `${base}-dev`]);
const folder = mkdtempSync(join(tmpdir(), "dhi-run-"));
writeFileSync(join(folder, "word"), "secret");
const images = ["dhi-test/run-layers:1", "dhi-test/run-layers:2"] as const;
t.teardown(async () => {
  rmSync(folder, { recursive: true });
  await used.docker(["image", "rm", "--force", ...images], { reject: false });
});

async function made(t: Test, image: string): Promise<string[]> {
  const options = [
    "--no-cache",
    `--secret=id=word,src=${join(folder, "word")}`,
    ...lent.buildContextArgs,
    ...frontend.buildContextArgs,
  ];
  const { failed, output } = await build(used, { image, folder, dockerfile: { text }, options });
  t.notOk(failed, "the build", { output });
  return layersOf(used, image);
}

t.test("two cold builds give the same layers", async (t) => {
  t.same(await made(t, images[0]), await made(t, images[1]));
});

t.test("CMD above the cut survives an ENTRYPOINT below it, as without a cut", async (t) => {
  const { Cmd, Entrypoint, User } = await configOf(used, images[0]);
  t.same({ Cmd, Entrypoint, User }, { Cmd: ["first"], Entrypoint: ["node"], User: "node" });
});

t.test("a layer holds what the command made, and the folders above that", async (t) => {
  const { layers, documents } = await readFromEngine(images[0], () => {}, { env: { ...process.env, ...used.env } });
  const manifest = JSON.parse([...documents].find(([name]) => name.endsWith("manifest.json"))?.[1] ?? "[]");
  const names: string[] = manifest[0].Layers;
  // Behind them comes the empty layer of the check.
  const contents = names.slice(-3, -1).map((name) =>
    layers
      .get(name)
      ?.files.map(({ path }) => path)
      .sort(),
  );
  t.same(contents[0], [
    "data",
    "data/hard",
    "data/old",
    "data/size",
    "data/sub",
    "data/with space",
    "etc",
    "etc/motd",
    "home",
    "usr",
    "usr/own",
  ]);
  t.same(contents[1], ["tmp", "tmp/net"]);
});
