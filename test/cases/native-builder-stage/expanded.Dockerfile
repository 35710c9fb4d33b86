ARG BUILDER=ours
FROM dhi.io/debian-base:trixie-dev AS ours
RUN echo "deb [trusted=yes] file:/packages ./" > /etc/apt/sources.list.d/ours.list
FROM dhi.io/debian-base:trixie-dev AS shelled
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN true
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /graft.sh
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-TOOL --from=${BUILDER} jq (line 9): the base of stage tools

FROM dhi.io/node:22-debian13 AS dhi--base--tools
# DHI-TOOL --from=${BUILDER} jq (line 9): packages of Debian 13, taken with ours

FROM ours AS dhi--tool--tools
SHELL ["/bin/sh", "-c"]
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--tools,target=/target \
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
    --mount=type=bind,from=dhi--base--tools,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-TOOL jq

FROM dhi.io/node:22-debian13 AS tools
ARG BUILDER
COPY --link --from=dhi--tool--tools /out/ /
# DHI-TOOL --from=1 jq (line 11): the base of stage numbered

FROM dhi.io/node:22-debian13 AS dhi--base--numbered
# DHI-TOOL --from=1 jq (line 11): packages of Debian 13, taken with shelled

FROM shelled AS dhi--tool--numbered
SHELL ["/bin/sh", "-c"]
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--numbered,target=/target \
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
    --mount=type=bind,from=dhi--base--numbered,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-TOOL jq

FROM dhi.io/node:22-debian13 AS numbered
COPY --link --from=dhi--tool--numbered /out/ /
# DHI-NATIVE --from=registry.corp:5000/debian:trixie-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000 libpq5 (line 13): the base of stage stage-4

FROM dhi.io/node:22-debian13 AS dhi--base--stage-4
# DHI-NATIVE --from=registry.corp:5000/debian:trixie-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000 libpq5 (line 13): packages of Debian 13, taken with registry.corp:5000/debian:trixie-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000

FROM --platform=$BUILDPLATFORM registry.corp:5000/debian:trixie-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS dhi--native--stage-4
SHELL ["/bin/sh", "-c"]
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-4,target=/target \
    --mount=type=bind,from=dhi--tool--tools,source=/out,target=/have/0 \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 13 \
    --line DHI-NATIVE libpq5
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-4,target=/target,rw \
    --mount=type=bind,from=dhi--tool--tools,source=/out,target=/have/0 \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

FROM tools AS dhi--body--stage-4
COPY --link --from=dhi--native--stage-4 /out/ /
COPY --from=numbered /usr/bin/jq /

# DHI-VERIFY: checks what stage stage-4 adds to dhi.io/node:22-debian13, with registry.corp:5000/debian:trixie-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000

FROM --platform=$BUILDPLATFORM registry.corp:5000/debian:trixie-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS dhi--verify--stage-4
SHELL ["/bin/sh", "-c"]
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-4,target=/base \
    --mount=type=bind,from=dhi--body--stage-4,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-4
COPY --from=dhi--verify--stage-4 /empty/ /
