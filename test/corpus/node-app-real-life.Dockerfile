# A service with its own build stage
ARG BASE=debian:trixie-slim
FROM ${BASE} AS deps
WORKDIR /app
COPY <<EOF package.json
{ "name": "app", "private": true }
EOF
RUN --mount=type=cache,target=/root/.npm test -s package.json

FROM deps AS build
RUN mkdir dist && echo 'console.log("hi")' > dist/index.js

FROM ${BASE} AS runtime
ENV NODE_ENV=production
WORKDIR /app
COPY --from=deps --chown=65532:65532 /app/package.json ./
COPY --from=build --chown=65532:65532 /app/dist ./dist
USER 65532
EXPOSE 3000
ENTRYPOINT ["node"]
CMD ["dist/index.js"]
