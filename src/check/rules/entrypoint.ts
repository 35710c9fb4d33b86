import { envAssignments } from "../../parse/assignments.ts";
import { commandText } from "../command-text.ts";
import { isWrapper, nameOf } from "../invocations.ts";
import { originOf } from "../programs.ts";
import type { Problem, Rule } from "../rule.ts";
import { plainWords } from "../shell-words.ts";
import type { FileView, StageView, Step } from "../stage-view.ts";
import { entrypointOf } from "../start.ts";

/** Lines that count on the entrypoint of an official image. */
export const entrypoint: Rule = {
  name: "DhiEntrypoint",
  severity: "error",
  summary: "a line that counts on the official image's entrypoint",
  docs: `Many official images start with a script that looks at the words of CMD and at the environment. Hardened images of the same name mostly start the program itself: nginx, php,
php-fpm, maven, gradle, mongodb, memcached, haproxy, caddy and others have it as their ENTRYPOINT. So

- \`CMD ["nginx", "-g", "daemon off;"]\` becomes \`nginx nginx -g ...\`, and fails. Write the arguments only, or set ENTRYPOINT yourself. \`check --fix\` leaves the first word out.
- \`docker-entrypoint.sh\`, \`docker-php-entrypoint\` and \`mvn-entrypoint.sh\` are not there.
- files in \`/docker-entrypoint.d\` and \`/etc/nginx/templates\` of nginx, those in \`/docker-entrypoint-initdb.d\` of mongodb, and \`MONGO_INITDB_...\` are read by nobody (a warning).

postgres, mysql, mariadb, kafka and the \`-compat\` forms of redis have such a script, and are left alone.`,
  looksAt: "hardened",
  bad: [
    {
      title: "The program twice",
      dockerfile: 'FROM dhi.io/nginx:1.30\nCOPY site /usr/share/nginx/html\nCMD ["nginx", "-g", "daemon off;"]\n',
      lines: [3],
      fixed: 'FROM dhi.io/nginx:1.30\nCOPY site /usr/share/nginx/html\nCMD ["-g", "daemon off;"]\n',
    },
    {
      title: "The program twice, in shell form, and by its path",
      dockerfile:
        "FROM dhi.io/php:8.4-debian13 AS base\nCOPY app.php /app/\nCMD php /app/app.php\n\nFROM base\nWORKDIR /app\n",
      lines: [3],
      fixed:
        'FROM dhi.io/php:8.4-debian13 AS base\nCOPY app.php /app/\nCMD ["/app/app.php"]\n\nFROM base\nWORKDIR /app\n',
    },
    {
      title: "The official image's script",
      dockerfile: 'FROM dhi.io/redis:8.6\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["redis-server"]\n',
      lines: [2],
    },
    {
      title: "Files that the script would read",
      dockerfile:
        "FROM dhi.io/nginx:1.30\nCOPY default.conf.template /etc/nginx/templates/\nADD --chmod=0755 10-setup.sh /docker-entrypoint.d/\nENV NGINX_ENVSUBST_FILTER=APP_\n",
      lines: [2, 3, 4],
    },
    {
      title: "What initialises a database",
      dockerfile:
        "FROM dhi.io/mongodb:8.0\nENV A=b MONGO_INITDB_DATABASE=app\nCOPY init.js /docker-entrypoint-initdb.d/init.js\n",
      lines: [2, 3],
    },
  ],
  good: [
    {
      title: "Arguments only, or an ENTRYPOINT of one's own",
      dockerfile:
        'FROM dhi.io/nginx:1.30 AS one\nCMD ["-g", "daemon off;"]\n\nFROM dhi.io/maven:3.9-jdk21-debian13-dev AS build\nENTRYPOINT []\nCMD ["mvn", "package"]\n\nFROM dhi.io/nginx:1.30\nCOPY 10-setup.conf /etc/nginx/conf.d/\nENTRYPOINT ["nginx"]\nCMD ["-g", "daemon off;"]\n',
    },
    {
      title: "Images that have a script, and an init program",
      dockerfile:
        'FROM dhi.io/postgres:17-debian13 AS one\nCOPY init.sql /docker-entrypoint-initdb.d/\nCMD ["postgres", "-c", "shared_buffers=256MB"]\n\nFROM dhi.io/redis:8.6-compat AS two\nENTRYPOINT ["docker-entrypoint.sh"]\n\nFROM dhi.io/redis:8.6\nCMD ["redis-server", "/etc/redis/redis.conf"]\n',
    },
    {
      title: "A script of one's own by that name",
      dockerfile:
        'FROM dhi.io/httpd:2.4\nCOPY docker-entrypoint.sh /usr/local/bin/\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["httpd-foreground"]\n',
    },
    {
      title: "A start command that a later one replaces",
      dockerfile: 'FROM dhi.io/nginx:1.30\nCMD ["nginx"]\nCMD ["-g", "daemon off;"]\n',
    },
  ],
  *check(stage, file) {
    if (!stage.runs) return;
    const own = entrypointOf(file);
    const words = own.step ? undefined : own.words;
    for (const step of stage.steps) {
      if (step.keyword === "CMD" && step.counts && words) yield* repeated(step, words, stage, file);
      if (step.keyword === "CMD" || step.keyword === "ENTRYPOINT") yield* officialScript(step, stage, file);
      if (words && words.length > 0) yield* unread(step, words, stage, file);
    }
  },
};

