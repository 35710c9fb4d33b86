# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /shell.sh
DHI_EOF
COPY <<'DHI_EOF' /changes.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-RUN <<END (line 3): the base of stage stage-0

FROM dhi.io/node:22-debian13 AS dhi--base--stage-0
# DHI-RUN <<END (line 3): the shell that dhi.io/node:22-debian13-dev lends stage stage-0

FROM dhi.io/node:22-debian13-dev AS dhi--shell--stage-0
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/shell.sh,target=/dhi/shell.sh \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/shell.sh

# c
#
FROM dhi.io/node:22-debian13 AS dhi--part--stage-0--1

# DHI-RUN <<END (line 3): runs the command on the lines above it; only what it changes is copied

FROM dhi--part--stage-0--1 AS dhi--run--stage-0--1
RUN --mount=type=bind,from=dhi--shell--stage-0,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","mkdir /tmp/x\n"]
# DHI-RUN <<END (line 3): takes what the command changed

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--changes--stage-0--1
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/changes.sh,target=/dhi/changes.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--part--stage-0--1,target=/before \
    --mount=type=bind,from=dhi--run--stage-0--1,target=/after \
    sh /dhi/changes.sh

FROM dhi--part--stage-0--1 AS dhi--body--stage-0
COPY --link --from=dhi--changes--stage-0--1 /out/ /

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user node

# c
FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
