import type { Test } from "tap";
import type { Engine } from "../engine/engine.ts";
import { standIns } from "../engine/stand-ins.ts";
import { WITH_SHELL } from "./bench.ts";

/** Follows BuildKit's scanner protocol (docs/attestations/sbom-protocol.md): lists the files at the top of each source as its SBOM. */
const SCANNER = `FROM ${WITH_SHELL}
COPY --chmod=755 <<'EOF' /scan
#!/bin/sh
set -eu
scan() {
  printf '{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document","predicate":{"name":"%s","files":"%s"}}' \\
    "$1" "$(ls "$2" | tr '\\n' ' ' | sed 's/ $//')" >"$BUILDKIT_SCAN_DESTINATION/$1.spdx.json"
}
scan result "$BUILDKIT_SCAN_SOURCE"
for extra in "\${BUILDKIT_SCAN_SOURCE_EXTRAS:-/none}"/*; do
  [ ! -e "$extra" ] || scan "$(basename "$extra")" "$extra"
done
EOF
ENTRYPOINT ["/scan"]
`;

/** Makes a small SBOM generator image and gives its name; it goes when the test ends. */
export async function sbomScanner(t: Pick<Test, "teardown">, engine: Engine): Promise<string> {
  const name = `dhi-conformance/scanner:${process.pid}`;
  const { buildContextArgs } = await standIns(engine, [WITH_SHELL]);
  t.teardown(() => engine.docker(["image", "rm", "--force", name], { reject: false }));
  await engine.docker(["buildx", "build", "--quiet", "--load", `--tag=${name}`, ...buildContextArgs, "-"], {
    input: SCANNER,
  });
  return name;
}
