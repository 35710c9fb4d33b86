# Several targets: the last one is what is delivered.
FROM dhi.io/node:22-debian13-dev AS base
WORKDIR /app
COPY package*.json ./
RUN npm ci

FROM base AS test
COPY . .
RUN npm test

FROM base AS build
COPY . .
RUN npm run build && npm prune --omit=dev

FROM dhi.io/node:22-debian13 AS runtime
WORKDIR /app
COPY --from=build --chown=node /app /app

FROM runtime AS worker
CMD ["node", "dist/worker.js"]

FROM runtime AS web
EXPOSE 3000
CMD ["node", "dist/web.js"]
