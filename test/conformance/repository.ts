import { mkdtempSync } from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import type { Files, Lab } from "./lab.ts";

/** What a commit is made with: the same files are the same commit on every machine. */
const env = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "somebody",
  GIT_AUTHOR_EMAIL: "somebody@example.com",
  GIT_AUTHOR_DATE: "2024-02-03T04:05:06Z",
  GIT_COMMITTER_NAME: "somebody",
  GIT_COMMITTER_EMAIL: "somebody@example.com",
  GIT_COMMITTER_DATE: "2024-02-03T04:05:06Z",
};

/** Makes a bare repository below `root` whose branch `main` is empty of these files, and whose branch and tag hold them. Returns its name. */
export async function repository(lab: Lab, root: string, files: Files): Promise<string> {
  const work = lab.folder({ "elsewhere.txt": "this is the default branch\n" });
  const git = (...words: string[]) => execa("git", words, { cwd: work, env });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", ".");
  await git("commit", "--quiet", "--message=first");
  await git("switch", "--quiet", "--create", "feature/one");
  const contents = lab.folder(files);
  await git(`--work-tree=${contents}`, "add", "--all");
  await git("commit", "--quiet", "--message=second");
  await git("tag", "v1");
  const bare = `${mkdtempSync(join(root, "repository-"))}.git`;
  await git("clone", "--quiet", "--bare", work, bare);
  return basename(bare);
}
