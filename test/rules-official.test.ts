import t from "tap";
import { toldOf } from "./check-text.ts";

// What the rules about users, folders, variables, entrypoints and paths say, and where they keep silent.

const node = "FROM dhi.io/node:22-debian13";
const python = "FROM dhi.io/python:3.13-debian13";
const go = "FROM dhi.io/golang:1.26-debian13";
const temurin = "FROM dhi.io/eclipse-temurin:21-debian13";
const end = "\n\nFROM dhi.io/static:20250419\n";

const says: Readonly<Record<string, readonly (readonly [string, RegExp])[]>> = {
  DhiRootUser: [
    [
      `${node}\nUSER root\n`,
      /^2 warning: the container runs as root, and the image's own user is `node` \(by the catalogue of [\d-]+\); end the stage with `USER node`, or leave USER out$/,
    ],
  ],
  DhiPrivilegedPort: [
    [`${node}\nEXPOSE 80\n`, /^2 info: port 80 is below 1024, and `node` is not root; take a port such as 8080/],
    [`${node}\nENV URLS=http://*:443/\n`, /^2 info: port 443 of URLS/],
    [`${node}\nENV ASPNETCORE_URLS=https://+:8443;http://+:80\n`, /^2 info: port 80 of ASPNETCORE_URLS/],
  ],
  DhiUnsetVariable: [
    [
      "FROM dhi.io/aspnetcore:10-debian13\nUSER $APP_UID\n",
      /^2 warning: `\$APP_UID` is set by Microsoft's .NET images, and not by hardened ones: here it is nothing, and the container runs as root; write `nonroot`, or leave it out$/,
    ],
    ["FROM dhi.io/dotnet:10-sdk-debian13 AS build\nUSER $APP_UID:0\n", /here it is nothing; write `65532`/],
    ["FROM dhi.io/aspnetcore:10-debian13\nCOPY --chown=$APP_UID a /b\n", /here it is nothing; write `nonroot`/],
    [`${node}\nENV A=$YARN_VERSION\n`, /set by the official node image.*; write the value itself$/],
  ],
  DhiShellScript: [
    [
      `${node}\nCMD ["./start.bash"]\n`,
      /^2 warning: CMD starts the script `start.bash`, and this image has no shell to run it \(by the catalogue of [\d-]+\); start the application itself/,
    ],
  ],
  DhiEntrypoint: [
    [
      'FROM dhi.io/nginx:1.30\nCMD ["nginx"]\n',
      /^2 error: CMD names `nginx`, which the image's ENTRYPOINT starts already \(by the catalogue of [\d-]+\).*; write `CMD \[\]`, or set ENTRYPOINT$/,
    ],
    ['FROM dhi.io/nginx:1.30\nCMD ["nginx", \\\n "-t"]\n', /write `CMD \["-t"\]`/],
    ['FROM dhi.io/haproxy:3.2\nCMD ["haproxy", "-f", "x"]\n', /^2 error: CMD names `haproxy`/],
    [
      `${python}\nCMD ["/docker-entrypoint.sh", "x"]\n`,
      /^2 error: CMD names the official image's `\/docker-entrypoint.sh`/,
    ],
    [
      'FROM dhi.io/nginx:1.30\nADD ["a", "/docker-entrypoint.d/b"]\n',
      /^2 warning: `\/docker-entrypoint.d` is for the official image's entrypoint, and this image starts `nginx` itself .*; write the configuration/,
    ],
    [
      "FROM dhi.io/mongodb:8.0\nENV MONGO_INITDB_ROOT_USERNAME=x\n",
      /^2 warning: `MONGO_INITDB_ROOT_USERNAME`.*; initialise the database from outside/,
    ],
  ],
  DhiMovedPath: [
    [
      `${node}\nCMD ["/usr/local/bin/node"]\n`,
      /^2 error: `\/usr\/local\/bin\/node` is the official image's path, and this image has `node` elsewhere \(by the catalogue of [\d-]+\); write `node`$/,
    ],
    [`${node}\nHEALTHCHECK CMD ["/usr/local/bin/node"]\n`, /^2 warning/],
    [
      `${temurin}\nENV JAVA_HOME=/opt/java/openjdk/\n`,
      /^2 warning: `JAVA_HOME=\/opt\/java\/openjdk` is the official image's folder, and not this one's.*; leave JAVA_HOME out$/,
    ],
    ['FROM dhi.io/dotnet:10-debian13\nCMD ["/usr/share/dotnet/dotnet"]\n', /^2 error/],
  ],
  DhiForeignVenv: [
    [
      `FROM python:3.13 AS b\nRUN virtualenv -q /e\n\n${python}\nCOPY --from=b /e /e\n`,
      /^5 warning: the environment `\/e` was made by `python:3.13`, whose interpreter is in \/usr\/local\/bin.*; make it in a stage on `dhi.io\/python:3.13-debian13-dev`$/,
    ],
    [`FROM python:3.13 AS b\nRUN uv venv /e\n\n${python}\nCOPY --from=b /e/lib /e/lib\n`, /^5 warning/],
    [`FROM python:3.13 AS b\nRUN <<EOF\npython3 -m venv /e\nEOF\n\n${python}\nCOPY --from=b /e /e\n`, /^7 warning/],
    [
      `FROM python:3.13 AS b\n\n${python}\nCOPY --from=b /usr/local/lib/python3.13/site-packages/ /usr/local/lib/python3.13/site-packages/\n`,
      /^4 warning: the packages of `python:3.13` are not where/,
    ],
  ],
  DhiUnknownUser: [
    [
      `${python}\nUSER app\n`,
      /^2 error: this image has no user `app` \(by the catalogue of [\d-]+\); write `USER nonroot`, or a number$/,
    ],
    [`${node}\nCOPY --chown=node:app a /b\n`, /^2 error: this image has no group `app` .*; write `--chown=node`/],
    [`${node}-dev AS build\nUSER app${end}`, /^2 warning: this image has no user `app`/],
    [`${node}-dev AS build\nRUN npm ci\nUSER app${end}`, /^3 warning/],
    ["FROM dhi.io/python:3.13-alpine3.23\nUSER app\n", /^2 error/],
  ],
  DhiUnwritableFolder: [
    [`${node}\nWORKDIR /app\nWORKDIR /app\n`, /^3 info/],
    [
      `${python}\nVOLUME /data\n`,
      /^2 warning: the volume `\/data` will belong to root, and `nonroot` can't write there; let WORKDIR make it for the user in force: `WORKDIR \/data` above the VOLUME/,
    ],
    [
      `${node}\nWORKDIR /app\n`,
      /^2 info: the working directory `\/app` belongs to root, and `node` can't write there; leave it so if/,
    ],
    ["FROM scratch\nUSER 1000\nVOLUME /data\n", /^3 warning/],
    [`${python}\nVOLUME ["/a", "/b/"]\nWORKDIR /a\n`, /^2 warning: the volume `\/b`/],
    [`${python}\nCOPY --link a /data/a\nVOLUME /data\n`, /^3 warning/],
    [`${python}\nCOPY a /data/a\nWORKDIR /data/w\nVOLUME /data\n`, /^4 warning/],
  ],
};

