FROM debian:trixie-slim AS one
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 \
  CMD test -e /etc/os-release || exit 1

FROM one AS two
HEALTHCHECK --interval=1m CMD ["test", "-e", "/etc/os-release"]

FROM two
HEALTHCHECK NONE
