# A workspace with pnpm by corepack; only what the service needs is copied.
# check=error=true
ARG NODE_VERSION=24
FROM dhi.io/node:${NODE_VERSION}-debian13-dev AS base
ENV PNPM_HOME=/pnpm PATH="/pnpm:$PATH"
RUN corepack enable
WORKDIR /repo

FROM base AS build
COPY . .
RUN --mount=type=cache,id=pnpm,target=/pnpm/store pnpm install --frozen-lockfile
RUN pnpm --filter=api build && pnpm deploy --filter=api --prod /out

FROM dhi.io/node:${NODE_VERSION}-debian13 AS api
ENV NODE_ENV=production
WORKDIR /srv
COPY --from=build --chown=1000:1000 /out .
USER node
EXPOSE 3000/tcp
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["dist/index.js"]
