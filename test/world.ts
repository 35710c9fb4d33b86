import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What test/worlds/<name>/expect.json may say; test/worlds/README.md tells each word with an example. */
export interface Expectations {
  readonly why: string;
  readonly needs?: readonly string[];
  readonly full?: boolean;
  readonly bases?: Readonly<Record<string, string>>;
  readonly images?: readonly string[];
  readonly context?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly error?: readonly string[];
  readonly output?: readonly string[];
  readonly silent?: readonly string[];
  readonly paths?: Readonly<Record<string, string>>;
  readonly records?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly runs?: readonly Run[];
  readonly unresolved?: Readonly<Record<string, "none" | "some">>;
  readonly base?: string;
  readonly sameWithoutSyntax?: boolean;
}

/** A container of the image: its command, and what comes of it. */
export interface Run {
  readonly command: readonly string[];
  readonly entrypoint?: string;
  readonly exit?: number;
  /** Text that the container's output holds. */
  readonly says?: string;
}

/** One Dockerfile with what is expected of it. */
export interface World {
  /** The folder's name, with the Dockerfile's own where the folder has several: `no-directives/heredoc`. */
  readonly name: string;
  readonly folder: string;
  readonly dockerfile: string;
  readonly expect: Expectations;
}

/** Every `Dockerfile` and `*.Dockerfile` in the folders that have an expect.json; those that make base images are left out. */
export function readWorlds(root: string): World[] {
  return readdirSync(root)
    .sort()
    .filter((name) => existsSync(join(root, name, "expect.json")))
    .flatMap((name) => {
      const folder = join(root, name);
      const expect: Expectations = JSON.parse(readFileSync(join(folder, "expect.json"), "utf8"));
      const bases = Object.values(expect.bases ?? {});
      return readdirSync(folder)
        .filter((file) => /^(.+\.)?Dockerfile$/.test(file) && !bases.includes(file))
        .sort()
        .map((file) => ({
          name: file === "Dockerfile" ? name : `${name}/${file.replace(/\.Dockerfile$/, "")}`,
          folder,
          dockerfile: join(folder, file),
          expect,
        }));
    });
}
