import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t, { type Test } from "tap";
import { type BuildResult, build } from "./build.ts";
import { engine } from "./engine/engine.ts";
import { standIns } from "./engine/stand-ins.ts";
import { FRONTEND, frontendImage } from "./frontend-image.ts";
import { layersOf } from "./world-checks.ts";

// Certificates of DHI-CERT from a build secret and from a named context, which worlds cannot lend; and the same bytes in two builds without cache.

const base = "dhi.io/node:22-debian13";
const text = `# syntax=${FRONTEND}\nFROM ${base}\nDHI-CERT --secret=corp-ca\nDHI-CERT --from=certs other.pem\n`;

const used = await engine();
const frontend = await frontendImage(used);
const lent = await standIns(used, [base, `${base}-dev`]);
const folder = mkdtempSync(join(tmpdir(), "dhi-cert-"));
const images = ["dhi-test/cert-sources:1", "dhi-test/cert-sources:2"] as const;
const worlds = join(import.meta.dirname, "worlds");
mkdirSync(join(folder, "certs"));
copyFileSync(join(worlds, "cert-scratch/context/other.pem"), join(folder, "certs/other.pem"));
copyFileSync(join(worlds, "cert-changed/context/folder/good.crt"), join(folder, "secret"));
t.teardown(async () => {
  rmSync(folder, { recursive: true });
  await used.docker(["image", "rm", "--force", ...images], { reject: false });
});

function made(image: string, ...secret: readonly string[]): Promise<BuildResult> {
  const context = `--build-context=certs=${join(folder, "certs")}`;
  const options = ["--no-cache", context, ...secret, ...lent.buildContextArgs, ...frontend.buildContextArgs];
  return build(used, { image, folder, dockerfile: { text }, options });
}

async function layers(t: Test, image: string): Promise<string[]> {
  const { failed, output } = await made(image, `--secret=id=corp-ca,src=${join(folder, "secret")}`);
  t.notOk(failed, "the build", { output });
  t.match(output, /DHI-CERT: .*Other Root/);
  return layersOf(used, image);
}

t.test("two cold builds give the same layers", async (t) => {
  t.same(await layers(t, images[0]), await layers(t, images[1]));
});

t.test("a secret that the build does not have is an error at the user's line", async (t) => {
  const { failed, output } = await made(images[0]);
  t.ok(failed);
  t.match(output, /corp-ca: not found/);
  t.match(output, /Dockerfile:3/);
});
