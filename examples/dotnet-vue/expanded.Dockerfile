# syntax=dhi-frontend:1
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /runtime.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /runtime-proof.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /framework.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /framework-proof.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /graft.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
# (its text: dhi-frontend expand)
DHI_EOF
# DHI-RUNTIME node:22 (line 3): the base of stage build

FROM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--base--build
# DHI-RUNTIME node:22 (line 3): the image that lends node

FROM dhi.io/node:22-debian13-dev AS dhi--donor-node--build
# DHI-RUNTIME node:22 (line 3): node out of its donor

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
WORKDIR /src
COPY web/package.json web/package-lock.json web/
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --prefix web
COPY web web
RUN npm run build --prefix web -- --outDir ../api/wwwroot
COPY api api
RUN dotnet publish api --configuration Release --output /app

# DHI-FRAMEWORK aspnetcore (line 13): the base of stage stage-1

FROM dhi.io/dotnet:10.0-debian13 AS dhi--base--stage-1
# DHI-FRAMEWORK aspnetcore (line 13): the SDK that has the framework

FROM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--sdk--stage-1
# DHI-FRAMEWORK aspnetcore (line 13): Microsoft.AspNetCore.App out of its SDK

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--framework--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework.sh,target=/dhi/framework.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=bind,from=dhi--sdk--stage-1,target=/donor \
    sh /dhi/framework.sh --release 13 --framework Microsoft.AspNetCore.App aspnetcore
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework-proof.sh,target=/dhi/framework-proof.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    sh /dhi/framework-proof.sh --framework Microsoft.AspNetCore.App aspnetcore
# DHI-NATIVE libgdiplus (line 14): packages of Debian 13, taken with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--native--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=bind,from=dhi--framework--stage-1,source=/out,target=/have/0 \
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
    --mount=type=bind,from=dhi--framework--stage-1,source=/out,target=/have/0 \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libgdiplus

FROM dhi.io/dotnet:10.0-debian13 AS dhi--body--stage-1
COPY --link --from=dhi--framework--stage-1 /out/ /
ENV ASPNETCORE_HTTP_PORTS="${ASPNETCORE_HTTP_PORTS:-8080}"
COPY --link --from=dhi--native--stage-1 /out/ /
COPY --from=build /app /app
EXPOSE 8080
ENTRYPOINT ["dotnet", "/app/orders.dll"]

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/dotnet:10.0-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user nonroot --workdir /app --entrypoint dotnet

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
