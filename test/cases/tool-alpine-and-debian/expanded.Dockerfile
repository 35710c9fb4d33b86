# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /graft-alpine.sh
DHI_EOF
COPY <<'DHI_EOF' /proof-alpine.sh
DHI_EOF
COPY <<'DHI_EOF' /graft.sh
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-TOOL jq (line 2): the base of stage small

FROM dhi.io/node:22-alpine3.22 AS dhi--base--small
# DHI-TOOL jq (line 2): packages of Alpine 3.22, taken with dhi.io/node:22-alpine3.22-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-alpine3.22-dev AS dhi--tool--small
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft-alpine.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--small,target=/target \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 3.22 \
    --line DHI-TOOL jq
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof-alpine.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--base--small,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-TOOL jq

FROM dhi.io/node:22-alpine3.22 AS small
COPY --link --from=dhi--tool--small /out/ /
# DHI-TOOL jq (line 4): the base of stage stage-1

FROM dhi.io/node:22-debian13 AS dhi--base--stage-1
# DHI-TOOL jq (line 4): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--tool--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 13 \
    --line DHI-TOOL jq
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-TOOL jq

FROM dhi.io/node:22-debian13 AS dhi--body--stage-1
COPY --link --from=dhi--tool--stage-1 /out/ /
COPY --from=small /usr/bin/jq /

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
