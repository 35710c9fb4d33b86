# What stands in for node:<major>-trixie-slim: Debian 13 with node and its tools below /usr/local, run by root.
ARG MAJOR=24
FROM dhi.io/node:${MAJOR}-debian13-dev AS node

FROM debian:trixie-slim
COPY --from=node /usr/bin/node /usr/local/bin/node
COPY --from=node /usr/lib/nodejs/ /usr/local/lib/node_modules/
RUN cd /usr/local/bin && \
    ln -s ../lib/node_modules/npm/bin/npm-cli.js npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js npx && \
    ln -s ../lib/node_modules/yarn/bin/yarn.js yarn && ln -s ../lib/node_modules/corepack/dist/corepack.js corepack
CMD ["node"]
