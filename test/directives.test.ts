import t from "tap";
import { compile } from "../src/compile.ts";
import { DiagnosticError } from "../src/diagnostic.ts";
import { directives } from "../src/directives/index.ts";
import { fromCatalog } from "../src/resolve/from-catalog.ts";

const platform = { os: "linux", architecture: "amd64" };

for (const directive of directives) {
  for (const sample of directive.samples) {
    t.test(`${directive.name}: ${sample.title}`, async (t) => {
      const source = { name: "Dockerfile", bytes: new TextEncoder().encode(sample.dockerfile) };
      const compiled = compile(source, {
        buildArgs: {},
        platform,
        buildPlatform: platform,
        facts: fromCatalog(),
        scope: "all",
      });
      if (sample.error === undefined) {
        const printed = await compiled;
        t.notOk(printed.unchanged, "it expands");
        t.notMatch(printed.text, /^DHI-/m, "nothing of the directive is left");
        return;
      }
      const error = await compiled.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      t.ok(error instanceof DiagnosticError, "it is refused");
      if (error instanceof DiagnosticError) t.equal(error.diagnostics[0]?.code, sample.error);
    });
  }
}
