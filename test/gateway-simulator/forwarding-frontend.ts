// A whole frontend in one page: it reads the Dockerfile as the stock frontend would, and hands it on. With the build
// argument HAND_ON=input the text goes on as an input of ours instead, grown by the number of bytes in GROW.
import { connect } from "../../src/gateway/client.ts";
import { head } from "../../src/gateway/definition.ts";
import { readEnvironment } from "../../src/gateway/environment.ts";
import { code, GatewayError } from "../../src/gateway/error.ts";
import { dockerfileSource, scratchFiles } from "../../src/gateway/llb.ts";

async function main(): Promise<void> {
  const { opts, sessionId } = readEnvironment(process.env);
  const gateway = connect();
  // Whoever prints must not break the wire.
  process.stdout.write("a line on standard output\n");
  try {
    const filename = opts.get("filename") ?? "Dockerfile";
    const definition = dockerfileSource({ filename, localName: opts.get("dockerfilekey") ?? "dockerfile", sessionId });
    const { ref } = await gateway.solve({ definition });
    const text = await gateway.readFile(ref?.id ?? "", filename);
    const grown = Buffer.concat([text, Buffer.alloc(Number(opts.get("build-arg:GROW") ?? 0), "# more\n")]);
    const asInput = opts.get("build-arg:HAND_ON") === "input";
    const dockerfile = scratchFiles([{ path: filename, data: grown }], "[internal] expanded");
    const { source: _, ...frontendOpt } = Object.fromEntries(opts);
    const result = await gateway.solve({
      frontend: "dockerfile.v0",
      frontendOpt: { ...frontendOpt, cmdline: "handed on" },
      frontendInputs: { ...(await gateway.inputs()), ...(asInput ? { dockerfile } : {}) },
    });
    await gateway.warn({
      digest: head(definition),
      short: "handed on",
      info: { filename, data: text, language: "Dockerfile" },
      ranges: [{ start: { line: 1 }, end: { line: 1 } }],
    });
    await gateway.returnResult(result);
  } catch (error) {
    const status = { code: code.unknown, message: String(error), details: [] };
    await gateway.returnError(error instanceof GatewayError ? error.status : status);
  } finally {
    gateway.close();
  }
}

void main();
