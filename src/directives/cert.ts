import { failure } from "../diagnostic.ts";
import { certFamily } from "./cert-stage.ts";
import type { Argument, Directive, DirectiveLine } from "./directive.ts";
import { readFlags } from "./flags.ts";

/** What one `DHI-CERT` line asks for. */
export interface CertLine {
  /** Files and folders, as COPY takes them. */
  readonly paths: readonly Argument[];
  /** Where they are; absent for the build context. */
  readonly from?: Argument;
  /** Build secrets that hold certificates. */
  readonly secrets: readonly Argument[];
  readonly baseBundle: boolean;
  /** The image with openssl. */
  readonly builder?: Argument;
}

/** Certificates of private authorities. */
export const cert: Directive<CertLine> = {
  name: "DHI-CERT",
  usage:
    "DHI-CERT [--from=<stage, image or context>] [--secret=<id>]... [--base-bundle] [--builder=<image>] [<path>...]",
  summary: "makes programs in the image trust certificates of your own authorities",
  docs: `The files, PEM with one certificate or many, or DER, come from the build context, with \`--from\` from a stage, an image or a named context, or with \`--secret\` from a build
secret (what comes from there is in the image, as certificates are public; another content of a secret alone does not run the step again, \`--no-cache-filter\` does). A folder stands for all files in it. A damaged file, one that is no certificate, and one with a private
key fail the build, with the file's line. Several lines of a stage become one step, copied at the first of them.

The base's files stay as they are. Beside them come

- \`/etc/ssl/dhi/ca-bundle.pem\`, the base's bundle and yours, which \`SSL_CERT_FILE\` (OpenSSL, Go, .NET, Python, Ruby), \`CURL_CA_BUNDLE\`, \`REQUESTS_CA_BUNDLE\` (Python's requests, pip) and
  \`GIT_SSL_CAINFO\` point to,
- \`/etc/ssl/dhi/extra.pem\`, yours alone, which \`NODE_EXTRA_CA_CERTS\` points to,
- in \`/etc/ssl/certs\`, where the base has it, each of yours by the hash of its subject, which OpenSSL finds without a variable,
- where the base has Java, a keystore \`/etc/ssl/dhi/cacerts.p12\`, which \`JAVA_TOOL_OPTIONS\` points to when the base is an image for Java (one with \`JAVA_HOME\`).

Programs with GnuTLS read only the base's bundle: \`--base-bundle\` changes that file too, and the build's output says so. ENV lines below the line win over its variables. \`--builder\` names the
image with openssl that reads the certificates, where the base's own is not wanted.`,
  samples: [
    { title: "A company's authority", dockerfile: "FROM dhi.io/node:22-debian13\nDHI-CERT corp-ca.crt\n" },
    {
      title: "From a build secret",
      dockerfile: "FROM dhi.io/python:3.13-debian13\nDHI-CERT --secret=corp-ca\n",
    },
    { title: "No file", dockerfile: "FROM dhi.io/node:22-debian13\nDHI-CERT\n", error: "DhiMissingArgument" },
    {
      title: "A secret's name with other characters",
      dockerfile: 'FROM dhi.io/node:22-debian13\nDHI-CERT --secret="corp ca"\n',
      error: "DhiSecret",
    },
  ],
  parse: certLine,
  needs: () => [],
  family: certFamily,
};

/** Reads a line of DHI-CERT. Throws what readFlags throws, DhiMissingArgument, DhiSecret and DhiPath. */
function certLine(line: DirectiveLine): CertLine {
  const flags = readFlags(line, {
    from: { value: "build" },
    secret: { value: "corp-ca", many: true },
    "base-bundle": {},
    builder: { value: "debian:trixie-slim" },
  });
  const secrets = flags.values("secret");
  if (line.words.length === 0 && secrets.length === 0) {
    throw failure(
      "DhiMissingArgument",
      line.span,
      "DHI-CERT names no certificate",
      "write its file: DHI-CERT corp-ca.crt",
    );
  }
  for (const { value, span } of secrets) {
    if (/^[A-Za-z0-9_.-]+$/.test(value)) continue;
    throw failure("DhiSecret", span, `\`${value}\` is no name of a secret`, "write letters, digits, dots, dashes");
  }
  for (const { value, span } of line.words) {
    // A control character would end the line that the path goes to.
    if (value !== "" && !/\p{Cc}/u.test(value) && !value.startsWith("<<")) continue;
    throw failure("DhiPath", span, `${JSON.stringify(value)} is no path`, "write a file of the build context");
  }
  const [from, builder] = [flags.value("from"), flags.value("builder")];
  if (from && line.words.length === 0) {
    throw failure(
      "DhiMissingArgument",
      line.span,
      "--from names no file",
      "write its path there: DHI-CERT --from=build /ca.pem",
    );
  }
  return {
    paths: line.words,
    secrets,
    baseBundle: flags.has("base-bundle"),
    ...(from && { from }),
    ...(builder && { builder }),
  };
}
