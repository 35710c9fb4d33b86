# Mirrored into an organisation's own namespace; several targets of one file.
ARG NODE=22
FROM acme/dhi-node:${NODE}-debian13-dev AS base
WORKDIR /app
COPY package*.json ./

FROM base AS build
RUN npm ci && npm run build

FROM base AS test
COPY --from=build /app /app
RUN npm test

FROM acme/dhi-node:${NODE}-debian13 AS final
COPY --from=build --chown=1000:1000 /app /app
ENTRYPOINT ["node"]
CMD ["dist/main.js"]
