FROM dhi.io/node:22-debian13-dev AS build
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -o APT::Cmd::Pattern-Only=true libvips-dev libpq5=17.6-0+deb13u1 \
    && rm -rf /var/lib/apt/lists/*
USER node
WORKDIR /app
USER 0:0
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true jq libstdc++6 \
    && rm -rf /var/lib/apt/lists/*
USER node
COPY . .
ARG RUNNER=65532
USER ${RUNNER}
USER 0:0
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true git \
    && rm -rf /var/lib/apt/lists/*
USER ${RUNNER}
ARG RUNNER=0
USER 0:0
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true curl \
    && rm -rf /var/lib/apt/lists/*
USER 65532
USER 0:65532
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true ca-certificates \
    && rm -rf /var/lib/apt/lists/*

# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-VERIFY: the base of stage test

FROM dhi.io/node:22-debian13-dev AS dhi--base--test

FROM build AS dhi--body--test
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true tini \
    && rm -rf /var/lib/apt/lists/*
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN ["/bin/sh", "-c", "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true procps && rm -rf /var/lib/apt/lists/*"]

# DHI-VERIFY: checks what stage test adds to dhi.io/node:22-debian13-dev, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--test
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--test,target=/base \
    --mount=type=bind,from=dhi--body--test,target=/target,rw \
    sh /dhi/verify.sh --user 0:65532

FROM dhi--body--test AS test
COPY --from=dhi--verify--test /empty/ /
