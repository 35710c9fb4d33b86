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
COPY <<'DHI_EOF' /sonames-debian-12.txt
DHI_EOF
# DHI-NATIVE libpq5 (line 2): the base of stage one

FROM dhi.io/node:22-debian13 AS dhi--base--one
# DHI-NATIVE libpq5 (line 2): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--native--one
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--one,target=/target \
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
    --mount=type=bind,from=dhi--base--one,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

FROM dhi.io/node:22-debian13 AS one
COPY --link --from=dhi--native--one /out/ /
# DHI-VERIFY: the base of stage two

FROM gcr.io/distroless/cc-debian12 AS dhi--base--two

FROM gcr.io/distroless/cc-debian12 AS dhi--body--two
COPY --from=one /x /x

# DHI-VERIFY: checks what stage two adds to gcr.io/distroless/cc-debian12, with debian:bookworm-slim

FROM --platform=$BUILDPLATFORM debian:bookworm-slim AS dhi--verify--two
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-12.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--two,target=/base \
    --mount=type=bind,from=dhi--body--two,target=/target,rw \
    sh /dhi/verify.sh --user 0

FROM dhi--body--two AS two
COPY --from=dhi--verify--two /empty/ /
