import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import { aptLab } from "./graft/apt-lab.ts";
import { archive, below } from "./graft/archive.ts";

// How packages are got, and what is said when one does not arrive. This machine's apt asks a server on loopback.

const { failed } = await execa("apt-get", ["--version"], { reject: false });
if (failed) t.plan(0, "needs apt");
else tests();

/** A step that has its lists, from an archive of two packages of which one depends on the other; files can be taken from the archive. */
async function step(t: Test) {
  const files = below(
    "apt",
    archive([
      { name: "one-data", version: "1", fields: "Depends: two-data\n", files: { "usr/share/one": "1" } },
      { name: "two-data", version: "1", files: { "usr/share/two": "2" } },
    ]),
  );
  const { bed, server } = await aptLab(t, files, {
    conf: ({ work }) =>
      `Dir::Cache::archives "${work}/archives";\nAPT::Architecture "amd64";\nAPT::Architectures { "amd64"; };\n`,
  });
  bed.write("graft", {
    facts: "",
    "base.packages": "",
    lines: "1\tDHI-NATIVE\tword\tone-data\n",
    words: "one-data\tone-data\t\t1\tDHI-NATIVE\n",
    "archives/partial": null,
    tree: null,
    control: null,
  });
  const lists = await bed.run("lists.sh", "amd64");
  t.equal(lists.code, 0, lists.stderr);
  server.asked.length = 0;
  return { bed, files, asked: () => server.asked.map(({ url }) => url.replace(/^.*\//, "")) };
}

function tests() {
  t.test("packages and what they depend on, unpacked", async (t) => {
    const { bed, asked } = await step(t);
    const { code, stderr } = await bed.run("fetch.sh", "Debian");
    t.equal(code, 0, stderr);
    t.ok(existsSync(join(bed.work, "tree/one-data/usr/share/one")));
    t.ok(existsSync(join(bed.work, "tree/two-data/usr/share/two")));
    t.same(asked().sort(), ["one-data_1_all.deb", "two-data_1_all.deb"]);
  });

  t.test(
    "a package that does not arrive ends the step with apt's words, and other versions are not tried",
    async (t) => {
      const { bed, files, asked } = await step(t);
      files.delete("apt/two-data_1_all.deb");
      const { code, stderr } = await bed.run("fetch.sh", "Debian");
      t.equal(code, 1);
      t.match(stderr, /^E: Failed to fetch http:.*two-data_1_all\.deb +404/m);
      t.match(
        stderr,
        "dhi: packages could not be had from their source; apt's last words stand above\ndhi: a proxy, or",
      );
      t.notMatch(stderr, "bring these packages together");
      t.equal(asked().filter((name) => name === "two-data_1_all.deb").length, 1, "it is asked for once");
    },
  );
}
