import { envAssignments } from "../../parse/assignments.ts";
import { wordsFrom } from "../../parse/words.ts";
import type { Rule } from "../rule.ts";
import type { FileView, Step } from "../stage-view.ts";
import { finalState } from "../start.ts";

/** Ports that only root may open, on some runtimes. */
export const privilegedPort: Rule = {
  name: "DhiPrivilegedPort",
  severity: "info",
  summary: "a port below 1024, and a user who is not root",
  docs: `Hardened runtime images do not run as root, and only root may open ports below 1024 in Kubernetes and in Docker Engine before 20.10. Newer engines let everybody, so this is
a hint only.

Take a higher port (hardened nginx, httpd and ASP.NET Core listen on 8080), and map it where the container is started: \`docker run -p 80:8080\`.

EXPOSE is looked at, and the variables \`PORT\`, \`SERVER_PORT\`, \`ASPNETCORE_URLS\`, \`ASPNETCORE_HTTP_PORTS\`, \`ASPNETCORE_HTTPS_PORTS\`, \`DOTNET_URLS\` and \`URLS\`.`,
  looksAt: "hardened",
  bad: [
    {
      title: "EXPOSE, and what the application reads",
      dockerfile:
        'FROM dhi.io/aspnetcore:10-debian13\nENV DOTNET_gcServer=1 ASPNETCORE_URLS=http://+:80\nENV ASPNETCORE_HTTPS_PORTS="8443;443"\nEXPOSE 8080 80/tcp\nEXPOSE 443-445\nCOPY out /app\nENTRYPOINT ["dotnet", "/app/web.dll"]\n',
      lines: [2, 3, 4, 5],
    },
  ],
  good: [
    {
      title: "Higher ports",
      dockerfile:
        'FROM dhi.io/node:22-debian13\nARG LATER\nENV PORT=8080 ASPNETCORE_URLS=http://+:8080\nEXPOSE 8080 9000-9010/udp $LATER\nCMD ["node", "server.js"]\n',
    },
    {
      title: "A value that does not last, a stage that does not run, and another user",
      dockerfile:
        'FROM dhi.io/node:22-debian13 AS one\nEXPOSE 80\nENV PORT=80\n\nFROM dhi.io/node:22-debian13 AS two\nENV PORT=80\nENV PORT=3000\nCMD ["node", "server.js"]\n',
    },
    { title: "Root", dockerfile: "FROM dhi.io/tailscale:1\nEXPOSE 80\n" },
  ],
  *check(stage, file) {
    const end = stage.runs ? finalState(file) : undefined;
    if (end?.user?.root !== false) return;
    for (const step of stage.steps) {
      const what = step.keyword === "EXPOSE" ? exposed(step, file) : variable(step, file);
      if (what === undefined) continue;
      yield {
        span: step.span,
        message: `${what} is below 1024, and \`${end.user.text}\` is not root`,
        suggestion: "take a port such as 8080, and map it when the container is started",
      };
    }
  },
};

function exposed(step: Step, { parsed }: FileView): string | undefined {
  const ports = wordsFrom(step.command.rest, 0, parsed.escape).map((word) => step.value(word));
  const port = ports.find((value) => isLow(/^(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(value ?? "")?.[1]));
  return port === undefined ? undefined : `port ${port}`;
}

const names = /^(?:(?:ASPNETCORE|DOTNET)_(?:URLS|HTTPS?_PORTS)|URLS|PORT|SERVER_PORT)$/;

/** A variable that a line sets, is in force at the end, and names a low port. */
function variable(step: Step, file: FileView): string | undefined {
  for (const { name, value } of envAssignments(step.instruction.text, file.parsed.escape) ?? []) {
    const known = names.test(name) ? step.value(value) : undefined;
    if (known === undefined || finalState(file)?.variable(name) !== known) continue;
    const port = portsIn(name, known).find(isLow);
    if (port !== undefined) return `port ${port} of ${name}`;
  }
  return undefined;
}

function portsIn(name: string, value: string): string[] {
  const pattern = name.endsWith("URLS") ? /:(\d+)(?=[/;]|$)/g : /(?:^|;)(\d+)(?=;|$)/g;
  return [...value.matchAll(pattern)].flatMap(([, port]) => port ?? []);
}

function isLow(port: string | undefined): boolean {
  return port !== undefined && Number(port) > 0 && Number(port) < 1024;
}
