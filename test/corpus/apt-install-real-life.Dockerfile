FROM debian:trixie-slim
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      ca-certificates \
      # for the health check
      curl \
 && rm -rf /var/lib/apt/lists/*
ENV LANG=C.UTF-8
