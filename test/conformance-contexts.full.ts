import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import { digestOf, expansion, run } from "./conformance/buildx.ts";
import { BASE, DEV_BASE, type Files, openLab } from "./conformance/lab.ts";
import { repository } from "./conformance/repository.ts";
import { type Case, ours, sameImage, sameWords } from "./conformance/same.ts";
import { serveFolder } from "./conformance/server.ts";
import { DIRECTIVE, SYNTAX, withoutSyntax } from "./conformance/text.ts";

// Where the Dockerfile and the build context may be, each with a file that has a directive and one that has none.

const lab = await openLab(t);
const root = lab.folder({});
const server = await serveFolder(t, root);

const PLAIN = `${SYNTAX}\nFROM ${BASE} AS final\nCOPY app /app\n`;
const DIRECTED = `${SYNTAX}\nFROM ${BASE} AS final\n${DIRECTIVE}\nCOPY app /app\n`;
const FILES: Files = { "app/hello.txt": "hello\n" };

/** Both kinds of file, from the same place. */
async function both(t: Test, one: Omit<Case, "text"> & { readonly change?: (text: string) => string }): Promise<void> {
  const { change = (text: string) => text, files = FILES, ...rest } = one;
  await t.test("without directives", (t) => sameImage(t, lab, { files, ...rest, text: change(PLAIN) }));
  await t.test("with a directive", (t) => sameImage(t, lab, { files, ...rest, text: change(DIRECTED) }));
}

/** A git repository at this end of its URL: `#<ref>:<folder>` or `?<query>`. */
function fromGit(end: string, change: (files: Files) => Files = (files) => files) {
  return async (files: Files) => ({ context: `${server}/${await repository(lab, root, change(files))}${end}` });
}

