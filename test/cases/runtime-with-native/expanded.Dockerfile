# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /graft.sh
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
COPY <<'DHI_EOF' /runtime.sh
DHI_EOF
COPY <<'DHI_EOF' /runtime-proof.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-NATIVE libvips42t64 (line 2): the base of stage stage-0

FROM acme/dhi-node:22-debian13 AS dhi--base--stage-0
# DHI-NATIVE libvips42t64 (line 2): packages of Debian 13, taken with acme/dhi-node:22-debian13-dev

FROM --platform=$BUILDPLATFORM acme/dhi-node:22-debian13-dev AS dhi--native--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 13 \
    --line DHI-NATIVE libvips42t64
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libvips42t64
# DHI-RUNTIME java:21 (line 3): the image that lends java

FROM acme/dhi-eclipse-temurin:21-debian13 AS dhi--donor-java--stage-0
# DHI-RUNTIME java:21 (line 3): java out of its donor

FROM --platform=$BUILDPLATFORM acme/dhi-node:22-debian13-dev AS dhi--runtime-java--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=bind,from=dhi--donor-java--stage-0,target=/donor \
    --mount=type=bind,from=dhi--native--stage-0,source=/out,target=/have/0 \
    sh /dhi/runtime.sh --release 13 --runtime java java:21
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    --mount=type=bind,from=dhi--native--stage-0,source=/out,target=/have/0 \
    sh /dhi/runtime-proof.sh --runtime java java:21
# DHI-RUNTIME python:3.13 (line 4): the image that lends python

FROM acme/dhi-python:3.13-debian13 AS dhi--donor-python--stage-0
# DHI-RUNTIME python:3.13 (line 4): python out of its donor

FROM --platform=$BUILDPLATFORM acme/dhi-node:22-debian13-dev AS dhi--runtime-python--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=bind,from=dhi--donor-python--stage-0,target=/donor \
    --mount=type=bind,from=dhi--native--stage-0,source=/out,target=/have/0 \
    --mount=type=bind,from=dhi--runtime-java--stage-0,source=/out,target=/have/1 \
    sh /dhi/runtime.sh --release 13 --runtime python python:3.13
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    --mount=type=bind,from=dhi--native--stage-0,source=/out,target=/have/0 \
    --mount=type=bind,from=dhi--runtime-java--stage-0,source=/out,target=/have/1 \
    sh /dhi/runtime-proof.sh --runtime python python:3.13

FROM acme/dhi-node:22-debian13 AS dhi--body--stage-0
COPY --link --from=dhi--native--stage-0 /out/ /
COPY --link --from=dhi--runtime-java--stage-0 /out/ /
ENV JAVA_HOME="/opt/java/openjdk/21-jre" \
    JAVA_VERSION="jre-21.0.12+8"
COPY --link --from=dhi--runtime-python--stage-0 /out/ /
ENV PYTHON_VERSION="3.13.15"

# DHI-VERIFY: checks what stage stage-0 adds to acme/dhi-node:22-debian13, with acme/dhi-node:22-debian13-dev

FROM --platform=$BUILDPLATFORM acme/dhi-node:22-debian13-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
