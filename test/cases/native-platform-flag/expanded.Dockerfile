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
# DHI-NATIVE libpq5 (line 2): the base of stage tools

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13 AS dhi--base--tools
# DHI-NATIVE libpq5 (line 2): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--native--tools
ARG BUILDARCH BUILDVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--tools,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    TARGETARCH=$BUILDARCH TARGETVARIANT=$BUILDVARIANT sh /dhi/graft.sh --release 13 \
    --line DHI-NATIVE libpq5
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--tools,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13 AS tools
COPY --link --from=dhi--native--tools /out/ /
# DHI-NATIVE libpq5 (line 4): the base of stage pinned

FROM --platform=linux/arm/v7 dhi.io/node:22-debian13 AS dhi--base--pinned
# DHI-NATIVE libpq5 (line 4): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--native--pinned
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--pinned,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    TARGETARCH=arm TARGETVARIANT=v7 sh /dhi/graft.sh --release 13 \
    --line DHI-NATIVE libpq5
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--pinned,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

FROM --platform=linux/arm/v7 dhi.io/node:22-debian13 AS pinned
COPY --link --from=dhi--native--pinned /out/ /
# DHI-NATIVE libpq5 (line 8): the base of stage stage-2

FROM --platform=$TARGETPLATFORM dhi.io/node:22-debian13 AS dhi--base--stage-2
# DHI-NATIVE libpq5 (line 8): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--native--stage-2
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-2,target=/target \
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
    --mount=type=bind,from=dhi--base--stage-2,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

FROM --platform=$TARGETPLATFORM dhi.io/node:22-debian13 AS dhi--body--stage-2
COPY --from=tools /app /tools
COPY --from=pinned /app /pinned
COPY --link --from=dhi--native--stage-2 /out/ /

# DHI-VERIFY: checks what stage stage-2 adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--stage-2
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-2,target=/base \
    --mount=type=bind,from=dhi--body--stage-2,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-2
COPY --from=dhi--verify--stage-2 /empty/ /
