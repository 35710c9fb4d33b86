import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t, { type Test } from "tap";
import { AlpineLab, skip as unable } from "./graft/alpine/lab.ts";
import { keyName } from "./graft/alpine/repository.ts";

// A company's package source behind a password, a proxy, an authority and a key of its own. The stand-in for apk knows no network, so these need a
// real one: DHI_REAL_APK=<path of apk 2 or 3>.

const skip = unable || (process.env.DHI_REAL_APK ? false : "needs a real apk in DHI_REAL_APK");

/** A lab whose packages a server has; what was asked of it goes to `asked`. */
async function served(t: Test, tls?: { readonly key: string; readonly cert: string }) {
  const lab = new AlpineLab();
  t.teardown(() => lab.close());
  lab.offer([{ name: "liby", files: { "usr/lib/liby.so.1": "y" } }], "x86_64", "elsewhere");
  const asked: string[] = [];
  const answer = ({ url = "", headers }: IncomingMessage, response: ServerResponse) => {
    asked.push(url);
    const path = join(lab.root, "elsewhere", new URL(url, "http://proxied.example").pathname);
    if (!existsSync(path)) response.writeHead(404).end();
    else if (!tls && headers.authorization === undefined)
      response.writeHead(401, { "WWW-Authenticate": "Basic" }).end();
    else createReadStream(path).pipe(response);
  };
  const server = (tls ? createSecureServer(tls, answer) : createServer(answer)).listen(0, "127.0.0.1");
  t.teardown(() => server.close());
  await new Promise<void>((listening) => server.once("listening", () => listening()));
  const { port } = server.address() as AddressInfo;
  const graft = async () => {
    asked.length = 0;
    const { code, stdout, stderr } = await lab.graft("--line", "DHI-NATIVE", "liby");
    return { code, said: stdout + stderr };
  };
  return { lab, asked, port, graft };
}

t.test("a password, a key and a proxy", { skip }, async (t) => {
  const { lab, asked, port, graft } = await served(t);
  const pem = lab.read(`etc/apk/keys/${keyName}`);
  rmSync(join(lab.root, "etc/apk/keys", keyName));
  lab.write("access", { repositories: `http://user:swordfish@127.0.0.1:${port}/\n` });
  const without = await graft();
  t.equal(without.code, 1);
  t.match(without.said, "UNTRUSTED signature");
  t.match(without.said, "its key, as the build secret dhi-apk-keys");

  lab.write("access", { keys: pem });
  const keyed = await graft();
  t.equal(keyed.code, 0, keyed.said);
  t.ok(asked.includes("/x86_64/liby-1.0-r0.apk"));

  lab.write("access", {
    repositories: "http://user:swordfish@packages.example/\n",
    proxy: `http://127.0.0.1:${port}\n`,
  });
  const proxied = await graft();
  t.equal(proxied.code, 0, proxied.said);
  t.ok(asked.includes("http://packages.example/x86_64/liby-1.0-r0.apk"));
  for (const { said } of [without, keyed, proxied]) t.notMatch(said, /swordfish/);
});

t.test("an authority", { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "dhi-tls-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, ...name], {
    stdio: "ignore",
  });
  const { lab, port, graft } = await served(t, { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") });
  lab.write("access", { repositories: `https://localhost:${port}/\n` });
  t.equal((await graft()).code, 1);
  lab.write("access", { ca: readFileSync(cert, "utf8") });
  const { code, said } = await graft();
  t.equal(code, 0, said);
});
