import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Compiles programs and libraries for musl in a folder of its own. */
export class MuslCompiler {
  readonly #folder = mkdtempSync(join(tmpdir(), "dhi-musl-"));

  /** A file from C source: a library when its name has .so in it. `libraries` are names of files made before; flags go to the compiler. */
  compile(name: string, source: string, libraries: readonly string[] = [], ...flags: readonly string[]): Buffer {
    const file = join(this.#folder, name);
    const shared = /\.so/.test(name) ? ["-shared", "-fPIC", `-Wl,-soname,${name}`] : [];
    writeFileSync(`${file}.c`, source);
    const inputs = [`${file}.c`, ...libraries.map((library) => join(this.#folder, library))];
    execFileSync("musl-gcc", [...shared, ...inputs, "-o", file, ...flags]);
    return readFileSync(file);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
