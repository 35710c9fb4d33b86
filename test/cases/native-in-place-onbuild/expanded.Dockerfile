FROM dhi.io/node:22-debian13-dev AS base
ONBUILD ARG WHO=app
ONBUILD USER we$WHO
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-VERIFY: the base of stage stage-1

FROM dhi.io/node:22-debian13-dev AS dhi--base--stage-1

FROM base AS dhi--body--stage-1
USER 0:0
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true git \
    && rm -rf /var/lib/apt/lists/*
USER weapp

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/node:22-debian13-dev, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user weapp

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
