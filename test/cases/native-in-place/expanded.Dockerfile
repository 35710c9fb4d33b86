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

FROM build AS test
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true tini \
    && rm -rf /var/lib/apt/lists/*
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN ["/bin/sh", "-c", "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true procps && rm -rf /var/lib/apt/lists/*"]
