# syntax=docker/dockerfile:1
FROM dhi.io/node:22-debian13-dev AS build
RUN npm ci

# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /shell.sh
DHI_EOF
COPY <<'DHI_EOF' /changes.sh
DHI_EOF
COPY <<'DHI_EOF' /graft.sh
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-RUN --user=root --mount=type=cache,target=/c,from=build --network=none chown -R 1000 /app (line 11): the base of stage final
# DHI-RUN ["node", "-e", "1 < 2"] (line 15): the base of stage final

FROM --platform=linux/arm64 dhi.io/node:22-debian13 AS dhi--base--final
# DHI-RUN --user=root --mount=type=cache,target=/c,from=build --network=none chown -R 1000 /app (line 11): the shell that dhi.io/node:22-debian13-dev lends stage final
# DHI-RUN ["node", "-e", "1 < 2"] (line 15): the shell that dhi.io/node:22-debian13-dev lends stage final

FROM --platform=linux/arm64 dhi.io/node:22-debian13-dev AS dhi--shell--final
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/shell.sh,target=/dhi/shell.sh \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/shell.sh
# DHI-NATIVE libpq5 (line 14): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--native--final
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--final,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/graft.sh --release 13 \
    --line DHI-NATIVE libpq5
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--final,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

# final is what runs
#
FROM --platform=linux/arm64 dhi.io/node:22-debian13 AS dhi--part--final--1
ARG LEVEL=1
COPY --from=0 /app /app

# DHI-RUN --user=root --mount=type=cache,target=/c,from=build --network=none chown -R 1000 /app (line 11): runs the command on the lines above it; only what it changes is copied

FROM dhi--part--final--1 AS dhi--run--final--1
USER 0:0
RUN --mount=type=bind,from=dhi--shell--final,source=/shell,target=/dev/.dhi \
    --mount=type=cache,target=/c,from=build \
    --network=none \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","chown -R 1000 /app"]
# DHI-RUN --user=root --mount=type=cache,target=/c,from=build --network=none chown -R 1000 /app (line 11): takes what the command changed

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--changes--final--1
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/changes.sh,target=/dhi/changes.sh \
    --mount=type=bind,from=dhi--base--final,target=/base \
    --mount=type=bind,from=dhi--part--final--1,target=/before \
    --mount=type=bind,from=dhi--run--final--1,target=/after \
    sh /dhi/changes.sh

FROM dhi--part--final--1 AS dhi--part--final--2
COPY --link --from=dhi--changes--final--1 /out/ /
COPY --from=0 /etc/x \
  /etc/x
COPY --link --from=dhi--native--final /out/ /

# DHI-RUN ["node", "-e", "1 < 2"] (line 15): runs the command on the lines above it; only what it changes is copied

FROM dhi--part--final--2 AS dhi--run--final--2
RUN --mount=type=bind,from=dhi--shell--final,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","exec","node","-e","1 < 2"]
# DHI-RUN ["node", "-e", "1 < 2"] (line 15): takes what the command changed

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--changes--final--2
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/changes.sh,target=/dhi/changes.sh \
    --mount=type=bind,from=dhi--base--final,target=/base \
    --mount=type=bind,from=dhi--part--final--2,target=/before \
    --mount=type=bind,from=dhi--run--final--2,target=/after \
    sh /dhi/changes.sh

# final is what runs
FROM dhi--part--final--2 AS final
ONBUILD RUN true
CMD ["server.js"]
COPY --link --from=dhi--changes--final--2 /out/ /
ENTRYPOINT ["node"]

# DHI-VERIFY: the base of stage stage-2

FROM --platform=linux/arm64 dhi.io/node:22-debian13 AS dhi--base--stage-2

FROM final AS dhi--body--stage-2
COPY --from=11 /app /copy

# DHI-VERIFY: checks what stage stage-2 adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--stage-2
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-2,target=/base \
    --mount=type=bind,from=dhi--body--stage-2,target=/target,rw \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/verify.sh --user node --workdir /app --entrypoint node

FROM dhi--body--stage-2
COPY --from=dhi--verify--stage-2 /empty/ /
