import { cannedConnection } from "./gateway/canned.ts";
import { connect } from "./gateway/client.ts";
import { scratchFiles } from "./gateway/llb.ts";
import type { Result } from "./gateway/messages.ts";
import { serve } from "./serve.ts";

const utf8 = new TextEncoder();

const dockerfile = `# syntax=dhi-frontend:1
ARG VERSION=22
FROM dhi.io/node:\${VERSION}-debian13-dev AS build
WORKDIR /app
COPY package*.json ./
RUN --mount=type=cache,target=/root/.npm npm ci && \\
    npm run build
FROM dhi.io/node:\${VERSION}-debian13 AS final
DHI-NATIVE libgdiplus
COPY --from=build /app /app
CMD ["node", "/app/main.js"]
`;

/** Goes the way of an ordinary build, with a builder that has the same answer for everybody. */
async function build(file: string): Promise<void> {
  let result: Result = { ref: { id: "1" }, metadata: {}, attestations: {} };
  const gateway = connect(
    cannedConnection({
      inputs: () => ({ definitions: {} }),
      readFile: () => ({ data: utf8.encode(file) }),
      resolveImageConfig: ({ ref }) => ({
        ref,
        digest: "",
        config: utf8.encode('{"architecture":"amd64","os":"linux"}'),
      }),
      solve({ frontendInputs }) {
        const definition =
          frontendInputs?.dockerfile ?? scratchFiles([{ path: "Dockerfile", data: utf8.encode(file) }]);
        const [digest = ""] = Object.keys(definition.metadata);
        const range = { start: { line: 1 }, end: { line: 1 } };
        definition.source = {
          infos: [{ filename: "Dockerfile", data: utf8.encode(file), language: "Dockerfile" }],
          locations: { [digest]: { locations: [{ sourceIndex: 0, ranges: [range] }] } },
        };
        result = { ...result, ref: { id: "1", def: definition } };
        return { result };
      },
    }),
  );
  await serve(gateway, {
    BUILDKIT_FRONTEND_OPT_0: "filename=Dockerfile",
    BUILDKIT_SESSION_ID: "session",
    BUILDKIT_WORKERS: '[{"ID":"worker","Platforms":[{"OS":"linux","Architecture":"amd64"}]}]',
  });
}

/** Runs what builds run, so that V8 has compiled it and its cached code holds it. */
export async function warmUp(): Promise<void> {
  await build(dockerfile);
  await build(dockerfile.replace(/^DHI-.*\n/m, ""));
}
