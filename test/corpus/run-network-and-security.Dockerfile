FROM debian:trixie-slim
RUN --network=none true
RUN --network=default --mount=type=tmpfs,target=/x true
