# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /shell.sh
DHI_EOF
COPY <<'DHI_EOF' /changes.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-RUN mkdir /data && chown 1000:1000 /data (line 2): the base of stage stage-0

FROM dhi.io/node:22-alpine3.23 AS dhi--base--stage-0
# DHI-RUN mkdir /data && chown 1000:1000 /data (line 2): the shell that dhi.io/node:22-alpine3.23-dev lends stage stage-0
# DHI-RUN --in-place --user=0:0 rm -rf /var/cache (line 3): the shell that dhi.io/node:22-alpine3.23-dev lends stage stage-0

FROM dhi.io/node:22-alpine3.23-dev AS dhi--shell--stage-0
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/shell.sh,target=/dhi/shell.sh \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/shell.sh

FROM dhi.io/node:22-alpine3.23 AS dhi--part--stage-0--1

# DHI-RUN mkdir /data && chown 1000:1000 /data (line 2): runs the command on the lines above it; only what it changes is copied

FROM dhi--part--stage-0--1 AS dhi--run--stage-0--1
RUN --mount=type=bind,from=dhi--shell--stage-0,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","mkdir /data && chown 1000:1000 /data"]
# DHI-RUN mkdir /data && chown 1000:1000 /data (line 2): takes what the command changed

FROM --platform=$BUILDPLATFORM dhi.io/node:22-alpine3.23-dev AS dhi--changes--stage-0--1
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/changes.sh,target=/dhi/changes.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--part--stage-0--1,target=/before \
    --mount=type=bind,from=dhi--run--stage-0--1,target=/after \
    sh /dhi/changes.sh

FROM dhi--part--stage-0--1
COPY --link --from=dhi--changes--stage-0--1 /out/ /
USER 0:0
RUN --mount=type=bind,from=dhi--shell--stage-0,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","rm -rf /var/cache"]
USER node
# DHI-VERIFY: the base of stage stage-1

FROM dhi.io/alpine-base:3.23 AS dhi--base--stage-1

FROM dhi.io/alpine-base:3.23 AS dhi--body--stage-1
RUN mkdir /data

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/alpine-base:3.23, with dhi.io/alpine-base:3.23-dev

FROM --platform=$BUILDPLATFORM dhi.io/alpine-base:3.23-dev AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user nonroot

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
