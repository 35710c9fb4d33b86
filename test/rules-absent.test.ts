import t from "tap";
import { findingsOf } from "./check-text.ts";

// What the rules about programs and package managers say, word for word where it matters, and where they keep silent.

const go = "FROM dhi.io/golang:1.26-debian13";
const node = "FROM dhi.io/node:22-debian13";
const last = "\n\nFROM dhi.io/static:20250419\n";

async function told(dockerfile: string): Promise<string[]> {
  const findings = await findingsOf(dockerfile);
  return findings
    .filter(({ rule }) => rule === "DhiMissingProgram" || rule === "DhiMissingPackageManager")
    .map(({ span, severity, message, suggestion }) => `${span.start.line} ${severity} ${message} -> ${suggestion}`);
}

const says: Readonly<Record<string, readonly [string, RegExp]>> = {
  "a joined RUN fails": [
    `${go}\nRUN umask 022 && curl -V && go version${last}`,
    /^2 error RUN calls `curl`, .* -> run it in a stage of its own, `FROM dhi\.io\/golang:1\.26-debian13-dev`/,
  ],
  "what stands before a semicolon does not decide": [
    `${go}\nRUN curl -V; go version${last}`,
    /^2 warning RUN calls `curl`/,
  ],
  "it does with set -e": [`${go}\nRUN set -eu; curl -V; go version${last}`, /^2 error RUN calls `curl`/],
  "what feeds a pipe does not decide": [`${go}\nRUN set -e; curl -V | cat${last}`, /^2 warning RUN calls `curl`/],
  "the end of a pipe does": [`${go}\nRUN echo x | jq .${last}`, /^2 error RUN calls `jq`/],
  "|| exit is no way out": [`${go}\nRUN curl -V || exit 1${last}`, /^2 error RUN calls `curl`/],
  "the words of a shell script in exec form": [
    `${go}\nRUN ["bash", "-ec", "wget -V"]${last}`,
    /^2 error RUN calls `wget`/,
  ],
  "a quoted name": [`${go}\nRUN "curl" -V${last}`, /^2 error RUN calls `curl`/],
  "an account in a RUN": [
    `${node}\nRUN ["useradd", "app"]\n`,
    /-> take the user that the image has, .*: `USER 1000`, `COPY --chown=1000`$/,
  ],
  "the account of a stage that builds": [`${node}-dev AS build\nRUN useradd app${last}`, /USER 65532`/],
  owners: [`${node}\nRUN ["chown", "node", "/app"]\n`, /-> set owner and mode where files come in/],
  users: [
    `${node}\nENTRYPOINT ["gosu", "node", "node", "server.js"]\n`,
    /ENTRYPOINT starts `gosu`.* -> set the user with `USER`/,
  ],
  "a tool of a development image": [
    `${node}-dev AS build\nRUN curl -V${last}`,
    /-> install it before: `RUN apt-get update && apt-get install -y --no-install-recommends curl`$/,
  ],
  "a tool of another package": [`${node}-dev AS build\nRUN ping -V${last}`, /<its package>`$/],
  "a tool of an Alpine image": [
    `FROM dhi.io/node:22-alpine3.23-dev AS build\nRUN curl -V${last}`,
    /-> install it before: `RUN apk add --no-cache curl`$/,
  ],
  "npm as a start command": [
    `${node}\nCMD ["npm", "start"]\n`,
    /^2 error CMD starts `npm`.* such as `CMD \["node", "server\.js"\]`$/,
  ],
  "npm where another runtime is": [
    'FROM dhi.io/python:3.13-debian13\nCMD ["npm", "start"]\n',
    /or write `DHI-RUNTIME node:22`$/,
  ],
  "pnpm, which DHI-RUNTIME does not bring": [
    'FROM dhi.io/python:3.13-debian13\nCMD ["pnpm", "start"]\n',
    /"server\.js"\]`$/,
  ],
  bundle: [
    'FROM dhi.io/ruby:3.4-debian13\nCMD ["bundle", "exec", "puma"]\n',
    /-> install the gems .* `CMD \["ruby", "app\.rb"\]`$/,
  ],
  pip: [`${node}\nCMD ["pip", "list"]\n`, /start the application with python3 itself$/],
  "a shell": [
    `${node}\nCMD ["sh", "-c", "curl -V"]\n`,
    /^2 error CMD starts `sh`.* -> start the program itself, as `CMD \["program", "argument"\]`$/,
  ],
  "any other tool": [
    `${node}\nCMD ["envsubst"]\n`,
    /CMD starts `envsubst`, which is not in this image \(by the catalogue of \d{4}-\d\d-\d\d\) -> undefined$/,
  ],
  "a tool that DHI-TOOL brings": [`${node}\nCMD ["git", "daemon"]\n`, /-> bring it with `DHI-TOOL git`$/],
  "a health check in a node image": [
    `${node}\nHEALTHCHECK CMD ["curl", "http://localhost"]\n`,
    /^2 warning HEALTHCHECK calls `curl`.*HEALTHCHECK CMD \["node", "-e", .*, or write `DHI-TOOL curl` above it$/,
  ],
  "a health check elsewhere": [
    'FROM dhi.io/aspnetcore:10-debian13\nHEALTHCHECK CMD ["pgrep", "dotnet"]\n',
    /-> let the application check itself$/,
  ],
  "what tini starts, its own flags aside": [
    `${node}\nENTRYPOINT ["tini", "-g", "--", "curl", "-V"]\n`,
    /ENTRYPOINT starts `tini`/,
  ],
  "libraries and programs": [
    `${node}\nRUN apt-get update && apt-get install -y ca-certificates libvips42t64 libfoo-dev curl=8.1\n`,
    /-> write `DHI-NATIVE libvips42t64` and `DHI-TOOL libfoo-dev curl`, or install in a stage `FROM dhi\.io\/node:22-debian13-dev` and copy the result; ca-certificates is in the image already$/,
  ],
  "certificates only": [
    `${node}\nRUN ["apt-get", "install", "ca-certificates"]\n`,
    /-> leave it out: ca-certificates is in the image already$/,
  ],
  "no packages": [
    `${node}\nRUN apt-get update\n`,
    /-> write `DHI-NATIVE` for libraries and `DHI-TOOL` for programs, or/,
  ],
  "packages that are no names": [`${node}\nRUN apt-get install $PACKAGES\n`, /-> write `DHI-NATIVE` for libraries and/],
  "apk on Debian": [
    `${node}-dev AS build\nRUN apk add curl${last}`,
    /-> write `apt-get update && apt-get install -y --no-install-recommends` with Debian's package names$/,
  ],
  "apt on Alpine": [
    `FROM dhi.io/node:22-alpine3.23-dev AS build\nRUN apt install curl; true${last}`,
    /^2 warning .* -> write `apk add --no-cache` with Alpine's package names$/,
  ],
  "apk in a runtime": [
    "FROM dhi.io/node:22-alpine3.23\nRUN apk add --no-cache curl\n",
    /-> write `DHI-TOOL curl`, or install in a stage `FROM dhi\.io\/node:22-alpine3\.23-dev`/,
  ],
  "a package manager after other commands": [
    `${node}-dev AS build\nRUN npm ci\nRUN apk add curl${last}`,
    /^3 error RUN calls `apk`/,
  ],
};

for (const [title, [dockerfile, expected]] of Object.entries(says)) {
  t.test(`says: ${title}`, async (t) => {
    const found = await told(dockerfile);
    t.equal(found.length >= 1, true, "finds something");
    t.match(found[0], expected);
  });
}

const silent: Readonly<Record<string, string>> = {
  "text that a heredoc gives to a program": `${go}\nRUN tee /go/x <<EOF\ncurl -V\nEOF${last}`,
  "two heredocs": `${go}\nRUN <<A cat <<B\ncurl -V\nA\nx\nB${last}`,
  "a text that is no shell's": `${go}\nCMD ["go", "-c", "curl -V"]\n`,
  "words behind two dashes": `${go}\nCMD ["go", "--", "curl", "-V"]\n`,
  "a flag's own word": `${go}\nCOPY tini /usr/bin/\nENTRYPOINT ["tini", "-p", "curl", "go"]\n`,
  "a flag's own word, of an image's tini": 'FROM dhi.io/redis:8.6\nENTRYPOINT ["tini", "-p", "curl", "redis-server"]\n',
  "words for what tini starts": `${go}\nENTRYPOINT ["/usr/bin/tini", "--", "go"]\nCMD ["curl"]\nCOPY tini /usr/bin/tini\n`,
  "words for an entrypoint in shell form": `${go}\nENTRYPOINT go run\nCMD ["curl"]\n`,
  "a start command that a later one replaces": `${node}\nCMD ["curl"]\nCMD ["node", "server.js"]\n`,
  "a start command of a stage that does not start": `${node} AS one\nCMD ["curl"]\n\n${node}\nCMD ["node", "server.js"]\n`,
  "a health check that is switched off": `${node}\nHEALTHCHECK NONE\n`,
  "a program that a mount lends": `${go}\nRUN --mount=from=x,source=/bin/curl,target=/bin/curl curl -V${last}`,
  "a package manager that a mount lends": `${go}\nRUN --mount=type=bind,from=x,source=/sbin/apk,target=/sbin/apk apk --version${last}`,
  "a whole system that is copied": `${go}\nCOPY --from=debian:trixie / /\nRUN apt-get update\nRUN apt-get install curl${last}`,
  "one that a stage before has copied": `${go} AS one\nCOPY --from=alpine /sbin/apk /sbin/apk\nRUN cp /sbin/apk /x\n\nFROM one\nRUN apk add curl${last}`,
  "tests and fallbacks": `${go}\nRUN test -e /x && curl -V\nRUN [ -e /x ] && curl -V\nRUN while curl -V; do sleep 1; done\nRUN curl -V || echo none\nRUN type curl && curl -V${last}`,
  "a comment in a script": `${go}\nRUN <<EOF\ngo version # and; curl -V\nEOF${last}`,
  "what stands in quotes": `${go}\nRUN echo "a; curl -V" 'b && wget'${last}`,
  "a substitution": `${go}\nRUN echo $(curl -V)${last}`,
  "after a command that may install": `${go}\nRUN go install example.com/curl@latest && curl -V${last}`,
  "a variable": `${go}\nRUN $CURL && \${WGET:-wget}${last}`,
};

for (const [title, dockerfile] of Object.entries(silent)) {
  t.test(`silent: ${title}`, async (t) => t.strictSame(await told(dockerfile), []));
}
