import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { certScripts } from "../src/graft/scripts.ts";
import { type StepLab, skip, stepLab } from "./graft/step-lab.ts";

// What DHI-CERT makes of certificates: the script alone, with Debian's tools and with busybox's.

const openssl = "/usr/bin/openssl";

/** A certificate that vouches for itself, in PEM. */
function certificate(name: string, ...more: readonly string[]): string {
  const words = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    "/dev/null",
  ];
  return execFileSync(openssl, [...words, "-subj", `/O=Corp/CN=${name}`, ...more], {
    stdio: ["ignore", "pipe", "ignore"],
  }).toString();
}

function der(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----.*-----|\s/g, ""), "base64");
}

/** CN=Old, until 2001: openssl makes none of the past. */
const old = `-----BEGIN CERTIFICATE-----
MIIBbTCCARSgAwIBAgIUFY8gdK+ZmsXmN5owQFJFSKHs37EwCgYIKoZIzj0EAwIw
HTENMAsGA1UECgwEQ29ycDEMMAoGA1UEAwwDT2xkMB4XDTAwMDEwMTAwMDAwMFoX
DTAxMDEwMTAwMDAwMFowHTENMAsGA1UECgwEQ29ycDEMMAoGA1UEAwwDT2xkMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEF+K2xp0DNXzeltH7APAktDjLgWeoKK9S
EddRO4z3SaFhE1Sh9RPquk3kZ9ZDutG86Y0xy2PIQ9obGqoaJtyX56MyMDAwDwYD
VR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUqw9IAaNBHIWOElSf0DirhE0CE60wCgYI
KoZIzj0EAwIDRwAwRAIgNGiTZRPbwURDrwMRi7okZxOe9vEpZoS7WiXnhYpb62gC
IEH6ly2gfwyJPAHp3xgYI5FQSkyrTZodRnrFjrjRhF2M
-----END CERTIFICATE-----
`;

const made = existsSync(openssl)
  ? {
      base: certificate("Base"),
      one: certificate("One"),
      two: certificate("Two"),
      old: old,
      leaf: certificate("Leaf", "-addext", "basicConstraints=critical,CA:FALSE"),
    }
  : { base: "", one: "", two: "", old: "", leaf: "" };

const bundle = "target/etc/ssl/certs/ca-certificates.crt";

function names(lab: StepLab, file: string): string[] {
  const blocks =
    readFileSync(lab.at("out", file), "utf8").match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----\n/g) ?? [];
  return blocks.map((block) =>
    execFileSync(openssl, ["x509", "-noout", "-subject", "-nameopt", "RFC2253"], { input: block })
      .toString()
      .replace(/^subject=CN=|,O=Corp\n$/g, ""),
  );
}

