FROM scratch
COPY --from=debian:trixie-slim /etc/os-release /os-release
