// Makes src/gateway/generated/{gateway.js,gateway.d.ts} from the .proto files: static code, so that nothing is built by reflection at start.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main as pbjs } from "protobufjs-cli/pbjs.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../src/gateway/generated/gateway.js", import.meta.url));
mkdirSync(fileURLToPath(new URL("../src/gateway/generated", import.meta.url)), { recursive: true });

const unused = ["create", "verify", "convert", "delimited", "typeurl", "service"].map((part) => `--no-${part}`);
pbjs(
  [
    "--target",
    "static-module",
    "--wrap",
    "esm",
    "--es6",
    "--force-number",
    ...unused,
    "--dts",
    "--path",
    folder,
  ].concat(["--out", out, `${folder}gateway.proto`]),
  (error) => {
    if (error) throw error;
  },
);
