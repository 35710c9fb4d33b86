// A TLS server on loopback, and clients that ask it: with the image's variables, without them, and with the base's bundle alone.
const { execFile } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { createServer } = require("node:https");

const options = { key: readFileSync("/app/server.key"), cert: readFileSync("/app/server.pem") };
const fetch = "fetch('https://localhost:8443').then((r) => r.text()).then(console.log, (e) => { console.log(e.cause.code); process.exit(1) })";
const without = (...names) => Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.includes(name)));
const curl = ["-sS", "https://localhost:8443"];

function ask(what, program, words, env = process.env) {
  return new Promise((resolve) => {
    execFile(program, words, { env }, (error, stdout, stderr) => {
      console.log(`${what}: ${error ? "refused" : "trusted"} ${(stdout + stderr).trim().split("\n")[0]}`);
      resolve();
    });
  });
}

createServer(options, (_, response) => response.end("hello")).listen(8443, "127.0.0.1", async () => {
  await ask("node", process.execPath, ["-e", fetch]);
  await ask("curl", "curl", curl);
  await ask("curl by hash", "curl", curl, without("CURL_CA_BUNDLE", "SSL_CERT_FILE"));
  await ask("node without variable", process.execPath, ["-e", fetch], without("NODE_EXTRA_CA_CERTS"));
  await ask("curl with the base's bundle", "curl", ["--capath", "/none", "--cacert", "/etc/ssl/certs/ca-certificates.crt", ...curl]);
  console.log(`as ${process.getuid()}`);
  process.exit();
});
