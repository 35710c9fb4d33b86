# syntax=dhi-frontend:1
# A runtime that was unpacked below /opt, without a record, as hardened images had it before.
FROM dhi.io/node:22-debian13-dev AS donor
RUN mkdir -p /opt/node/bin /opt/node/lib/node_modules && \
    mv /usr/bin/node /opt/node/bin/node && mv /usr/lib/nodejs/npm /opt/node/lib/node_modules/npm && \
    ln -s ../lib/node_modules/npm/bin/npm-cli.js /opt/node/bin/npm && \
    ln -sf /opt/node/bin/node /usr/bin/node && ln -sf /opt/node/bin/npm /usr/bin/npm && rm -r /usr/lib/nodejs /usr/bin/npx /usr/bin/yarn* /usr/bin/corepack && \
    sed -i '/[/]usr[/]/d' /var/lib/dpkg/info/nodejs-22.list /var/lib/dpkg/info/npm.list

FROM dhi.io/static:20250419-glibc-debian13
DHI-RUNTIME --from=donor node:22
ENTRYPOINT ["/usr/bin/node"]
