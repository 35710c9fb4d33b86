import { parseArgs } from "node:util";
import { check } from "../src/check/check.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";
import { median } from "./paired.ts";

// How long the checks take for a file of ten thousand lines, in this process: what the command line adds to its own start, and a build to the rest.

const { values } = parseArgs({
  options: { lines: { type: "string", default: "10000" }, runs: { type: "string", default: "9" } },
});
const linux = { os: "linux", architecture: "amd64" };

/** Ten lines of a stage, each stage with a base, variables, copies and mistakes; every fourth continues the one before. */
function stage(index: number): string {
  const from = index % 4 === 3 ? `stage${index - 1}` : `dhi.io/node:22-debian13${index % 2 === 0 ? "-dev" : ""}`;
  return [
    `FROM ${from} AS stage${index}`,
    `ARG VERSION=${index}`,
    `ENV NAME${index}=value PATH=/app/bin:$PATH`,
    "WORKDIR /app/$VERSION",
    `COPY --from=dhi.io/busybox:1 /bin/busybox /usr/local/bin/tool${index}`,
    "RUN apt-get update && apt-get install -y curl \\",
    "    && useradd app && chown -R app /app",
    "USER app",
    "HEALTHCHECK CMD curl -f http://localhost/",
    "CMD npm start",
    "",
  ].join("\n");
}

const forms: Readonly<Record<string, string>> = {
  "many stages": Array.from({ length: Math.ceil(Number(values.lines) / 10) }, (_, index) => stage(index)).join(""),
  "one stage": `FROM dhi.io/node:22-debian13\n${Array.from({ length: Number(values.lines) }, (_, index) => [`ENV NAME${index}=$NAME${index - 1}x`, `COPY a /usr/bin/b${index}`, `RUN mkdir /a${index} && npm ci`][index % 3]).join("\n")}\n`,
  "not hardened": Array.from({ length: Math.ceil(Number(values.lines) / 10) }, (_, index) => stage(index))
    .join("")
    .replaceAll("dhi.io/", "docker.io/library/"),
};

process.stdout.write("file            lines    findings    first      median    processor\n");
for (const [form, text] of Object.entries(forms)) {
  const source = { name: "Dockerfile", bytes: new TextEncoder().encode(text) };
  const times: number[] = [];
  const busy: number[] = [];
  let findings = 0;
  for (let run = 0; run < Number(values.runs); run++) {
    const before = process.cpuUsage();
    const began = performance.now();
    const checked = await check(source, {
      buildArgs: {},
      platform: linux,
      buildPlatform: linux,
      facts: fromCatalog(),
      mirrors: [],
      scope: "all",
      hardenedOnly: false,
      today: "2026-11-22",
    });
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    busy.push((user + system) / 1000);
    findings = checked.findings.length;
  }
  const cells = [text.split("\n").length - 1, findings].map((cell) => String(cell).padStart(8));
  const millis = (time: number | undefined) => `${(time ?? 0).toFixed(0)} ms`.padStart(9);
  process.stdout.write(
    `${form.padEnd(13)} ${cells.join("    ")} ${millis(times[0])}   ${millis(median(times))}    ${millis(median(busy))}\n`,
  );
}
