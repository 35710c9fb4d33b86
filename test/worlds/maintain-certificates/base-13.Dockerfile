# A hardened image without certificates.
FROM dhi.io/debian-base:trixie-dev AS make
USER 0:0
RUN --mount=from=dhi.io/debian-base:trixie,target=/base cp -a /base /made && cd /made && rm -r etc/ssl usr/share/ca-certificates var/lib/dpkg/status.d/ca-certificates*
FROM scratch
COPY --from=make /made /
