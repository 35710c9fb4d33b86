# syntax=dhi-frontend:1
# A runtime in /usr/local, without a record, as official images have it.
FROM dhi.io/node:22-debian13-dev AS donor
RUN mkdir -p /usr/local/lib/node_modules /usr/local/include/node && touch /usr/local/include/node/node.h && \
    mv /usr/bin/node /usr/local/bin/node && mv /usr/lib/nodejs/npm /usr/local/lib/node_modules/npm && \
    ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && rm -r /usr/lib/nodejs /usr/bin/npm /usr/bin/npx /usr/bin/yarn* /usr/bin/corepack && \
    sed -i '/[/]usr[/]/d' /var/lib/dpkg/info/nodejs-22.list /var/lib/dpkg/info/npm.list && touch /usr/local/bin/unrelated

FROM dhi.io/static:20250419-glibc-debian13
DHI-RUNTIME --from=donor node:22
ENTRYPOINT ["/usr/local/bin/node"]
