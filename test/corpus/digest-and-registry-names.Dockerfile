ARG REGISTRY=docker.io/library
FROM ${REGISTRY}/debian:trixie-slim AS pinned
FROM docker.io/library/debian:trixie-slim
COPY --from=pinned /etc/os-release /os-release
