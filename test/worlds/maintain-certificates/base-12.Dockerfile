# A hardened image without certificates.
FROM dhi.io/debian-base:bookworm-dev AS make
USER 0:0
RUN --mount=from=dhi.io/static:20250419-glibc-debian12,target=/base cp -a /base /made && cd /made && rm -rf etc/ssl usr/share/ca-certificates var/lib/dpkg/status.d/ca-certificates*
FROM scratch
COPY --from=make /made /
