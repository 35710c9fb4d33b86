# syntax=dhi-frontend:1
FROM dhi.io/debian-base:trixie
DHI-TOOL git curl jq
COPY --chmod=0755 mirror.sh /usr/local/bin/mirror.sh
USER 65532
CMD ["/bin/bash", "-c", "curl --version && exec /usr/local/bin/mirror.sh"]
