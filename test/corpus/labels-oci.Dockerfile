FROM debian:trixie-slim
LABEL org.opencontainers.image.title="example" \
      org.opencontainers.image.description="A description, with commas = and equals" \
      org.opencontainers.image.licenses='Apache-2.0 OR MIT'
LABEL "quoted key"="v" empty=""
