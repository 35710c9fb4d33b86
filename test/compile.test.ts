import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import t from "tap";
import { type Compiled, compile } from "../src/compile.ts";
import { DiagnosticError } from "../src/diagnostic.ts";
import { isDirective } from "../src/directives/index.ts";
import type { ScriptsPlace } from "../src/expand/expand.ts";
import { parse } from "../src/parse/dockerfile.ts";
import { scan } from "../src/parse/scanner.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

const platform = { os: "linux", architecture: "amd64" };
const facts = fromCatalog();

function compiled(bytes: Uint8Array, scripts: ScriptsPlace = "inside"): Promise<Compiled> {
  return compile(
    { name: "Dockerfile", bytes },
    { buildArgs: {}, platform, buildPlatform: platform, facts, scope: "all", scripts },
  );
}

t.test("files without directives come back byte for byte", async (t) => {
  const corpus = fileURLToPath(new URL("corpus/", import.meta.url));
  const files = readdirSync(corpus).filter((name) => name.endsWith("Dockerfile"));
  t.ok(files.length >= 60, `${files.length} files`);
  for (const name of files) {
    const bytes = readFileSync(corpus + name);
    const printed = await compiled(bytes);
    t.ok(printed.unchanged && Buffer.compare(printed.bytes, bytes) === 0, name);
  }
});

t.test("scripts apart are those of the whole text, in a stage that stands where it did", async (t) => {
  for (const from of ["FROM", "from"]) {
    const bytes = Buffer.from(
      `${from} dhi.io/node:22-debian13\nDHI-NATIVE libpq5\nDHI-CERT a.crt\n${from} dhi.io/python:3.13-alpine3.22\nDHI-RUN id\n`,
    );
    const { text, map, scripts: none } = await compiled(bytes);
    const apart = await compiled(bytes, "apart");
    t.notOk(none);
    const files = Object.entries(apart.scripts ?? {});
    t.ok(files.length >= 5, `${files.length} files`);
    const copy = from === "FROM" ? "COPY" : "copy";
    const copies = files.map(([name, content]) => `${copy} <<'DHI_EOF' /${name}\n${content}DHI_EOF\n`).join("");
    const head = /^from scratch as dhi--scripts\n/im;
    t.equal(
      apart.text.replace(head, (line) => line + copies),
      text,
    );
    t.equal(apart.map.length, map.length - copies.split("\n").length + 1, "the map has its lines only");
  }
  t.notOk((await compiled(Buffer.from("FROM scratch\n"), "apart")).scripts, "and there are none without directives");
});

t.test("the work grows with the file, not with its square", async (t) => {
  const stage = (n: number) =>
    `FROM dhi.io/node:22-debian13 AS s${n}\nARG A=${n}\nENV B=$A\nRUN echo $B \\\n  more\nDHI-NATIVE libpq5\n`;
  const time = async (stages: number) => {
    const bytes = Buffer.from(Array.from({ length: stages }, (_, n) => stage(n)).join(""));
    const start = process.hrtime.bigint();
    const printed = await compiled(bytes);
    t.equal(printed.text.match(/^COPY --link/gm)?.length, stages);
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
  await time(50);
  const small = await time(150);
  const large = await time(1500);
  t.comment(`150 stages ${small.toFixed()} ms, 1500 stages (9,000 lines) ${large.toFixed()} ms`);
});

/** Lines of stages of every kind, with the traps that a line map can fall into. */
const lines = fc.constantFrom(
  "ENV A=1 B=two",
  "RUN echo \\\n  # a comment inside\n  more",
  "RUN <<EOF\nDHI-NATIVE not-a-directive\nFROM nothing\nEOF",
  "COPY --from=0 /a /b",
  "COPY --link --from=1 --chown=1 /a \\\n  /b",
  "RUN --mount=type=bind,from=s0,target=/x cat /x",
  "# a comment",
  "",
  "DHI-NATIVE libpq5",
  "dhi-native --recommends libpq5 \\\n  libxml2",
  'LABEL a="b c"',
  "USER 65532",
);
const stages = fc.array(
  fc.record({
    from: fc.constantFrom(
      "dhi.io/node:22-debian13",
      "dhi.io/dotnet:10.0-debian13",
      "gcr.io/distroless/cc-debian12",
      "s0",
    ),
    flag: fc.constantFrom("", "--platform=$BUILDPLATFORM ", "--platform=linux/arm64 "),
    named: fc.boolean(),
    lines: fc.array(lines, { maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 5 },
);
const files = fc.tuple(stages, fc.constantFrom("\n", "\r\n"), fc.boolean()).map(([list, end, closed]) => {
  const text = list.map(({ from, flag, named, lines }, index) => {
    const base = from === "s0" && (index === 0 || !list[0]?.named) ? "dhi.io/node:22-debian13" : from;
    const as = named ? ` AS s${index}` : "";
    return [`FROM ${flag}${base}${as}`, ...lines].join("\n");
  });
  return `${text.join("\n")}${closed ? "\n" : ""}`.replace(/\n/g, end);
});

t.test(
  "for any file: the map covers it, untouched lines stay, names do not collide, expanding twice changes nothing",
  async () => {
    await fc.assert(
      fc.asyncProperty(files, async (text) => {
        const bytes = Buffer.from(text);
        const printed = await compiled(bytes);
        const output = printed.text.split(/(?<=\n)/);
        const input = text.split(/(?<=\n)/);
        if (printed.map.length !== output.length) return false;
        const kept = printed.map.every((origin, index) => {
          const line = input[(origin.spans[0]?.start.line ?? 0) - 1] ?? "";
          // The file's last line may have no end; what follows it begins on a line of its own.
          return origin.generated || output[index] === line || output[index] === `${line}\n`;
        });
        const again = await compiled(printed.bytes);
        const reparsed = parse(scan({ name: "Dockerfile", bytes: printed.bytes }), isDirective);
        const names = reparsed.stages.flatMap((stage) => stage.name ?? []);
        return kept && again.unchanged && reparsed.calls.length === 0 && new Set(names).size === names.length;
      }),
      { numRuns: 300 },
    );
  },
);

t.test("for any text: a result or a diagnostic, never a crash", async () => {
  const pieces = fc.constantFrom(
    "FROM ",
    "dhi-native ",
    "DHI-",
    "a",
    "$A",
    "${A:-",
    "}",
    '"',
    "'",
    "\\",
    "\n",
    "\r\n",
    "#",
    " ",
    "\t",
    "<<EOF",
    "EOF",
    "--x=",
    "--from=0",
    "COPY ",
    "ONBUILD ",
    "ARG A=",
    "`",
    "\u0000",
    "é",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
        fc.string(),
      ),
      async (text) => {
        try {
          const printed = await compiled(Buffer.from(text));
          return printed.map.length > 0 || text === "";
        } catch (error) {
          return error instanceof DiagnosticError;
        }
      },
    ),
    { numRuns: 2000 },
  );
});
