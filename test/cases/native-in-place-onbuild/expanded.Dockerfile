FROM dhi.io/node:22-debian13-dev AS base
ONBUILD ARG WHO=app
ONBUILD USER we$WHO
FROM base
USER 0:0
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o APT::Cmd::Pattern-Only=true git \
    && rm -rf /var/lib/apt/lists/*
USER weapp
