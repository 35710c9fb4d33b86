# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /graft-alpine.sh
DHI_EOF
COPY <<'DHI_EOF' /proof-alpine.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-NATIVE --without=/usr/share/postgresql/* libpq=17.5-r0 (line 2): the base of stage base

FROM acme/dhi-node:22-alpine3.23 AS dhi--base--base
# DHI-NATIVE --without=/usr/share/postgresql/* libpq=17.5-r0 (line 2): packages of Alpine 3.23, taken with acme/dhi-node:22-alpine3.23-dev

FROM --platform=$BUILDPLATFORM acme/dhi-node:22-alpine3.23-dev AS dhi--native--base
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft-alpine.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--base,target=/target \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 3.23 \
    --line DHI-NATIVE --without '/usr/share/postgresql/*' libpq=17.5-r0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof-alpine.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--base--base,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq=17.5-r0

FROM acme/dhi-node:22-alpine3.23 AS base
COPY --link --from=dhi--native--base /out/ /
# DHI-NATIVE icu-libs (line 4): the base of stage stage-1
# DHI-TOOL --allow-shell git (line 5): the base of stage stage-1

FROM acme/dhi-node:22-alpine3.23 AS dhi--base--stage-1
# DHI-NATIVE icu-libs (line 4): packages of Alpine 3.23, taken with acme/dhi-node:22-alpine3.23-dev
# DHI-TOOL --allow-shell git (line 5): packages of Alpine 3.23, taken with acme/dhi-node:22-alpine3.23-dev

FROM --platform=$BUILDPLATFORM acme/dhi-node:22-alpine3.23-dev AS dhi--native--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft-alpine.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=bind,from=dhi--native--base,source=/out,target=/have/0 \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 3.23 \
    --line DHI-NATIVE icu-libs \
    --line DHI-TOOL --allow-shell git
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof-alpine.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    --mount=type=bind,from=dhi--native--base,source=/out,target=/have/0 \
    sh /dhi/proof.sh \
    --line DHI-NATIVE icu-libs \
    --line DHI-TOOL git

FROM base AS dhi--body--stage-1
COPY --link --from=dhi--native--stage-1 /out/ /
# DHI-TOOL --allow-shell git: part of the closure copied above

# DHI-VERIFY: checks what stage stage-1 adds to acme/dhi-node:22-alpine3.23, with acme/dhi-node:22-alpine3.23-dev

FROM --platform=$BUILDPLATFORM acme/dhi-node:22-alpine3.23-dev AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
