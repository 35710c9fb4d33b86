// Node asks a program of Java's for a key and a certificate, and reads the certificate.
const { execFileSync } = require("node:child_process");
const { X509Certificate } = require("node:crypto");

const keystore = ["-keystore", "/tmp/keys", "-storepass", "secret", "-alias", "one"];
execFileSync("keytool", ["-genkeypair", "-keyalg", "EC", "-dname", "CN=made by Java", ...keystore]);
const pem = execFileSync("keytool", ["-exportcert", "-rfc", ...keystore]);
console.log(`${new X509Certificate(pem).subject}, ${process.env.JAVA_HOME}`);
