# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /runtime.sh
DHI_EOF
COPY <<'DHI_EOF' /runtime-proof.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-RUNTIME node:22 (line 2): the base of stage build

FROM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--base--build
# DHI-RUNTIME node:22 (line 2): the image that lends node

FROM dhi.io/node:22-debian13-dev AS dhi--donor-node--build
# DHI-RUNTIME node:22 (line 2): node out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--runtime-node--build
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--build,target=/target \
    --mount=type=bind,from=dhi--donor-node--build,target=/donor \
    sh /dhi/runtime.sh --release 13 --runtime node node:22
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--build,target=/target,rw \
    sh /dhi/runtime-proof.sh --runtime node node:22

FROM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--body--build
COPY --link --from=dhi--runtime-node--build /out/ /
ENV NODE_VERSION="22.23.2-0" \
    NPM_CONFIG_UPDATE_NOTIFIER="false"
RUN npm ci

# DHI-VERIFY: checks what stage build adds to dhi.io/dotnet:10.0-sdk-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--build
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--build,target=/base \
    --mount=type=bind,from=dhi--body--build,target=/target,rw \
    sh /dhi/verify.sh --user root

FROM dhi--body--build AS build
COPY --from=dhi--verify--build /empty/ /