for (const [rule, cases] of Object.entries(says)) {
  t.test(`${rule} says`, async (t) => {
    for (const [dockerfile, expected] of cases) {
      const [first = "", ...more] = await toldOf(dockerfile, rule);
      t.match(first, expected, dockerfile);
      t.strictSame(more, []);
    }
  });
}

const silent: Readonly<Record<string, readonly string[]>> = {
  DhiRootUser: [
    `${node} AS one\nUSER root\n\n${node}\n`,
    `${node}-dev\nUSER root\n`,
    "FROM node:22\nUSER root\n",
    "ARG BASE\nFROM $BASE\nUSER root\n",
    "FROM dhi.io/node:99\nUSER root\n",
  ],
  DhiPrivilegedPort: [
    `${node}\nUSER root\nEXPOSE 80\n`,
    `${node}\nEXPOSE 0 1024 8080-8090\nENV PORT=0 XPORT=80 URLS=http://x:8080 ASPNETCORE_URLS=http://80.example\n`,
    `${node}\nENV PORT=80\n\n${node}\nENV PORT=3000\n`,
  ],
  DhiUnsetVariable: [
    `${node}\nCMD ["echo", "$APP_UID"]\nLABEL a=$APP_UID\n`,
    `${node}\nENV A=\${APP_UID:-1} B=\${APP_UID-x} C=\\$APP_UID\n`,
    `${node}\nENV A=$OWN_THING\n`,
    "FROM dhi.io/php:8.4-debian13\nWORKDIR $PHP_INI_DIR\n",
  ],
  DhiShellScript: [
    `${node} AS one\nCMD ["/a.sh"]\n\n${node}\nCMD ["/b.sh"]\nCMD ["node"]\n`,
    `${node}\nRUN ["/a.sh"]\n`,
    `${go}\nCMD ["/a.sh"]\n`,
    `${node}\nCMD ["node", "a.sh"]\n`,
  ],
  DhiEntrypoint: [
    `FROM dhi.io/nginx:1.30 AS one\nCMD ["nginx"]\n\n${node}\n`,
    "FROM dhi.io/nginx:1.30 AS one\nCOPY a /docker-entrypoint.d/\n\nFROM dhi.io/nginx:1.30\n",
    "FROM dhi.io/nginx:1.30\nCOPY a /etc/nginx/templatesx/b\nENV NGINX_PORT=1\nLABEL a=/docker-entrypoint.d\n",
    'FROM dhi.io/nginx:1.30\nENTRYPOINT ["/own", "nginx"]\nCMD ["nginx"]\nCOPY a /docker-entrypoint.d/\n',
    "FROM dhi.io/nginx:1.30\nCMD nginx -g 'daemon off;' && true\n",
    'FROM dhi.io/redis:8.6\nCMD ["tini"]\n',
    "FROM dhi.io/nginx:1.30-dev\nCOPY a /docker-entrypoint.d/\n",
    'FROM dhi.io/postgres:17-debian13\nENTRYPOINT ["docker-entrypoint.sh"]\nENV MONGO_INITDB_DATABASE=x\n',
    'FROM dhi.io/etcd:3.6\nENTRYPOINT ["docker-entrypoint.sh"]\n',
    `${go}-dev\nRUN make install\nENTRYPOINT ["docker-entrypoint.sh"]\n`,
    'FROM dhi.io/httpd:2.4\nRUN mv /a /usr/local/bin/b\nENTRYPOINT ["docker-entrypoint.sh"]\n',
    '# syntax=dhi-frontend:1\nFROM dhi.io/redis:8.6\nDHI-RUN cp /a /usr/local/bin/b\nENTRYPOINT ["docker-entrypoint.sh"]\n',
    'FROM dhi.io/redis:8.6\nCOPY tools /usr/local/bin/\nENTRYPOINT ["docker-entrypoint.sh"]\n',
    'FROM dhi.io/redis:8.6\nENTRYPOINT ["docker-entrypoint.sh"]\nENTRYPOINT ["redis-server"]\n',
    'FROM dhi.io/redis:99\nENTRYPOINT ["docker-entrypoint.sh"]\n',
  ],
  DhiMovedPath: [
    `${node} AS one\nCMD ["/usr/local/bin/node"]\n\n${node}\nCMD ["/usr/local/bin/node"]\nCMD ["node"]\n`,
    `# syntax=dhi-frontend:1\n${python}\nDHI-RUNTIME node:22\nCMD ["/usr/local/bin/python3"]\n`,
    `# syntax=dhi-frontend:1\n${node} AS one\nDHI-RUN ln -s /usr/bin/node /usr/local/bin/node\n\nFROM one\nCMD ["/usr/local/bin/node"]\n`,
    `${node}-dev AS one\nRUN ln -s /usr/bin/node /usr/local/bin/node\nRUN /usr/local/bin/node -v${end}`,
    `${temurin}\nCOPY --from=jre /opt/java/openjdk /opt/java/openjdk\nENV JAVA_HOME=/opt/java/openjdk\n`,
    `${temurin}\nCOPY --from=jre /opt/java/openjdk/lib /opt/java/openjdk/lib\nENV JAVA_HOME=/opt/java/openjdk\n`,
    `${temurin}\nENV JAVA_HOME=/opt/java/openjdk/21-jre\n`,
    `${python}\nCMD ["/usr/share/dotnet/dotnet"]\nENV DOTNET_ROOT=/usr/share/dotnet\n`,
    `${node}\nCMD ["node", "/usr/local/bin/node"]\n`,
  ],
  DhiForeignVenv: [
    `FROM python:3.13 AS b\nRUN python -m venv /e\n\n${node}\nCOPY --from=b /e /e\n`,
    `FROM python:3.13 AS b\nRUN uv python install && uv venv /e\n\n${python}\nCOPY --from=b /e /e\n`,
    `FROM quay.io/library/python:3.13 AS b\nRUN python -m venv /e\n\n${python}\nCOPY --from=b /e /e\n`,
    `FROM node:22 AS b\nRUN python -m venv /e\n\n${python}\nCOPY --from=b /e /e\n`,
    `FROM python:3.13 AS b\nENV X="python -m venv /e"\n\n${python}\nCOPY --from=b /e /e\nCOPY --from=b /usr/local/lib/python3.13/site-packages /opt/site\nCOPY venv /venv\n`,
  ],
  DhiUnknownUser: [
    `${python}\nARG U\nUSER $U\nCOPY --chown=$U a /b\nCOPY a /app\n`,
    `${python}\nCOPY passwd /etc/\nUSER app\n`,
    `${python}\nCOPY --from=x /etc/group /etc/group\nUSER app\n`,
    `${python}\nCOPY rootfs .\nUSER app\n`,
    `${python}\nARG D\nCOPY a $D\nUSER app\n`,
    `# syntax=dhi-frontend:1\n${python}\nDHI-TOOL postfix\nUSER postfix\n`,
    `# syntax=dhi-frontend:1\n${python}\nDHI-RUN adduser -D app\nUSER app\n`,
    `${node}-dev AS b\nRUN ./setup.sh\nUSER app\n\nFROM b\nUSER app\n`,
    `${python} AS b\nONBUILD RUN x\nUSER app\n`,
    `${node}-dev AS b\nUSER _apt${end}`,
    "FROM dhi.io/tailscale:1\nUSER app\n",
    "FROM dhi.io/chartmuseum:0\nUSER chartmuseum\n",
    "FROM dhi.io/argocd:3.4\nUSER app\n",
    `${python}\nUSER nobody:nogroup\nUSER :nonroot\n`,
    `${python}@sha256:${"0".repeat(64)}\nUSER app\n`,
  ],
  DhiUnwritableFolder: [
    `${python}\nUSER root\nVOLUME /data\n`,
    `${python}\nWORKDIR /app\nVOLUME /app\n`,
    `${python}\nCOPY --from=x /data /data\nCOPY a /data/a\nVOLUME /data\n`,
    `${python}\nVOLUME /tmp/x /home/nonroot/.cache /run\n`,
    `${go}\nVOLUME /anything\n`,
    "FROM dhi.io/php:8.4-debian13-fpm\nVOLUME /var/www/html /var/www\n",
    "FROM dhi.io/postgres:17-debian13\nVOLUME /var/lib/postgres-x\n",
    `${python}\nCOPY a /data/\nADD b /state/\nVOLUME /state\n`,
    `${python}\nCOPY --chown=nonroot a /data/\nVOLUME /data\n`,
    `${python}\nCOPY a /\nVOLUME /data\n`,
    `${python}\nARG D\nCOPY a $D\nVOLUME /data\n`,
    `${python}\nARG D\nWORKDIR $D\nVOLUME /data\n`,
    `${python}\nRUN ["python3", "-c", "x"]\nVOLUME /data\n`,
    `# syntax=dhi-frontend:1\n${python}\nDHI-TOOL curl\nVOLUME /data\n`,
    `${python} AS one\nVOLUME /data\n\n${node}\n`,
    `${node}\nWORKDIR /app\nWORKDIR /srv\n`,
    `${node}\nWORKDIR /app/sub\n`,
    `${node}-dev\nWORKDIR /app\nUSER node\n`,
    `${python}\nUSER root\nCOPY a /srv/a\nWORKDIR /srv\nUSER nonroot\n`,
    `${python}\nUSER root\nWORKDIR /\nUSER nonroot\n`,
    `${python}\nWORKDIR /data\nWORKDIR sub\nVOLUME /data /data/sub\n`,
    `${python}\nARG U\nUSER $U\nWORKDIR /data\nUSER nonroot\nVOLUME /data\n`,
  ],
};

for (const [rule, files] of Object.entries(silent)) {
  t.test(`${rule} keeps silent`, async (t) => {
    for (const dockerfile of files) t.strictSame(await toldOf(dockerfile, rule), [], dockerfile);
  });
}