/** A CMD that begins with the program that the image's entrypoint starts already. */
function* repeated(step: Step, words: readonly string[], { base }: StageView, file: FileView): Iterable<Problem> {
  const command = commandText(step);
  const [program] = words;
  if (!base || !command || program === undefined || isWrapper(program)) return;
  const given = command.exec ?? plainWords(command.text);
  const [first, ...rest] = given ?? [];
  if (first === undefined || nameOf(first) !== nameOf(program)) return;
  const place = step.part(command.start, command.end);
  const text = `[${rest.map((word) => JSON.stringify(word)).join(", ")}]`;
  yield {
    span: step.span,
    message: `CMD names \`${first}\`, which the image's ENTRYPOINT starts already (by ${originOf(base, "entrypoint", file.catalogDate)}): it would get its own name as an argument`,
    suggestion: `write \`CMD ${text}\`, or set ENTRYPOINT`,
    ...(place.start.line === place.end.line ? { fix: [{ span: place, text }] } : {}),
  };
}

const officialScripts = /^(?:docker-entrypoint(?:\.sh)?|docker-php-entrypoint|mvn-entrypoint\.sh)$/;

/** Repositories whose definitions have none of these scripts, but for forms whose ENTRYPOINT names it. */
const withoutScript: ReadonlySet<string> = new Set(
  "caddy eclipse-temurin gradle haproxy httpd maven memcached mongodb nginx node php python rabbitmq redis ruby traefik".split(
    " ",
  ),
);

function* officialScript(step: Step, stage: StageView, file: FileView): Iterable<Problem> {
  const { base } = stage;
  const script = commandText(step)?.exec?.find((word) => officialScripts.test(nameOf(word)));
  if (!step.counts || !base || base.unlisted || script === undefined || !withoutScript.has(base.repository ?? ""))
    return;
  const name = nameOf(script);
  if (base.entrypoint === undefined || base.entrypoint.some((word) => nameOf(word) === name) || mayBring(name, file))
    return;
  yield {
    span: step.span,
    message: `${step.keyword} names the official image's \`${script}\`, which this image does not have`,
    suggestion: "start the program itself",
  };
}

/** True when a line of the stages that run may bring the script: it names it, copies to a folder of programs, or builds. */
function mayBring(name: string, { stages }: FileView): boolean {
  return stages
    .filter(({ runs }) => runs)
    .some(({ steps }) =>
      steps.some(({ keyword, command, call }) => {
        if (keyword === "RUN" || keyword === "ONBUILD" || call?.word === "DHI-RUN") return true;
        if (keyword !== "COPY" && keyword !== "ADD") return false;
        return (
          command.rest.includes(name) ||
          /(?:\s|")(?:\.?|\/|\.\/|\/usr\/?|\/usr\/local\/?|\S*bin\/?|\S*\$\S*)"?\s*\]?$/.test(command.rest)
        );
      }),
    );
}

interface Reader {
  /** The program that the image starts in the place of the script. */
  readonly starts: string;
  readonly folders: readonly string[];
  readonly variables: RegExp;
  readonly advice: string;
}

/** What the official image's script reads, and the hardened image does not. */
const readers: Readonly<Record<string, Reader>> = {
  nginx: {
    starts: "nginx",
    folders: ["/docker-entrypoint.d", "/etc/nginx/templates"],
    variables: /^NGINX_ENVSUBST_/,
    advice: "write the configuration into `/etc/nginx/conf.d` in the build; there is no envsubst here",
  },
  mongodb: {
    starts: "mongod",
    folders: ["/docker-entrypoint-initdb.d"],
    variables: /^MONGO_INITDB_/,
    advice: "initialise the database from outside, when it runs",
  },
};

function* unread(
  step: Step,
  [program = ""]: readonly string[],
  { base }: StageView,
  file: FileView,
): Iterable<Problem> {
  const repository = base?.repository ?? "";
  const reader = Object.hasOwn(readers, repository) ? readers[repository] : undefined;
  if (!base || !reader || nameOf(program) !== reader.starts) return;
  const found = step.keyword === "ENV" ? variableIn(step, reader, file) : folderIn(step, reader);
  if (found === undefined) return;
  yield {
    span: step.span,
    severity: "warning",
    message: `\`${found}\` is for the official image's entrypoint, and this image starts \`${program}\` itself (by ${originOf(base, "entrypoint", file.catalogDate)})`,
    suggestion: reader.advice,
  };
}

function variableIn({ instruction }: Step, { variables }: Reader, { parsed }: FileView): string | undefined {
  return envAssignments(instruction.text, parsed.escape)?.find(({ name }) => variables.test(name))?.name;
}

function folderIn({ keyword, command }: Step, { folders }: Reader): string | undefined {
  if (keyword !== "COPY" && keyword !== "ADD") return undefined;
  const [, destination = ""] = /(?:\s|")([^\s"]+)"?\s*\]?$/.exec(command.rest) ?? [];
  return folders.find((folder) => destination === folder || destination.startsWith(`${folder}/`));
}