/** The files in a folder of their own. */
const below = (folder: string) => (files: Files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

/** The files as a tar archive. */
async function archive(files: Files, ...options: string[]): Promise<Uint8Array> {
  const folder = lab.folder(files);
  const { stdout } = await execa("tar", [...options, "--create", "--file=-", "--directory", folder, "."], {
    encoding: "buffer",
  });
  return stdout;
}

/** Gives data to the server and returns its URL. */
async function uploaded(name: string, data: Uint8Array | string): Promise<string> {
  const folder = mkdtempSync(join(root, "upload-"));
  const file = join(folder, name);
  writeFileSync(file, data);
  return `${server}${file.slice(root.length)}`;
}

t.test("git: a branch", (t) => both(t, { publish: fromGit("#feature/one") }));
t.test("git: a tag and a subfolder", (t) => both(t, { publish: fromGit("#v1:sub/folder", below("sub/folder")) }));
t.test("git: ref and subfolder as a query", (t) =>
  both(t, { publish: fromGit("?branch=feature/one&subdir=sub", below("sub")) }),
);
t.test("git: a Dockerfile elsewhere in the repository", (t) =>
  both(t, { publish: fromGit("#v1"), dockerfile: "build/my.Dockerfile", options: ["--file=build/my.Dockerfile"] }),
);
t.test("git: a Dockerfile on standard input", (t) => both(t, { publish: fromGit("#v1"), dockerfile: "-" }));
let kept: Promise<string> | undefined;
t.test("git: the folder .git stays when asked for", (t) =>
  both(t, {
    publish: async (files) => {
      // One repository for all texts: its .git goes into the image.
      kept ??= repository(lab, root, files);
      return { context: `${server}/${await kept}#v1` };
    },
    dockerfile: "-",
    change: (text) => `${text}COPY .git/HEAD /git-head\n`,
    options: ["--build-arg=BUILDKIT_CONTEXT_KEEP_GIT_DIR=1"],
  }),
);
t.test("git: the folder .git is not there unless asked for", async (t) => {
  const publish = fromGit("#v1");
  const ended = await sameWords(t, lab, {
    publish,
    files: FILES,
    dockerfile: "-",
    text: `${DIRECTED}COPY .git/HEAD /git-head\n`,
  });
  t.ok(ended.failed);
});
t.test("git: a branch that is not there", async (t) => {
  const name = await repository(lab, root, { ...FILES, Dockerfile: DIRECTED });
  const { failed, output } = await run(lab, { context: `${server}/${name}#nowhere` });
  t.ok(failed);
  t.match(output, /nowhere/);
});
t.test("git: SOURCE_DATE_EPOCH", (t) =>
  both(t, { publish: fromGit("#v1"), options: ["--build-arg=SOURCE_DATE_EPOCH=1706933106"] }),
);

t.test("http: a Dockerfile", (t) =>
  both(t, {
    publish: async (files) => ({ context: await uploaded("any-name", files.Dockerfile ?? "") }),
    // The context is the Dockerfile alone, under this name.
    change: (text) => text.replace("COPY app /app", "COPY --chmod=600 <<EOF /note\ntext\nEOF"),
  }),
);
for (const [kind, ...options] of [["tar"], ["tar.gz", "--gzip"]]) {
  t.test(`http: a ${kind} archive`, (t) =>
    both(t, {
      publish: async (files) => ({ context: await uploaded(`x.${kind}`, await archive(files, ...options)) }),
    }),
  );
}
t.test("http: an archive and a Dockerfile elsewhere in it", (t) =>
  both(t, {
    publish: async (files) => ({ context: await uploaded("x.tar", await archive(files)) }),
    dockerfile: "a/b/my.Dockerfile",
    options: ["--file=a/b/my.Dockerfile"],
  }),
);
t.test("http: a step that fails on an archive's files is told at the user's line", async (t) => {
  const text = DIRECTED.replace(/^(DHI-\S+ .*)$/m, "$1\nCOPY nowhere /");
  const context = await uploaded("x.tar", await archive({ ...FILES, Dockerfile: text }));
  const { failed, output } = await run(lab, { context });
  t.ok(failed);
  t.match(output, />>> COPY nowhere \//);
});
t.test("http: what is not there", async (t) => {
  const { failed, output } = await run(lab, {
    context: `${server}/nothing.tar`,
    options: ["--file=-"],
    input: DIRECTED,
  });
  t.ok(failed);
  t.match(output, /404/);
});

t.test("standard input: a Dockerfile", (t) => both(t, { dockerfile: "-" }));
t.test("standard input: a Dockerfile without context", (t) =>
  both(t, {
    publish: (files) => ({ context: "-", input: files.Dockerfile ?? "" }),
    change: (text) => text.replace("COPY app /app", "WORKDIR /work"),
  }),
);
t.test("standard input: a tar archive", (t) =>
  both(t, { publish: async (files) => ({ context: "-", input: await archive(files) }) }),
);

t.test("Dockerfile: nested and renamed, with its own ignore file", async (t) => {
  const name = "a/b/my.Dockerfile";
  const files = {
    ...FILES,
    "app/secret.txt": "s\n",
    ".dockerignore": "app\n",
    [`${name}.dockerignore`]: "**/secret.txt\n",
  };
  const publish = (all: Files) => {
    const folder = lab.folder(all);
    return { context: folder, options: [`--file=${join(folder, name)}`] };
  };
  await both(t, { files, dockerfile: name, publish });
  const { failed, output } = await ours(lab, {
    files,
    dockerfile: name,
    publish,
    text: `${DIRECTED}COPY app/secret.txt /\n`,
  });
  t.ok(failed, "the ignored file is not in the context");
  t.match(output, /secret\.txt/);
});
t.test("Dockerfile: outside of the context", (t) =>
  both(t, {
    publish: ({ Dockerfile = "", ...files }) => ({
      context: lab.folder(files),
      options: [`--file=${join(lab.folder({ "other.Dockerfile": Dockerfile }), "other.Dockerfile")}`],
    }),
  }),
);
t.test("Dockerfile: in lower case", (t) => both(t, { dockerfile: "dockerfile" }));
t.test("Dockerfile: a symbolic link", (t) =>
  both(t, {
    publish: async ({ Dockerfile = "", ...files }) => {
      const context = lab.folder({ ...files, "real/file": Dockerfile });
      await execa("ln", ["-s", "real/file", join(context, "Dockerfile")]);
      return { context };
    },
  }),
);
t.test("Dockerfile: missing", async (t) => {
  const folder = lab.folder(FILES);
  const options = ["--build-arg=BUILDKIT_SYNTAX=dhi-frontend:1"];
  const one = await run(lab, { context: folder, options });
  const other = await run(lab, { context: folder });
  t.ok(one.failed && other.failed);
  const message = (output: string) => output.split("\n").filter((line) => line.startsWith("ERROR"));
  t.same(message(one.output), message(other.output));
});

t.test(".dockerignore", async (t) => {
  const files = {
    ...FILES,
    "app/left-out.txt": "x\n",
    ".dockerignore": "# a comment\n**/*.txt\n!app/hello.txt\nDockerfile\n",
  };
  await both(t, { files, change: (text) => `${text}COPY . /all\n` });
  await sameWords(t, lab, { files, text: `${DIRECTED}COPY app/left-out.txt /\n` });
});
t.test(".dockerignore that is wrong", (t) =>
  sameWords(t, lab, { files: { ...FILES, ".dockerignore": "!\n" }, text: DIRECTED }),
);

const NAMED = (text: string) => `${text}COPY --from=other what.txt /\n`;
const OTHER: Files = { "what.txt": "from elsewhere\n" };

t.test("named context: a folder", async (t) => {
  const other = lab.folder({ ...OTHER, "big.txt": "x", ".dockerignore": "big.txt\n" });
  await both(t, { change: NAMED, options: [`--build-context=other=${other}`] });
});
t.test("named context: a git repository", async (t) => {
  const name = await repository(lab, root, OTHER);
  await both(t, { change: NAMED, options: [`--build-context=other=${server}/${name}#v1`] });
});
t.test("named context: an image", (t) =>
  both(t, {
    change: (text) => `${text}COPY --from=other /etc/os-release /other\n`,
    options: [`--build-context=other=docker-image://${DEV_BASE}`],
  }),
);
t.test("named context: an OCI layout", async (t) => {
  const made = lab.folder({ ...OTHER, Dockerfile: "FROM scratch\nCOPY what.txt /\n" });
  const layout = mkdtempSync(join(tmpdir(), "dhi-layout-"));
  t.teardown(() => execa("rm", ["-r", layout]));
  const options = [`--output=type=oci,tar=false,dest=${layout}`];
  const { failed, output } = await run(lab, { context: made, options });
  t.notOk(failed, "the layout is made", { output });
  await both(t, { change: NAMED, options: [`--build-context=other=oci-layout://${layout}`] });
});
t.test("named context: in the place of a stage's base that has a directive", async (t) => {
  const other = "dhi-conformance/other-base";
  t.teardown(() => lab.engine.docker(["image", "rm", "--force", other], { reject: false }));
  const made = await run(lab, {
    context: "-",
    input: `FROM ${BASE}\nENV REPLACED=yes\n`,
    options: ["--load", `--tag=${other}`],
  });
  t.notOk(made.failed, "the other base is made", { output: made.output });
  const options = [`--build-context=${BASE}=docker-image://${other}`];
  await both(t, { options });
  for (const [name, from] of [
    ["nobody/knows:this", "nobody/knows:this"],
    ["nobody", "docker.io/library/nobody:latest"],
  ]) {
    await both(t, {
      change: (text) => text.replace(BASE, String(from)),
      options: [`--build-context=${name}=docker-image://${other}`],
    });
  }
});
t.test("named context: in the place of a stage of the file", async (t) => {
  const stage = (text: string) => text.replace("FROM", `FROM ${DEV_BASE} AS other\nRUN false\nFROM`);
  const other = lab.folder(OTHER);
  await both(t, { change: (text) => NAMED(stage(text)), options: [`--build-context=other=${other}`] });
});
t.test("named context: in the place of a stage with a directive", async (t) => {
  const text = `${DIRECTED}FROM scratch AS last\nCOPY --from=final /what.txt /\n`;
  const options = [`--build-context=final=${lab.folder(OTHER)}`];
  const folder = lab.folder({ ...FILES, Dockerfile: text });
  const one = await digestOf(lab, { context: folder, options });
  const other = await digestOf(lab, {
    context: lab.folder({ ...FILES, Dockerfile: withoutSyntax(text).replace(/^DHI.*$/m, "") }),
    options,
  });
  t.notOk(one.failed || other.failed, "both build", { output: one.output });
  t.equal(one.digest, other.digest);
});
t.test("bake: other targets as context and as base", async (t) => {
  for (const [kind, text] of [
    ["without directives", PLAIN],
    ["with a directive", DIRECTED],
  ] as const) {
    const dockerfile = NAMED(text).replace(BASE, "base");
    const ours = await bake(dockerfile);
    t.ok(ours.digest, `${kind}: our frontend builds the file`, ours);
    const options = [`--build-context=other=${lab.folder(OTHER)}`, `--build-context=base=docker-image://${BASE}`];
    const asked = { context: lab.folder({ ...FILES, Dockerfile: dockerfile }), options };
    const plain = kind === "with a directive" ? await expansion(lab, asked) : dockerfile;
    const stock = await bake(withoutSyntax(plain));
    t.ok(stock.digest, `${kind}: the stock frontend builds the file`, stock);
    t.equal(ours.digest, stock.digest, `${kind}: one image`);
  }
});

/** Builds this Dockerfile with bake, whose other targets are its base and a context. */
async function bake(dockerfile: string) {
  const contexts = lab.options
    .filter((_, at) => lab.options[at - 1] === "--build-context")
    .map((one) => one.split("=", 2));
  const target = (file: string, more: object = {}) => ({
    dockerfile: file,
    args: { DHI_CHECK: "skip=all" },
    contexts: Object.fromEntries(contexts),
    attest: ["type=provenance,disabled=true"],
    ...more,
  });
  const main = target("Dockerfile", {
    contexts: { ...Object.fromEntries(contexts), other: "target:other", base: "target:base" },
    output: ["type=image"],
  });
  const targets = { base: target("base.Dockerfile"), other: target("other.Dockerfile"), main };
  const folder = lab.folder({
    ...FILES,
    Dockerfile: dockerfile,
    "base.Dockerfile": `FROM ${BASE}\nENV FROM_BAKE=yes\n`,
    "other.Dockerfile": `${SYNTAX}\nFROM scratch\nCOPY <<EOF /what.txt\nfrom bake\nEOF\n`,
    "bake.json": JSON.stringify({ target: targets }),
  });
  const { failed, all } = await lab.engine.docker(
    ["buildx", "bake", "--progress=plain", "--file=bake.json", "--metadata-file=metadata.json", "main"],
    { cwd: folder, reject: false, all: true, stdin: "ignore" },
  );
  if (failed) return { output: String(all) };
  const metadata = JSON.parse(readFileSync(join(folder, "metadata.json"), "utf8"));
  return { output: String(all), digest: metadata.main["containerimage.digest"] };
}
