# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /runtime.sh
DHI_EOF
COPY <<'DHI_EOF' /runtime-proof.sh
DHI_EOF
COPY <<'DHI_EOF' /graft.sh
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
COPY <<'DHI_EOF' /framework.sh
DHI_EOF
COPY <<'DHI_EOF' /framework-proof.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
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

FROM dhi.io/dotnet:10.0-sdk-debian13 AS build
COPY --link --from=dhi--runtime-node--build /out/ /
ENV NODE_VERSION="22.23.2-0" \
    NPM_CONFIG_UPDATE_NOTIFIER="false"
RUN npm ci && dotnet publish -o /app

# DHI-NATIVE libgdiplus (line 6): the base of stage stage-1

FROM dhi.io/dotnet:10.0-debian13 AS dhi--base--stage-1
# DHI-NATIVE libgdiplus (line 6): packages of Debian 13, taken with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--native--stage-1
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
    --line DHI-NATIVE libgdiplus
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libgdiplus
# DHI-FRAMEWORK --from=build aspnetcore (line 7): Microsoft.AspNetCore.App out of its SDK

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--framework--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework.sh,target=/dhi/framework.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=bind,from=build,target=/donor \
    --mount=type=bind,from=dhi--native--stage-1,source=/out,target=/have/0 \
    sh /dhi/framework.sh --release 13 --framework Microsoft.AspNetCore.App aspnetcore
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework-proof.sh,target=/dhi/framework-proof.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    --mount=type=bind,from=dhi--native--stage-1,source=/out,target=/have/0 \
    sh /dhi/framework-proof.sh --framework Microsoft.AspNetCore.App aspnetcore

FROM dhi.io/dotnet:10.0-debian13 AS dhi--body--stage-1
COPY --link --from=dhi--native--stage-1 /out/ /
COPY --link --from=dhi--framework--stage-1 /out/ /
ENV ASPNETCORE_HTTP_PORTS="${ASPNETCORE_HTTP_PORTS:-8080}"
COPY --from=build /app /app

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/dotnet:10.0-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user nonroot

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
