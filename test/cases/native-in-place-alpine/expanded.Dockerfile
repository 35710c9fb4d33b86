FROM dhi.io/node:22-alpine3.22-dev
ONBUILD USER node
RUN apk add --no-cache libpq sdl2_image=2.8.8-r0
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-VERIFY: the base of stage stage-1

FROM dhi.io/node:22-alpine3.22-dev AS dhi--base--stage-1

FROM dhi.io/node:22-alpine3.22-dev AS dhi--body--stage-1
USER node
USER 0:0
RUN apk add --no-cache git
USER node

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/node:22-alpine3.22-dev, with dhi.io/node:22-alpine3.22-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-alpine3.22-dev AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