for (const tools of ["debian", "busybox"] as const) {
  const why = existsSync(openssl) ? skip(tools) : "needs openssl";
  const inLab = (name: string, run: (t: Test, lab: StepLab) => Promise<void>) =>
    t.test(`${name} (${tools})`, { skip: why }, async (t) => {
      const lab = stepLab(certScripts, tools, ["openssl"]);
      t.teardown(() => lab.close());
      await run(t, lab);
    });

  inLab("a bundle of the base's and ours, ours alone, and ours by the hash of their subject", async (t, lab) => {
    lab.write({
      // Without an end of the last line.
      [bundle]: made.base.trimEnd(),
      "certs/1/both.pem": `${made.one}Text between\r\n${made.two.replaceAll("\n", "\r\n")}`,
      "certs/2/deep/one.der": der(made.one),
    });
    const { code, stdout, stderr } = await lab.run("cert.sh", "both.pem", "folder");
    t.equal(code, 0, stderr);
    t.match(stdout, /^dhi: DHI-CERT: CN=One,O=Corp, until .*\ndhi: DHI-CERT: CN=Two,O=Corp, until .*$/, "each once");
    t.equal(stderr, "");
    t.same(names(lab, "etc/ssl/dhi/ca-bundle.pem"), ["Base", "One", "Two"]);
    t.same(names(lab, "etc/ssl/dhi/extra.pem"), ["One", "Two"]);
    const certs = readdirSync(lab.at("out/etc/ssl/certs")).sort();
    const hash = (pem: string) =>
      execFileSync(openssl, ["x509", "-noout", "-subject_hash"], { input: pem }).toString().trim();
    const links = certs.filter((name) => lstatSync(lab.at("out/etc/ssl/certs", name)).isSymbolicLink());
    t.same(links, [`${hash(made.one)}.0`, `${hash(made.two)}.0`].sort());
    for (const link of links) t.match(readlinkSync(lab.at("out/etc/ssl/certs", link)), /^dhi-[0-9a-f]{16}\.pem$/);
    t.equal(lstatSync(lab.at("out/etc/ssl/dhi/extra.pem")).mtimeMs, 946684800000, "a fixed time");
    t.equal(lstatSync(lab.at("out/etc/ssl")).mtimeMs, lstatSync(lab.at("target/etc/ssl")).mtimeMs, "the base's folder");
    t.equal(readFileSync(lab.at(bundle), "utf8"), made.base.trimEnd(), "the base's file is untouched");
  });

  inLab("what the base has stays out of the bundle's end and in the list of extra ones", async (t, lab) => {
    lab.write({ [bundle]: made.base, "certs/1/a.pem": made.base, "certs/2/b.pem": made.one });
    t.match(await lab.run("cert.sh", "a.pem", "b.pem"), {
      code: 0,
      stdout: /CN=Base,O=Corp, until .*: the base has it already/,
    });
    t.same(names(lab, "etc/ssl/dhi/ca-bundle.pem"), ["Base", "One"]);
    t.same(names(lab, "etc/ssl/dhi/extra.pem"), ["Base", "One"], "Node reads these beside its own alone");
    t.equal(readdirSync(lab.at("out/etc/ssl/certs")).length, 2);
  });

  inLab("what a stage above got stays trusted, and a hash that is taken gets the next number", async (t, lab) => {
    const hash = execFileSync(openssl, ["x509", "-noout", "-subject_hash"], { input: made.one }).toString().trim();
    lab.write({
      [bundle]: made.base,
      [`target/etc/ssl/certs/${hash}.0`]: "",
      "have/0/etc/ssl/dhi/ca-bundle.pem": made.base + made.two,
      "have/0/etc/ssl/dhi/extra.pem": made.two,
      [`have/0/etc/ssl/certs/${hash}.1`]: "",
      "certs/1/one.pem": made.one,
    });
    t.match(await lab.run("cert.sh", "one.pem"), { code: 0 });
    t.same(names(lab, "etc/ssl/dhi/ca-bundle.pem"), ["Base", "Two", "One"]);
    t.same(names(lab, "etc/ssl/dhi/extra.pem"), ["Two", "One"]);
    t.ok(existsSync(lab.at(`out/etc/ssl/certs/${hash}.2`)));
  });

  inLab("the flag changes the base's file, wherever its link leads", async (t, lab) => {
    lab.write({
      "target/etc/ssl/cert.pem": made.base,
      "certs/1/one.pem": made.one,
      "target/usr/lib/libgnutls.so.30": "",
    });
    mkdirSync(lab.at("target/etc/ssl/certs"), { recursive: true });
    symlinkSync("../cert.pem", lab.at(bundle));
    const plain = await lab.run("cert.sh", "one.pem");
    t.match(plain.stderr, /GnuTLS \(wget, GIO\) read only \/etc\/ssl\/certs\/\.\.\/cert\.pem/);
    const { code, stderr } = await lab.run("cert.sh", "--base-bundle", "one.pem");
    t.equal(code, 0, stderr);
    t.match(stderr, /changes the base's file \/etc\/ssl\/certs\/\.\.\/cert\.pem, which scanners may report/);
    t.notMatch(stderr, "GnuTLS");
    t.same(names(lab, "etc/ssl/cert.pem"), ["Base", "One"]);
  });

  inLab("the bundle that a variable names comes before the usual ones", async (t, lab) => {
    lab.write({ [bundle]: made.base, "target/opt/own.pem": made.two, "certs/1/one.pem": made.one });
    t.match(await lab.run("cert.sh", "--bundle", "/opt/own.pem", "one.pem"), { code: 0 });
    t.same(names(lab, "etc/ssl/dhi/ca-bundle.pem"), ["Two", "One"]);
    t.match(await lab.run("cert.sh", "--bundle", "/opt/none.pem", "one.pem"), { code: 0 });
    t.same(names(lab, "etc/ssl/dhi/ca-bundle.pem"), ["Base", "One"]);
  });

  inLab("without a bundle only ours are trusted, and that is said", async (t, lab) => {
    lab.write({ "certs/1/one.pem": made.one });
    t.match(await lab.run("cert.sh", "one.pem"), {
      code: 0,
      stderr: /the base has no bundle of certificates, so only these are trusted/,
    });
    t.same(names(lab, "etc/ssl/dhi/ca-bundle.pem"), ["One"]);
    t.notOk(existsSync(lab.at("out/etc/ssl/certs")), "no folder that the base lacks");
    t.match(await lab.run("cert.sh", "--base-bundle", "one.pem"), {
      code: 1,
      stderr: /--base-bundle: the base has no bundle that could be changed/,
    });
  });

  inLab("an expired one and one that is no authority are warned of", async (t, lab) => {
    lab.write({ [bundle]: made.base, "certs/1/old.pem": made.old, "certs/2/leaf.pem": made.leaf });
    const { code, stderr } = await lab.run("cert.sh", "old.pem", "leaf.pem");
    t.equal(code, 0);
    t.match(stderr, /dhi: warning: DHI-CERT: old\.pem:1: CN=Old,O=Corp has expired/);
    t.match(stderr, /dhi: warning: DHI-CERT: leaf\.pem:1: CN=Leaf,O=Corp is no certificate of a CA/);
    t.equal(stderr.match(/warning/g)?.length, 2);
  });

  for (const [problem, content, line] of [
    ["this line is no base64", (pem: string) => `Text\n${pem.replace(/\n(.)/, "\n*$1")}`, 3],
    ["this certificate has no line -----END CERTIFICATE-----", (pem: string) => pem.replace(/-----END.*\n/, ""), 1],
    ["this certificate has no line -----END CERTIFICATE-----", (pem: string) => pem.replace(/-----END.*\n/, pem), 1],
    ["an END without a BEGIN above it", (pem: string) => `${pem}-----END CERTIFICATE-----\n`, undefined],
    ["a private key stands here", () => "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n", 1],
    ["this is a CERTIFICATE REQUEST, and no certificate", () => "\n-----BEGIN CERTIFICATE REQUEST-----\n", 2],
    [
      "what stands there between BEGIN and END is no certificate",
      () => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      1,
    ],
    ["is no certificate: neither PEM", () => "hello", undefined],
  ] as const) {
    inLab(`an error: ${problem}${line === undefined ? "" : ` (line ${line})`}`, async (t, lab) => {
      lab.write({ [bundle]: made.base, "certs/1/a.pem": content(made.one) });
      const { code, stderr } = await lab.run("cert.sh", "a.pem");
      t.equal(code, 1);
      t.ok(stderr.includes(problem), stderr);
      if (line !== undefined) t.ok(stderr.includes(`a.pem:${line}: `), stderr);
    });
  }

  inLab("an empty folder, and a folder of the base that is a link, are errors", async (t, lab) => {
    mkdirSync(lab.at("certs/1"));
    t.match(await lab.run("cert.sh", "folder"), { code: 1, stderr: /DHI-CERT folder: there is no file in it/ });
    lab.write({ "certs/1/a.pem": made.one });
    mkdirSync(lab.at("target/etc"));
    symlinkSync("/elsewhere", lab.at("target/etc/ssl"));
    t.match(await lab.run("cert.sh", "folder"), { code: 1, stderr: /DHI-CERT: \/etc\/ssl is a link in the base/ });
  });

  inLab("where Java is there is a keystore, or it is said why not", async (t, lab) => {
    lab.write({ [bundle]: made.base, "certs/1/a.pem": made.one, "target/opt/java/lib/security/cacerts": "" });
    const { code, stderr } = await lab.run("cert.sh", "a.pem");
    t.equal(code, 0);
    const asked = await lab.run("cert.sh", "--java", "a.pem");
    if (existsSync(join(lab.at("out"), "etc/ssl/dhi/cacerts.p12"))) {
      t.match(stderr, /-Djavax\.net\.ssl\.trustStore=\/etc\/ssl\/dhi\/cacerts\.p12/);
      t.equal(asked.code, 0);
    } else {
      t.match(stderr, /no keystore is made for Java: the openssl of the builder image is too old/);
      t.match(asked, { code: 1, stderr: /too old to make a keystore for Java/ });
    }
  });
}
