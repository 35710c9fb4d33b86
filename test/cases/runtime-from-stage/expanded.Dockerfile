ARG V=22
FROM --platform=linux/arm64 dhi.io/node:22-debian13-dev AS tools
RUN npm install -g npm@11
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
# DHI-RUNTIME --from=tools node:$V (line 6): the base of stage build

FROM --platform=linux/arm64 dhi.io/dotnet:10.0-sdk-debian13 AS dhi--base--build
# DHI-RUNTIME --from=tools node:$V (line 6): node out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--runtime-node--build
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--build,target=/target \
    --mount=type=bind,from=tools,target=/donor \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/runtime.sh --release 13 --runtime node node:22
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--build,target=/target,rw \
    sh /dhi/runtime-proof.sh --runtime node node:22

FROM --platform=linux/arm64 dhi.io/dotnet:10.0-sdk-debian13 AS build
ARG V=22
COPY --link --from=dhi--runtime-node--build /out/ /
ENV NODE_VERSION="22.23.2-0" \
    NPM_CONFIG_UPDATE_NOTIFIER="false"
# DHI-RUNTIME jdk:21 (line 8): the base of stage stage-2

FROM --platform=linux/arm64 dhi.io/dotnet:10.0-sdk-debian13 AS dhi--base--stage-2
# DHI-RUNTIME jdk:21 (line 8): the image that lends jdk

FROM --platform=linux/arm64 dhi.io/eclipse-temurin:21-jdk-debian13-dev AS dhi--donor-jdk--stage-2
# DHI-RUNTIME jdk:21 (line 8): jdk out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--runtime-jdk--stage-2
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--stage-2,target=/target \
    --mount=type=bind,from=dhi--donor-jdk--stage-2,target=/donor \
    --mount=type=bind,from=dhi--runtime-node--build,source=/out,target=/have/0 \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/runtime.sh --release 13 --runtime jdk jdk:21
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--stage-2,target=/target,rw \
    --mount=type=bind,from=dhi--runtime-node--build,source=/out,target=/have/0 \
    sh /dhi/runtime-proof.sh --runtime jdk jdk:21

FROM build AS dhi--body--stage-2
COPY --link --from=dhi--runtime-jdk--stage-2 /out/ /
ENV JAVA_HOME="/opt/java/openjdk/21" \
    JAVA_VERSION="jdk-21.0.12+8"
COPY --from=0 /x /y

# DHI-VERIFY: checks what stage stage-2 adds to dhi.io/dotnet:10.0-sdk-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--stage-2
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-2,target=/base \
    --mount=type=bind,from=dhi--body--stage-2,target=/target,rw \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/verify.sh --user root

FROM dhi--body--stage-2
COPY --from=dhi--verify--stage-2 /empty/ /
