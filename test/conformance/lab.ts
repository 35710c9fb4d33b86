import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Test } from "tap";
import { type Engine, engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { frontendImage } from "../frontend-image.ts";

/** The files of a build context, by path. */
export type Files = Readonly<Record<string, string>>;

/** A place to run builds in, once with our syntax line and once without it. */
export interface Lab {
  readonly engine: Engine;
  /** What every build here needs to see the frontend and the base images under their names. */
  readonly options: readonly string[];
  /** Writes files into a new folder and returns its path; it goes with the test file. */
  folder(files: Files): string;
}

/** A hardened base without shell and package manager: what directives are for. */
export const BASE = "dhi.io/debian-base:trixie";

/** The image with a shell that belongs to it. */
export const DEV_BASE = "dhi.io/debian-base:trixie-dev";

/** Opens the lab for a test file, with the base images and the frontend in the engine. */
export async function openLab(t: Test): Promise<Lab> {
  const used = await engine();
  const lent = await standIns(used, [BASE, DEV_BASE]);
  const frontend = await frontendImage(used);
  const root = mkdtempSync(join(tmpdir(), "dhi-conformance-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  return {
    engine: used,
    // What our own rules say comes on top of all that is compared here; rules-build.test.ts is about them.
    options: [...lent.buildContextArgs, ...frontend.buildContextArgs, "--build-arg=DHI_CHECK=skip=all"],
    folder(files) {
      const folder = mkdtempSync(join(root, "context-"));
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return folder;
    },
  };
}
