# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /graft-alpine.sh
DHI_EOF
COPY <<'DHI_EOF' /proof-alpine.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-NATIVE --without=*/locale/* libpq=17.6-r0 (line 2): the base of stage stage-0
# DHI-TOOL --allow-shell R sdl2_image (line 3): the base of stage stage-0

FROM dhi.io/node:22-alpine3.23 AS dhi--base--stage-0
# DHI-NATIVE --without=*/locale/* libpq=17.6-r0 (line 2): packages of Alpine 3.23, taken with dhi.io/node:22-alpine3.23-dev
# DHI-TOOL --allow-shell R sdl2_image (line 3): packages of Alpine 3.23, taken with dhi.io/node:22-alpine3.23-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-alpine3.23-dev AS dhi--native--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft-alpine.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 3.23 \
    --line DHI-NATIVE --without '*/locale/*' libpq=17.6-r0 \
    --line DHI-TOOL --allow-shell R sdl2_image
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof-alpine.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq=17.6-r0 \
    --line DHI-TOOL R sdl2_image

FROM dhi.io/node:22-alpine3.23 AS dhi--body--stage-0
COPY --link --from=dhi--native--stage-0 /out/ /
# DHI-TOOL --allow-shell R sdl2_image: part of the closure copied above

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/node:22-alpine3.23, with dhi.io/node:22-alpine3.23-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-alpine3.23-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
