import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import t, { type Test } from "tap";
import { examples } from "../../examples/catalogue.ts";
import { imagesOfExample } from "../../examples/run.ts";
import { type Service, withService } from "../../examples/service.ts";
import { build } from "../build.ts";
import { machineHasDotnet } from "../engine/dotnet.ts";
import { engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { frontendImage } from "../frontend-image.ts";
import { readImageFiles } from "../image-files.ts";
import { npmSecret } from "../npm-secret.ts";
import { inkedColumns, pixelsOf } from "../picture.ts";
import { compareImages } from "../world-checks.ts";

// The two popular articles' cases as complete projects: built, served from a confined container, and asked over its own network.

const dotnet = await machineHasDotnet();
const used = await engine();
const frontend = await frontendImage(used);

t.test("node-express", (t) => example(t, "node-express", 1000, previews));

// The only skip that .ci/summary.mjs lets pass, by these words.
const skip = dotnet ? false : "THIS MACHINE HAS NO SDK OF .NET 10: examples/dotnet-vue IS NOT BUILT";
t.test("dotnet-vue", { skip }, (t) => example(t, "dotnet-vue", 65532, orders));

/** Programs that a hardened image does not have. */
const UNWANTED = /^(usr\/)?(local\/)?s?bin\/(sh|bash|dash|busybox|apt|apt-get|dpkg|apk|npm|npx|yarn|corepack|perl)$/;

async function example(t: Test, name: string, uid: number, talk: (t: Test, service: Service) => Promise<void>) {
  const found = examples().find((one) => one.name === name);
  if (found === undefined) throw new Error(`no example ${name}`);
  const { folder } = found;
  const dockerfile = join(folder, "Dockerfile");
  const text = readFileSync(dockerfile, "utf8");
  const lent = await standIns(used, imagesOfExample(found, text));
  const secret = await npmSecret(text);
  const image = `dhi-example-test/${name}`;
  t.teardown(async () => {
    secret.remove();
    await used.docker(["image", "rm", "--force", image, `${image}:expanded`], { reject: false });
  });
  const options = [...lent.buildContextArgs, ...frontend.buildContextArgs, ...secret.options];
  const built = await build(used, { image, folder, dockerfile, options });
  t.notOk(built.failed, "builds", { output: built.output });
  if (built.failed) return;

  await withService(used, image, async (service) => {
    await talk(t, service);
    t.equal(await service.uid(), uid, "runs as the base's user");
    t.equal(await service.stop(), 0, "ends when it is asked to");
  });
  const files = await readImageFiles(used, image);
  t.same(
    [...files.keys()].filter((path) => UNWANTED.test(path)),
    [],
    "no shell, package manager or npm",
  );
  t.same(
    [...files.values()].filter(({ mode, type }) => type === "file" && (mode & 0o6000) !== 0),
    [],
    "no setuid file",
  );

  const expanded = await build(used, { folder, dockerfile, options: [...options, "--call=dhi.expand"] });
  t.notOk(expanded.failed, "is expanded in a build", { output: expanded.output });
  const plain = { text: expanded.output.replace(/^# syntax=.*\n/m, "") };
  const again = await build(used, { image: `${image}:expanded`, folder, dockerfile: plain, options });
  t.notOk(again.failed, "the expansion builds without the frontend", { output: again.output });
  t.same(await compareImages(used, image, `${image}:expanded`), [], "and gives the same image");
}

async function previews(t: Test, { ask }: Service): Promise<void> {
  const body = readFileSync(join(import.meta.dirname, "../../examples/node-express/sample.pdf"));
  const [page, health, drawn, damaged, other] = await ask(
    { path: "/" },
    { path: "/healthz" },
    { path: "/previews", method: "POST", type: "application/pdf", body },
    { path: "/previews", method: "POST", type: "application/pdf", body: Buffer.from("no PDF at all") },
    { path: "/previews", method: "POST", type: "text/plain", body },
  );
  t.match(page, { status: 200, type: "text/html" });
  t.match(String(page?.body), "<h1>Previews</h1>");
  t.match(JSON.parse(String(health?.body)), { status: "ok", node: /^v24\./ });
  t.match(drawn, { status: 200, type: "image/png" });
  const picture = PNG.sync.read(drawn?.body ?? Buffer.alloc(0));
  t.same([picture.width, picture.height], [619, 800]);
  // The blue field with a title in white letters, and four lines of text below it.
  t.ok(pixelsOf(picture, [64, 64, 552, 150], [28, 99, 237]) > 30_000, "the field is blue");
  t.ok(pixelsOf(picture, [80, 64, 520, 150], [255, 255, 255]) > 2_000, "the title is on it");
  for (const [name, top] of [
    ["address", 198],
    ["chairs", 239],
    ["table", 267],
    ["total", 309],
  ] as const) {
    t.ok(inkedColumns(picture, [60, top, 300, top + 24]) > 20, `the line with the ${name}`);
  }
  t.equal(inkedColumns(picture, [0, 350, 619, 800]), 0, "nothing below");
  t.equal(damaged?.status, 422);
  t.match(JSON.parse(String(damaged?.body)), { error: /\S/ });
  t.match(other, { status: 415, type: "application/json" });
}

const BLUE = [29, 99, 237] as const;
const GREEN = [59, 167, 118] as const;

async function orders(t: Test, { ask }: Service): Promise<void> {
  const more = Array.from({ length: 20 }, () => ({ path: "/api/orders/Mon", method: "POST" }));
  const [page, before, chart, unknown] = await ask(
    { path: "/" },
    { path: "/api/orders" },
    { path: "/api/orders.png" },
    { path: "/api/orders/Never", method: "POST" },
  );
  const [after, later] = (await ask(...more, { path: "/api/orders" }, { path: "/api/orders.png" })).slice(-2);
  t.match(page, { status: 200, type: "text/html" });
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(String(page?.body))?.[1] ?? "";
  const [bundle] = await ask({ path: script });
  t.match(bundle, { status: 200, type: "text/javascript" });
  t.match(String(bundle?.body), "/api/orders.png", "the page's program is the one that was built");
  t.equal(unknown?.status, 404);

  const days = JSON.parse(String(before?.body)) as { name: string; orders: number }[];
  t.same(
    days.map(({ name }) => name),
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  );
  const now = JSON.parse(String(after?.body)) as typeof days;
  t.same(now[0], { name: "Mon", orders: (days[0]?.orders ?? 0) + 20 });
  t.match(
    [chart, later],
    [
      { status: 200, type: "image/png" },
      { status: 200, type: "image/png" },
    ],
  );
  checkChart(t, chart?.body, days);
  checkChart(t, later?.body, now);
}

/** Each bar is as high as its day's orders, the highest one blue, and above and below it stands a text. */
function checkChart(t: Test, png: Buffer | undefined, days: readonly { name: string; orders: number }[]): void {
  const picture = PNG.sync.read(png ?? Buffer.alloc(0));
  t.same([picture.width, picture.height], [720, 360]);
  t.ok(inkedColumns(picture, [200, 12, 520, 42]) > 120, "title");
  const most = Math.max(...days.map(({ orders }) => orders));
  days.forEach(({ name, orders }, index) => {
    const centre = Math.round(30 + (660 / 7) * (index + 0.5));
    const height = (226 * orders) / most;
    const top = Math.round(310 - height);
    const drawn = pixelsOf(picture, [centre, 44, centre + 1, 310], orders === most ? BLUE : GREEN);
    t.ok(Math.abs(drawn - height) <= 2, `${name}: the bar is ${drawn} high, for ${orders} orders`);
    t.ok(inkedColumns(picture, [centre - 20, top - 22, centre + 20, top - 2]) >= 8, `${name}: the number above`);
    t.ok(inkedColumns(picture, [centre - 25, 318, centre + 25, 344]) >= 12, `${name}: the name below`);
  });
}
